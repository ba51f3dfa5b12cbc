"""Columns of a workbook in memory: what is guessed is said beforehand, what is asked is kept."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from desktop.services.imported import Imported, TakenIn
from desktop.services.progress import Progress
from desktop.services.roster_api import Step
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
    taken: list[tuple[Path, str, Period, ColumnMapping | None]] = field(default_factory=list)
    """workbooks taken into the roster alone: unit, since, columns"""
    taking: TakenIn | None = None
    """what comes of it; None: three people, two of them assumed"""
    confirmed: list[tuple[Path, ColumnMapping]] = field(default_factory=list)
    below: dict[int, SheetGuess] = field(default_factory=dict)
    """heading row → what the columns are taken for then"""

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
        self.taken.append((workbook, unit_code, since, mapping))
        return self.taking or three_taken(since)

    def confirm(self, workbook: Path, mapping: ColumnMapping) -> None:
        self.confirmed.append((workbook, mapping))

    def columns_below(self, workbook: Path, sheet: str, header_row: int) -> SheetGuess:
        return self.below.get(header_row) or SheetGuess(
            sheet=sheet, header_row=header_row, first_data_row=header_row + 1, columns=(), rows=0
        )


def three_taken(since: Period) -> TakenIn:
    step = Step(
        id=1,
        at=datetime(2026, 11, 22, tzinfo=UTC),
        code="roster.started",
        params={"file": "nhan-su.xlsx", "period": since.wire},
        people=3,
    )
    return TakenIn(step=step, findings=(), rows=3, people=3, assumed=2, since=since)
