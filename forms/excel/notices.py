"""The front door for notices: a workbook of the agency → C12-TS, D09-TS or both."""

from pathlib import Path

from forms.excel.limits import LIMITS, Limits
from forms.excel.notice_people import read_people
from forms.excel.notice_sheet import read_grids
from forms.excel.notice_statement import read_statement
from forms.findings import Finding
from forms.reconcile.notice import Notices, ParticipantList, Statement
from resources.faults import DataFault


def read_notices(path: Path, *, limits: Limits = LIMITS) -> Notices:
    """The first C12-TS and the first D09-TS of an .xlsx or .xlsm file, each figure with its cell.

    Figures that cannot be read or contradict each other are findings. Raises DataFault
    ``workbook.*`` when the file cannot be used and ``notice.not_recognised`` when it holds
    neither; SurroundingsFault ``workbook.cannot_read`` or ``workbook.no_permission``.
    """
    statement: Statement | None = None
    participants: ParticipantList | None = None
    findings: list[Finding] = []
    for grid in read_grids(path, limits=limits):
        if statement is None and (found := read_statement(grid, path)):
            statement, more = found
            findings += more
        elif participants is None and (people := read_people(grid, path)):
            participants, more = people
            findings += more
    if statement is None and participants is None:
        raise DataFault("notice.not_recognised", file=path.name)
    return Notices(statement=statement, participants=participants, findings=tuple(findings))
