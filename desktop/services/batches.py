"""Accepted movements → drafts: one for each procedure, cut into đợt that fit a package."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.services.rooms import FormsRoom
from forms import catalog
from forms.excel import layout as layouts
from forms.excel.layout import Layout
from forms.model import Draft, Part, Period, Row, Section, Unit
from forms.months.model import PersonRef, Proposed, Values
from resources.faults import DataFault, UsageFault

LAYOUTS = ("tokhai-2026-11", "vnpt-d02-tk1-2025-11")
"""our own template where it is there, else the one in use"""
_NUMBER = "stt"
_SAMPLE = 60
_SAFETY = 1.5
"""rows differ in length, and signatures come on top"""
_HIGHEST_ROW_BYTES = 16_000
"""taken for a row where a sample cannot be written"""


def layout() -> Layout:
    known = layouts.known_codes()
    return layouts.load(next(code for code in LAYOUTS if code in known))


def by_procedure(movements: Sequence[Proposed]) -> Mapping[str, tuple[Proposed, ...]]:
    """Procedure → its movements, in the order of the proposal."""
    codes = dict.fromkeys(movement.procedure for movement in movements)
    return {code: tuple(m for m in movements if m.procedure == code) for code in codes}


@dataclass(frozen=True, slots=True, kw_only=True)
class Batches:
    """Cuts the movements of one procedure by the size that the law of packages allows."""

    forms: FormsRoom
    unit: Unit
    period: Period
    filing_date: date

    def drafts(
        self, procedure: str, movements: Sequence[Proposed], source: str
    ) -> Iterator[tuple[Draft, tuple[Proposed, ...]]]:
        """One for each đợt, with its movements in the order of the rows; all rows of a person
        stand in one."""
        most = self._most_rows(procedure, movements, source)
        return ((draft_of(part, source), part) for part in cut(movements, most))

    def _most_rows(self, procedure: str, movements: Sequence[Proposed], source: str) -> int:
        """So many rows are sure to fit."""
        sample = sorted(movements, key=_length)[-_SAMPLE:]
        try:
            files = self.forms.render_forms(
                draft_of(sample, source),
                self.unit,
                self.period,
                procedure=procedure,
                filing_date=self.filing_date,
            )
            each = sum(len(file.content) for file in files) / len(sample)
        except (DataFault, UsageFault):  # the checks of the draft say why it cannot be written
            each = _HIGHEST_ROW_BYTES
        packed = each * _SAFETY * 4 / 3
        return max(1, int(catalog.package_limit() / packed))


def cut(movements: Sequence[Proposed], most: int) -> Iterator[tuple[Proposed, ...]]:
    """Pieces of at most so many rows, unless one person alone has more."""
    piece: list[Proposed] = []
    for person in _people(movements):
        if piece and len(piece) + len(person) > most:
            yield tuple(piece)
            piece = []
        piece.extend(person)
    if piece:
        yield tuple(piece)


def _people(movements: Sequence[Proposed]) -> list[list[Proposed]]:
    found: dict[tuple[str, PersonRef], list[Proposed]] = {}
    for movement in movements:
        case = movement.id.partition("-")[0]
        found.setdefault((case, movement.person), []).append(movement)
    return list(found.values())


def _length(movement: Proposed) -> int:
    rows = (movement.values, *movement.papers, *movement.household)
    return sum(len(text) for row in rows for text in row.values())


def draft_of(movements: Sequence[Proposed], source: str) -> Draft:
    """The rows numbered anew; members and papers carry the number of their person's row."""
    lists: dict[Part, list[Values]] = {part: [] for part in Part}
    for number, movement in enumerate(movements, 1):
        own = {_NUMBER: str(number)}
        lists[Part.LAO_DONG].append({**movement.values, **own})
        lists[Part.PHU_LUC] += [{**row, **own} for row in movement.household]
        lists[Part.BANG_KE] += [{**row, **own} for row in movement.papers]
    made = layout()
    sections = (_section(made, part, rows) for part, rows in lists.items() if rows)
    return Draft(layout=made.code, source=source, sections=tuple(sections))


def _section(made: Layout, part: Part, rows: Sequence[Values]) -> Section:
    sheet = made.sheet(part)
    if sheet is None:
        raise UsageFault("layout.not_known", layout=made.code, known=part.value)
    columns = {column.key: column.letters for column in sheet.named}
    return Section(
        part=part,
        sheet=sheet.name,
        columns=columns,
        rows=tuple(
            Row(line, {key: text for key, text in values.items() if key in columns and text})
            for line, values in enumerate(rows, sheet.first_data_row)
        ),
    )
