"""A workbook of no known layout for the window: guesses, a preview, faults on demand."""

from dataclasses import dataclass, field
from pathlib import Path

from desktop.services.imported import Imported, TakenIn
from desktop.services.progress import Progress
from desktop.services.workbooks_api import Preview
from forms.excel.mapping import ColumnGuess, ColumnMapping, SheetGuess
from forms.model import Period
from tests.fakes.columns import FakeColumns

NAMES = ("Nguyễn Thị Sao Mai", "Trần Văn Gió", "Lê Thị Mưa Thu")


def guess(
    column: str, heading: str, key: str | None, confidence: float, *samples: str, why: str = ""
) -> ColumnGuess:
    return ColumnGuess(
        column=column,
        heading=heading,
        field=key,
        confidence=confidence,
        samples=samples,
        why=why,
    )


def sheet(*columns: ColumnGuess, name: str = "Lương T10", rows: int = 58) -> SheetGuess:
    return SheetGuess(sheet=name, header_row=4, first_data_row=5, columns=columns, rows=rows)


def payroll() -> SheetGuess:
    """A payroll as a clerk keeps it."""
    return sheet(
        guess("A", "STT", None, 0.0, "1", "2", "3"),
        guess("B", "Họ và tên NLĐ", "ho_ten", 0.98, *NAMES),
        guess("C", "Số thẻ", "cccd", 0.6, "099000000001", "099000000002"),
        guess("D", "NS", "ngay_sinh", 0.55, "01-02-90", "1990", "31/12/1988"),
        guess("E", "Mức đóng / tháng 10", "tien_luong", 0.9, "8.000.000 đ", "9500000"),
        guess("F", "Bộ phận", None, 0.2, "Chuyền 1", "Kho"),
    )


def preview_of(mapping: ColumnMapping) -> Preview:
    """Three people; a birth date is refused, a wage was put into form."""
    keys = tuple(mapping.columns.values())
    known = {
        "ho_ten": NAMES,
        "ngay_sinh": ("01/02/1990", "1990", "31/02/1988"),
        "tien_luong": ("8000000", "9500000", "8250000"),
    }
    rows = tuple(
        tuple(known[key][row] if key in known else f"{key} {row}" for key in keys)
        for row in range(3)
    )
    refused = ((2, keys.index("ngay_sinh")),) if "ngay_sinh" in keys else ()
    changed = ((0, keys.index("tien_luong")),) if "tien_luong" in keys else ()
    return Preview(keys=keys, rows=rows, changed=changed, refused=refused)


@dataclass
class FakeWorkbooks(FakeColumns):
    """``fail``: method name → what it raises, once."""

    guesses: tuple[SheetGuess, ...] = field(default_factory=lambda: (payroll(),))
    fail: dict[str, BaseException] = field(default_factory=dict)
    opened: list[Path] = field(default_factory=list)

    def _enter(self, name: str) -> None:
        fault = self.fail.pop(name, None)
        if fault:
            raise fault

    def columns(self, workbook: Path) -> tuple[SheetGuess, ...]:
        self._enter("columns")
        self.opened.append(workbook)
        return super().columns(workbook)

    def preview(self, workbook: Path, mapping: ColumnMapping, rows: int = 20) -> Preview:
        self._enter("preview")
        super().preview(workbook, mapping, rows)
        return preview_of(mapping)

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
        self._enter("import_mapped")
        return super().import_mapped(
            workbook, mapping, unit_code=unit_code, period=period, report=report, progress=progress
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
        self._enter("take_in")
        return super().take_in(
            workbook, unit_code=unit_code, since=since, mapping=mapping, progress=progress
        )
