"""The door to every kind of workbook: told by its content, judged, then laid out."""

from collections.abc import Iterable
from pathlib import Path

from forms.excel.guard import read_file
from forms.excel.limits import LIMITS, Limits
from forms.excel.sniff import FileType, file_type
from forms.excel.sources.model import Opened, Source
from forms.excel.sources.old_excel import open_old_excel
from forms.excel.sources.zipped import open_zipped
from forms.findings import Finding, Severity
from resources.faults import DataFault


def open_source(path: Path, limits: Limits = LIMITS) -> Source:
    """The sheets of an .xlsx, .xlsm, .xls, .xlsb or .ods, whatever its name ends with.

    Nothing in the file is run or followed. Raises DataFault ``workbook.*`` with a code of its
    own for each reason to refuse, SurroundingsFault ``workbook.cannot_read`` or
    ``workbook.no_permission``.
    """
    opened = _open(read_file(path, limits), path, limits)
    if not opened.sheets:
        raise DataFault("workbook.no_sheets", file=path.name)
    return Source(opened, tuple(_findings(opened, path)))


def _open(content: bytes, path: Path, limits: Limits) -> Opened:
    match file_type(content):
        case FileType.ZIP:
            return open_zipped(content, path, limits)
        case FileType.OLD_EXCEL:
            return open_old_excel(content, path, limits)
        case other:
            raise DataFault(other.value, file=path.name)


def _findings(opened: Opened, path: Path) -> Iterable[Finding]:
    if path.suffix.lower() not in opened.kind.value:
        yield Finding(
            code="source.other_kind",
            severity=Severity.INFO,
            params={"name": path.suffix, "real": opened.kind.value[0]},
        )
    if opened.reaches_out:
        yield Finding(code="source.reaches_out", severity=Severity.INFO)
