"""A notice of the agency held against the roster: read, compare, explain. Stores nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from desktop.services.api import Reconciled
from desktop.services.verifying import read_limited
from forms.findings import Finding
from forms.model import Period
from forms.reconcile.compare import reconcile
from forms.reconcile.consistency import carry_findings
from forms.reconcile.expected import Expected
from forms.reconcile.notice import Notices, ParticipantList, Statement
from forms.reconcile.portal import read_portal
from resources.faults import UsageFault

Notice = TypeVar("Notice", Statement, ParticipantList)

JSON = ".json"
MOST_BYTES = 16 * 1024 * 1024
"""of the portal's list; workbooks have limits of their own"""


class ExpectedPeople(Protocol):
    """What our roster says of a unit's month."""

    def __call__(self, unit_code: str, period: Period) -> Sequence[Expected]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconcileNotices:
    """C12-TS and D09-TS of one month, from one file or several."""

    read_workbook: Callable[[Path], Notices]
    """``forms.excel.notices.read_notices``"""
    expected: ExpectedPeople

    def __call__(
        self,
        *files: Path,
        unit_code: str,
        period: Period,
        also_known_as: Sequence[str] = (),
        month_before: Path | None = None,
    ) -> Reconciled:
        """``also_known_as``: other codes of the unit; ``month_before``: its last C12-TS.

        Raises UsageFault ``reconcile.no_file`` and ``reconcile.same_notice_twice``, DataFault
        ``notice.*``, ``workbook.*``, ``files.*``, and SurroundingsFault as opening does.
        """
        if not files:
            raise UsageFault("reconcile.no_file")
        read = tuple(self._read(file) for file in files)
        statement = _only([n.statement for n in read if n.statement])
        participants = _only([n.participants for n in read if n.participants])
        found = reconcile(
            self.expected(unit_code, period),
            unit_code=unit_code,
            period=period,
            also_known_as=also_known_as,
            statement=statement,
            participants=participants,
        )
        carried = self._carried(month_before, statement)
        reading = (finding for notices in read for finding in notices.findings)
        return Reconciled(
            reconciliation=found,
            statement=statement,
            participants=participants,
            findings=(*reading, *carried, *found.findings),
        )

    def _read(self, file: Path) -> Notices:
        if file.suffix.lower() != JSON:
            return self.read_workbook(file)
        content = read_limited(file, MOST_BYTES)
        return read_portal(content, source=file.name)

    def _carried(self, file: Path | None, statement: Statement | None) -> tuple[Finding, ...]:
        if file is None or statement is None:
            return ()
        before = self._read(file).statement
        return carry_findings(before, statement) if before else ()


def _only(found: Sequence[Notice]) -> Notice | None:
    if len(found) > 1:
        raise UsageFault("reconcile.same_notice_twice")
    return found[0] if found else None
