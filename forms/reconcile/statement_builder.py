"""Raw lines of a C12-TS, from a workbook or the portal → ``Statement`` and findings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from forms.findings import Finding, Severity
from forms.model import Period
from forms.reconcile.consistency import statement_findings
from forms.reconcile.figures import UnreadableFigure, read_figure
from forms.reconcile.notice import (
    JOINT,
    SPLIT,
    Column,
    Figure,
    Layout,
    Place,
    Statement,
    StatementLine,
)
from forms.reconcile.notice_layouts import lines
from forms.reconcile.numbering import PAYMENTS, Numbering, best_layout, by_label, is_payment

_LONGEST_PARAM = 100
NEEDED = ("B.1", "B.2", "B.3")
"""lines without which a month cannot be compared"""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawLine:
    """One line as it stands: number, label, and what the money cells hold."""

    number: str
    label: str
    cells: Mapping[Column, object]
    places: Mapping[Column, Place]
    broken: frozenset[Column] = frozenset()
    """cells with an error value, or a formula without a result"""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a notice says of itself."""

    unit_code: str
    period: Period | None
    source: str


def build_statement(
    raw_lines: Sequence[RawLine], about: About
) -> tuple[Statement, tuple[Finding, ...]]:
    """Never fails: what cannot be read or contradicts itself is found."""
    columns = _columns(raw_lines)
    builder = _Builder(raw_lines, split=Column.HTTT in columns)
    builder.build()
    statement = Statement(
        layout=builder.layout,
        columns=columns,
        unit_code=about.unit_code,
        period=about.period,
        source=about.source,
        lines=builder.lines,
    )
    return statement, (*builder.findings, *statement_findings(statement))


def _columns(raw_lines: Sequence[RawLine]) -> tuple[Column, ...]:
    there = {column for raw in raw_lines for column in raw.places}
    wanted = SPLIT if {Column.ODTS, Column.HTTT} & there else JOINT
    return tuple(column for column in wanted if column in there)


class _Builder:
    """One pass over the lines of a statement."""

    def __init__(self, raw_lines: Sequence[RawLine], *, split: bool) -> None:
        numbering = Numbering()
        self._coded = [(numbering.code(raw.number, raw.label), raw) for raw in raw_lines]
        labels = ((code, raw.label) for code, raw in self._coded if code)
        self.layout: Layout = best_layout(labels, split=split)
        self.lines: dict[str, StatementLine] = {}
        self.findings: list[Finding] = []

    def build(self) -> None:
        last = ""
        for code, raw in self._coded:
            known = self._known(code, raw, last)
            if known in self.lines:
                self._note("notice.line_twice", raw, line=known)
            elif known:
                self.lines[known] = self._line(known, raw)
                last = known
            elif _filled(raw):
                self._note("notice.line_unknown", raw, line=raw.number, label=raw.label)
        self._note_absent()

    def _known(self, code: str, raw: RawLine, last: str) -> str:
        if code in lines(self.layout) or is_payment(code):
            return code
        return by_label(self.layout, raw.label, last)

    def _line(self, code: str, raw: RawLine) -> StatementLine:
        known = lines(self.layout)[f"{PAYMENTS}.n" if is_payment(code) else code]
        figures: dict[Column, Figure] = {}
        unreadable: set[Column] = set()
        for column, place in raw.places.items():
            try:
                amount = _amount(raw, column, known.unit)
            except UnreadableFigure:
                unreadable.add(column)
                self.findings.append(_unreadable(code, raw, column))
            else:
                if amount is not None:
                    figures[column] = Figure(amount, place)
        return StatementLine(
            code=code,
            label=raw.label,
            unit=known.unit,
            figures=figures,
            unreadable=frozenset(unreadable),
        )

    def _note(self, code: str, raw: RawLine, **params: str) -> None:
        place = next(iter(raw.places.values()))
        short = {name: value[:_LONGEST_PARAM] for name, value in params.items()}
        self.findings.append(
            Finding(
                code=code,
                severity=Severity.WARNING,
                sheet=place.sheet,
                row=place.row,
                params=short,
            )
        )

    def _note_absent(self) -> None:
        absent = [code for code in NEEDED if code not in self.lines]
        if absent:
            params = {"lines": ", ".join(absent)}
            self.findings.append(
                Finding(code="notice.lines_absent", severity=Severity.WARNING, params=params)
            )


def _amount(raw: RawLine, column: Column, unit: str) -> int | Decimal | None:
    if column in raw.broken:
        raise UnreadableFigure
    return read_figure(raw.cells.get(column), unit)


def _filled(raw: RawLine) -> bool:
    return bool(raw.broken) or any(str(cell).strip() for cell in raw.cells.values() if cell)


def _unreadable(code: str, raw: RawLine, column: Column) -> Finding:
    place = raw.places[column]
    shown = str(raw.cells.get(column) or "")[:_LONGEST_PARAM]
    return Finding(
        code="notice.figure_unreadable",
        severity=Severity.ERROR,
        sheet=place.sheet,
        row=place.row,
        column=place.column,
        field=place.field,
        params={"line": code, "text": shown},
    )
