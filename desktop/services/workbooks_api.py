"""Any workbook in: its columns guessed, confirmed, remembered."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from desktop.services.imported import Imported, TakenIn
from desktop.services.progress import Progress
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

    def take_in(
        self,
        workbook: Path,
        *,
        unit_code: str,
        since: Period,
        layout: str = "auto",
        mapping: ColumnMapping | None = None,
        report: Path | None = None,
        progress: Progress | None = None,
    ) -> TakenIn:
        """A first list of people who take part already into the roster; nothing is declared.

        Those of whom neither the roster nor the list says anything take part in every fund since
        ``since``. One step of the roster. A mapping is remembered as by ``import_mapped``.
        """
        ...

    def confirm(self, workbook: Path, mapping: ColumnMapping) -> None:
        """Remembers the mapping for these headings, and takes nothing. Raises DataFault
        ``mapping.*`` when it does not fit the workbook."""
        ...

    def columns_below(self, workbook: Path, sheet: str, header_row: int) -> SheetGuess:
        """What the columns are taken for where the heading ends in that row. Raises DataFault
        ``mapping.no_sheet``."""
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
