"""A month's list as a workbook: of a known layout, by a mapping, or as confirmed before."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.services.import_again import MAPPED
from desktop.services.progress import Progress
from desktop.services.rooms import FormsRoom, ReadResult
from desktop.services.workbook_cases import REMEMBERED
from forms.excel.mapping import ColumnMapping, SheetGuess
from forms.excel.mapping_file import mapping_of
from forms.findings import Finding
from forms.months.model import Snapshot
from forms.months.snapshots import from_draft
from resources.faults import DataFault

_UNCONFIRMED = "columns.unconfirmed"
_NO_SHEET = "mapping.no_sheet"
MonthList = tuple[Snapshot, tuple[Finding, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A workbook and, where they were confirmed, its columns."""

    path: Path
    mapping: ColumnMapping | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthLists:
    """``columns`` and ``remember`` as in ``desktop.services.workbook_cases``."""

    forms: FormsRoom
    columns: Callable[[Path], Sequence[SheetGuess]]
    remember: Callable[[Path, ColumnMapping], None]

    def both(self, old: Book, new: Book, progress: Progress | None) -> tuple[MonthList, MonthList]:
        """The new one first: columns confirmed for it are known for the same headings of the old
        one; the other way round where the file of columns names the sheet of the old one."""
        try:
            after = self.read(new, progress)
        except DataFault as fault:
            if fault.code != _NO_SHEET:
                raise
            return self.read(old, progress), self.read(new, progress)
        return self.read(old, progress), after

    def read(self, book: Book, progress: Progress | None) -> MonthList:
        """Raises what reading a workbook raises, DataFault ``months.unconfirmed`` (``file``,
        ``sheet``) for a list whose columns nobody confirmed."""
        read = self._by_mapping(book, progress) if book.mapping else self._as_known(book, progress)
        if read.draft is None:
            return Snapshot(name=book.path.name, people=()), read.findings
        return from_draft(read.draft), read.findings

    def _by_mapping(self, book: Book, progress: Progress | None) -> ReadResult:
        try:
            read = self._mapped(book.path, book.mapping, progress)
        except DataFault as fault:
            same = self._under_another_name(book) if fault.code == _NO_SHEET else None
            if same is None:
                raise
            return self._mapped(book.path, same, progress)
        if book.mapping is not None:
            self.remember(book.path, book.mapping)
        return read

    def _under_another_name(self, book: Book) -> ColumnMapping | None:
        """Each month has its sheet: the same columns, confirmed for the same headings."""
        kept = self._remembered(book.path)
        same = kept and book.mapping and dict(kept.columns) == dict(book.mapping.columns)
        return kept if same else None

    def _as_known(self, book: Book, progress: Progress | None) -> ReadResult:
        """What a person confirmed goes before what the headings say by themselves."""
        try:
            read = self.forms.read_workbook(book.path, progress=progress)
        except DataFault as fault:
            kept = self._remembered(book.path) if fault.code == _UNCONFIRMED else None
            if kept is None:
                raise _named(fault, book.path) from fault
            return self._mapped(book.path, kept, progress)
        if read.draft is None or read.draft.layout != MAPPED:
            return read
        kept = self._remembered(book.path)
        return self._mapped(book.path, kept, progress) if kept else read

    def _mapped(
        self, path: Path, mapping: ColumnMapping | None, progress: Progress | None
    ) -> ReadResult:
        return self.forms.read_workbook(path, mapping=mapping, progress=progress)

    def _remembered(self, path: Path) -> ColumnMapping | None:
        """Of the best sheet that a person confirmed."""
        confirmed = (
            each
            for each in self.columns(path)
            if each.layout is None and any(one.why == REMEMBERED for one in each.columns)
        )
        best = next(confirmed, None)
        return mapping_of(best) if best else None


def _named(fault: DataFault, path: Path) -> DataFault:
    """Of two lists it must be said which one is meant."""
    if fault.code != _UNCONFIRMED:
        return fault
    return DataFault("months.unconfirmed", file=path.name, **fault.params)
