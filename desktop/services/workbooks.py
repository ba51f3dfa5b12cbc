"""Everything that is done with workbooks of any kind, behind one door."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.services.import_again import ImportRowsAgain
from desktop.services.imported import Imported, TakenIn
from desktop.services.progress import Progress
from desktop.services.workbooks_api import ColumnsApi, Preview
from forms.excel.mapping import ColumnMapping, SheetGuess
from forms.model import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbooks:
    """``desktop.services.workbooks_api.WorkbooksApi``."""

    mapped: ColumnsApi
    again: ImportRowsAgain

    def columns(self, workbook: Path) -> Sequence[SheetGuess]:
        return self.mapped.columns(workbook)

    def preview(self, workbook: Path, mapping: ColumnMapping, rows: int = 20) -> Preview:
        return self.mapped.preview(workbook, mapping, rows)

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
        return self.mapped.import_mapped(
            workbook,
            mapping,
            unit_code=unit_code,
            period=period,
            report=report,
            progress=progress,
        )

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
        return self.mapped.take_in(
            workbook,
            unit_code=unit_code,
            since=since,
            layout=layout,
            mapping=mapping,
            report=report,
            progress=progress,
        )

    def confirm(self, workbook: Path, mapping: ColumnMapping) -> None:
        self.mapped.confirm(workbook, mapping)

    def columns_below(self, workbook: Path, sheet: str, header_row: int) -> SheetGuess:
        return self.mapped.columns_below(workbook, sheet, header_row)

    def import_rows_again(
        self, workbook: Path, *, dossier_id: str, progress: Progress | None = None
    ) -> Imported:
        return self.again(workbook, dossier_id=dossier_id, progress=progress)
