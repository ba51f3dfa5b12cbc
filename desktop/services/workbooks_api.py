"""Any workbook in: its columns guessed, confirmed, remembered."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from desktop.services.imported import Imported, Progress
from forms.excel.mapping import ColumnMapping, SheetGuess
from forms.model import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The first rows as they would be taken: cells in the order of ``keys``."""

    keys: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    changed: tuple[tuple[int, int], ...]
    """(row, column) from 0 of cells that cleaning changed"""
    refused: tuple[tuple[int, int], ...]
    """… and could not understand"""


class ColumnsApi(Protocol):
    """A list of any layout: its columns guessed, confirmed, imported."""

    def columns(self, workbook: Path) -> Sequence[SheetGuess]:
        """Best first; a mapping remembered for the same headings is applied."""
        ...

    def preview(self, workbook: Path, mapping: ColumnMapping, rows: int = 20) -> Preview: ...

    def import_mapped(
        self,
        workbook: Path,
        mapping: ColumnMapping,
        *,
        unit_code: str,
        period: Period,
        report: Path | None = None,
        progress: Progress | None = None,
    ) -> Imported:
        """Remembers the mapping for these headings when it succeeds."""
        ...


class WorkbooksApi(ColumnsApi, Protocol):
    """Everything that is done with workbooks."""

    def import_rows_again(
        self, workbook: Path, *, dossier_id: str, progress: Progress | None = None
    ) -> Imported:
        """From an error workbook that was mended: only the rows that had findings replace those
        of the draft, as one step. Raises DataFault ``import.other_workbook`` when it is not the
        workbook of this dossier."""
        ...
