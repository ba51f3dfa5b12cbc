"""Columns of a workbook in memory: what is guessed is said beforehand, what is asked is kept."""

from dataclasses import dataclass, field
from pathlib import Path

from desktop.services.imported import Imported, Progress
from desktop.services.workbooks_api import Preview
from forms.excel.mapping import ColumnMapping, SheetGuess
from forms.model import Period

NOBODY = Preview(keys=(), rows=(), changed=(), refused=())
NOTHING = Imported(dossier=None, findings=(), rows=0, people=0)


@dataclass
class FakeColumns:
    """``desktop.services.workbooks_api.WorkbooksApi`` without a workbook."""

    guesses: tuple[SheetGuess, ...] = ()
    shown: Preview = NOBODY
    imported: Imported = NOTHING
    mappings: list[ColumnMapping] = field(default_factory=list)
    """of every preview and import, in order"""
    again: list[tuple[Path, str]] = field(default_factory=list)
    """workbooks imported again, each with its dossier"""

    def columns(self, workbook: Path) -> tuple[SheetGuess, ...]:
        return self.guesses

    def preview(self, workbook: Path, mapping: ColumnMapping, rows: int = 20) -> Preview:
        self.mappings.append(mapping)
        return self.shown

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
        self.mappings.append(mapping)
        return self.imported

    def import_rows_again(
        self, workbook: Path, *, dossier_id: str, progress: Progress | None = None
    ) -> Imported:
        self.again.append((workbook, dossier_id))
        return self.imported
