"""Which column is which: guesses in words, what a person says, the mapping that follows. No Qt."""

from collections.abc import Mapping
from pathlib import Path

from desktop.services.api import Imported, Progress, Services
from desktop.services.imported import TakenIn
from desktop.services.moments import filing_day
from desktop.services.workbooks_api import Preview
from desktop.ui.columns.lines import (
    JOIN,
    NOT_TAKEN,
    Chosen,
    ColumnLine,
    in_parts,
    joinable,
    other_halves,
    say,
)
from desktop.ui.field_titles import FieldTitles, declared
from desktop.ui.texts import tr, words
from forms.excel.halves import whole_of
from forms.excel.mapping import ColumnGuess, ColumnMapping, SheetGuess
from forms.findings import Severity
from forms.model import Period
from resources.messages import catalogue

NEEDED = ("ho_ten",)
"""without these a list is of nobody"""
ONE_OF = ("ma_so_bhxh", "cccd", "ngay_sinh")
"""one at least, to know people of one name apart"""
MOST_SAID = 5
JOINED = frozenset({"columns.joined", "columns.remembered"})
"""why several columns are one field: parts of a name, or the person said so before"""


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

    def below(self, workbook: Path, sheet: str, header_row: int) -> SheetGuess:
        return self._services.workbooks.columns_below(workbook, sheet, header_row)

    def confirm(self, workbook: Path, mapping: ColumnMapping) -> None:
        self._services.workbooks.confirm(workbook, mapping)

    def take_in(
        self,
        workbook: Path,
        mapping: ColumnMapping,
        unit_code: str,
        since: Period,
        report: Progress,
    ) -> TakenIn:
        return self._services.workbooks.take_in(
            workbook, unit_code=unit_code, since=since, mapping=mapping, progress=report
        )

    def this_month(self) -> Period:
        return Period.of(filing_day(self._services.now()))

    # ---- decisions

    def choose(self, sheet: SheetGuess) -> Chosen:
        """As guessed; a field is taken once only, where it is surest, unless it is joined."""
        best: dict[str, ColumnGuess] = {}
        for guess in sheet.columns:
            if guess.field and guess.confidence > _confidence(best.get(guess.field)):
                best[guess.field] = guess
        lines = (
            ColumnLine(guess, guess.field if guess.field and _is_taken(guess, best) else "")
            for guess in sheet.columns
        )
        return Chosen(sheet, in_parts(lines))

    def read_below(self, chosen: Chosen, sheet: SheetGuess) -> Chosen:
        """Another heading row: guessed anew, but what the person said stays said."""
        made = self.choose(sheet)
        for line in chosen.lines:
            if line.said and any(each.guess.column == line.guess.column for each in made.lines):
                made = say(made, line.guess.column, line.field, join=line.part > 1)
        return made

    def say(self, chosen: Chosen, column: str, answer: str) -> Chosen:
        """The person says what a column is; what contradicts it is no longer taken.

        ``answer``: a value of ``offered``.
        """
        return say(chosen, column, answer.removeprefix(JOIN), join=answer.startswith(JOIN))

    def missing(self, chosen: Chosen) -> str:
        """What must be there and is not; empty when nothing is missing."""
        taken = {line.field for line in chosen.lines}
        absent = [self.titles.title(key) for key in NEEDED if key not in taken]
        absent += [self.titles.title(key) for key in other_halves(taken)]
        if absent:
            return tr("ui.columns.missing", names=", ".join(absent))
        if not {whole_of(key) for key in taken} & set(ONE_OF):
            names = ", ".join(self.titles.title(key) for key in ONE_OF)
            return tr("ui.columns.missing_one", names=names)
        return ""

    # ---- words

    def offered(self, chosen: Chosen, column: str) -> tuple[tuple[str, str], ...]:
        """(answer, words) of everything a column can be; first: not taken, then what can be
        joined to another column, such as a name in two parts."""
        lines = [(NOT_TAKEN, tr("ui.columns.not_taken"))]
        for key in joinable(chosen, column):
            lines.append((JOIN + key, tr("ui.columns.join", field=self.titles.title(key))))
        return *lines, *((key, self.titles.title(key)) for key in declared() if key != "stt")

    def field_title(self, line: ColumnLine) -> str:
        if not line.field:
            return tr("ui.columns.not_taken")
        title = self.titles.title(line.field)
        return tr("ui.columns.part", field=title, part=line.part) if line.part else title

    def cells(self, line: ColumnLine) -> tuple[str, ...]:
        """Column, heading, samples, field, trust."""
        return (
            line.guess.column,
            line.guess.heading,
            " · ".join(line.guess.samples[:3]),
            self.field_title(line),
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


def _is_taken(guess: ColumnGuess, best: Mapping[str, ColumnGuess]) -> bool:
    return best.get(guess.field or "") is guess or guess.why in JOINED


def _confidence(guess: ColumnGuess | None) -> float:
    return guess.confidence if guess else -1.0
