"""Which column is which: guesses in words, what a person says, the mapping that follows. No Qt."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from desktop.services.api import Imported, Progress, Services
from desktop.services.workbooks_api import Preview
from desktop.ui.field_titles import FieldTitles, declared
from desktop.ui.texts import tr, words
from forms.excel.mapping import ColumnGuess, ColumnMapping, SheetGuess
from forms.findings import Severity
from forms.model import Period
from resources.messages import catalogue

SURE, LIKELY = 0.85, 0.5
NEEDED = ("ho_ten",)
"""without these a list is of nobody"""
ONE_OF = ("ma_so_bhxh", "cccd", "ngay_sinh")
"""one at least, to know people of one name apart"""
MOST_SAID = 5
NOT_TAKEN = ""


class Trust(StrEnum):
    """How sure a column's field is."""

    SAID = "said"
    """by the person, just now"""
    REMEMBERED = "remembered"
    SURE = "sure"
    LIKELY = "likely"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """One column as it is understood now; ``field`` empty: not taken."""

    guess: ColumnGuess
    field: str
    said: bool = False

    @property
    def trust(self) -> Trust:
        if self.said:
            return Trust.SAID
        if self.guess.why.endswith("remembered"):
            return Trust.REMEMBERED
        if not self.field:
            return Trust.UNKNOWN
        if self.guess.confidence >= SURE:
            return Trust.SURE
        return Trust.LIKELY if self.guess.confidence >= LIKELY else Trust.UNKNOWN


@dataclass(frozen=True, slots=True)
class Chosen:
    """A sheet with what every column of it is taken for."""

    sheet: SheetGuess
    header_row: int
    lines: tuple[ColumnLine, ...]

    @property
    def mapping(self) -> ColumnMapping:
        moved = self.header_row - self.sheet.header_row
        return ColumnMapping(
            sheet=self.sheet.sheet,
            header_row=self.header_row,
            first_data_row=max(self.header_row + 1, self.sheet.first_data_row + moved),
            columns={line.guess.column: line.field for line in self.lines if line.field},
        )

    @property
    def rows(self) -> int:
        """How many people will be read, as far as is known."""
        return max(0, self.sheet.rows - (self.header_row - self.sheet.header_row))

    @property
    def is_remembered(self) -> bool:
        return any(line.trust is Trust.REMEMBERED for line in self.lines)


class ColumnsPresenter:
    def __init__(self, services: Services) -> None:
        self._services = services
        self.titles = FieldTitles(services)

    # ---- off the UI thread

    def guesses(self, workbook: Path) -> tuple[SheetGuess, ...]:
        return tuple(self._services.workbooks.columns(workbook))

    def preview(self, workbook: Path, mapping: ColumnMapping) -> Preview:
        return self._services.workbooks.preview(workbook, mapping)

    def import_mapped(
        self,
        workbook: Path,
        mapping: ColumnMapping,
        unit_code: str,
        period: Period,
        report: Progress,
    ) -> Imported:
        return self._services.workbooks.import_mapped(
            workbook, mapping, unit_code=unit_code, period=period, progress=report
        )

    # ---- decisions

    def choose(self, sheet: SheetGuess) -> Chosen:
        """As guessed; a field is taken once only, where it is surest."""
        best: dict[str, ColumnGuess] = {}
        for guess in sheet.columns:
            if guess.field and guess.confidence > _confidence(best.get(guess.field)):
                best[guess.field] = guess
        lines = (
            ColumnLine(guess, guess.field if guess.field and best.get(guess.field) is guess else "")
            for guess in sheet.columns
        )
        return Chosen(sheet, sheet.header_row, tuple(lines))

    def say(self, chosen: Chosen, column: str, field: str) -> Chosen:
        """The person says what a column is; another column of that field is no longer taken."""
        lines = []
        for line in chosen.lines:
            if line.guess.column == column:
                lines.append(replace(line, field=field, said=True))
            elif field and line.field == field:
                lines.append(replace(line, field=NOT_TAKEN, said=True))
            else:
                lines.append(line)
        return replace(chosen, lines=tuple(lines))

    def missing(self, chosen: Chosen) -> str:
        """What must be there and is not; empty when nothing is missing."""
        taken = {line.field for line in chosen.lines}
        absent = [self.titles.title(key) for key in NEEDED if key not in taken]
        if absent:
            return tr("ui.columns.missing", names=", ".join(absent))
        if not taken & set(ONE_OF):
            names = ", ".join(self.titles.title(key) for key in ONE_OF)
            return tr("ui.columns.missing_one", names=names)
        return ""

    # ---- words

    def fields(self) -> tuple[tuple[str, str], ...]:
        """(key, title) of everything a column can be; first: not taken."""
        every = dict.fromkeys((*declared(), *self.titles.roster))
        offered = ((key, self.titles.title(key)) for key in every if key != "stt")
        return (NOT_TAKEN, tr("ui.columns.not_taken")), *offered

    def field_title(self, key: str) -> str:
        return self.titles.title(key) if key else tr("ui.columns.not_taken")

    def cells(self, line: ColumnLine) -> tuple[str, ...]:
        """Column, heading, samples, field, trust."""
        return (
            line.guess.column,
            line.guess.heading,
            " · ".join(line.guess.samples[:3]),
            self.field_title(line.field),
            tr(f"ui.columns.trust.{line.trust.value}"),
        )

    def why(self, line: ColumnLine) -> str:
        return words(line.guess.why) if line.guess.why in catalogue() else ""

    def sheet_words(self, sheet: SheetGuess) -> str:
        return tr("ui.columns.sheet_item", sheet=sheet.sheet, rows=sheet.rows)

    def state(self, chosen: Chosen) -> str:
        taken = sum(bool(line.field) for line in chosen.lines)
        said = tr("ui.columns.state", taken=taken, columns=len(chosen.lines))
        return tr("ui.columns.remembered", said=said) if chosen.is_remembered else said

    def preview_state(self, preview: Preview) -> str:
        return tr(
            "ui.columns.preview_state", changed=len(preview.changed), refused=len(preview.refused)
        )

    def imported_words(self, imported: Imported) -> tuple[str, str, str]:
        """(look, title, text) when nothing came of it."""
        found = [words(each.code, each.params) for each in imported.findings[:MOST_SAID]]
        return "error", tr("ui.imported.nothing"), "\n".join(found)

    def errors(self, imported: Imported) -> int:
        return sum(each.severity is Severity.ERROR for each in imported.findings)

    def headings(self, preview: Preview) -> tuple[str, ...]:
        return tuple(self.titles.title(key) for key in preview.keys)

    def marks(self, preview: Preview) -> Mapping[tuple[int, int], str]:
        """(row, column) → ``changed`` or ``refused``; refused counts more."""
        return dict.fromkeys(preview.changed, "changed") | dict.fromkeys(preview.refused, "refused")


def _confidence(guess: ColumnGuess | None) -> float:
    return guess.confidence if guess else -1.0
