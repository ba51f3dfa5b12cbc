"""Opening an .xls: only the stream of the workbook, walked and packed anew, is passed on."""

from pathlib import Path

from forms.excel.limits import LIMITS, Limits
from forms.excel.sniff import BookKind
from forms.excel.sources.biff import read_biff
from forms.excel.sources.model import Opened, SheetEntry
from forms.excel.sources.ole import CompoundFile, pack
from resources.faults import DataFault

_WORKBOOK, _ANCIENT = "Workbook", "Book"
_MACROS = frozenset({"_VBA_PROJECT_CUR", "Macros"})


def open_old_excel(content: bytes, path: Path, limits: Limits = LIMITS) -> Opened:
    """Raises DataFault ``workbook.*`` for all that must be refused."""
    container = CompoundFile(content)
    names = container.names
    if _WORKBOOK not in names:
        code = "workbook.is_excel_95" if _ANCIENT in names else "workbook.not_excel"
        raise DataFault(code, file=path.name)
    book = read_biff(container.stream(_WORKBOOK), path.name, limits)
    lists = [sheet for sheet in book.sheets if sheet.is_list]
    facts = {sheet.name: sheet.facts for sheet in lists}
    return Opened(
        kind=BookKind.XLS,
        content=pack(_WORKBOOK, bytes(book.stream)),
        sheets=tuple(SheetEntry(name=each.name, visible=each.visible) for each in lists),
        from_1904=book.from_1904,
        facts=facts.__getitem__,
        reaches_out=book.reaches_out or bool(_MACROS & names),
    )
