"""A list of the draft as a grid of texts: which columns, which cells are wrong. No Qt."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from desktop.ui.formats import grouped
from desktop.ui.texts import tr, words
from forms.excel.kinds import Kind
from forms.excel.layout import Column, SheetLayout
from forms.findings import Finding, Severity
from forms.model import Part, Row, Section

ORDER = (Severity.ERROR, Severity.WARNING, Severity.INFO)
FIGURES = frozenset({Kind.MONEY, Kind.WAGE, Kind.COEFFICIENT, Kind.PERCENT})
AMOUNTS = frozenset({Kind.MONEY, Kind.WAGE})
SEXES = {"1": "ui.sex.male", "0": "ui.sex.female"}
Cell = tuple[int, str]
"""(line, field key)"""


@dataclass(frozen=True)
class Sheet:
    """One list of a draft as shown. ``marks``: findings by cell, the worst first."""

    part: Part
    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]
    marks: Mapping[Cell, tuple[Finding, ...]]

    @cached_property
    def positions(self) -> Mapping[int, int]:
        """line → position in ``rows``"""
        return {row.line: position for position, row in enumerate(self.rows)}

    @cached_property
    def places(self) -> Mapping[str, int]:
        """field key → position in ``columns``"""
        return {column.key: position for position, column in enumerate(self.columns)}

    def findings_at(self, row: int, column: int) -> tuple[Finding, ...]:
        return self.marks.get((self.rows[row].line, self.columns[column].key), ())

    def text(self, row: int, column: int) -> str:
        where = self.columns[column]
        return shown(where.kind, self.rows[row].get(where.key))

    def tip(self, row: int, column: int) -> str:
        return "\n".join(said(finding) for finding in self.findings_at(row, column))

    def who(self, row: int) -> str:
        """Line and name, for the row's head."""
        return f"{self.rows[row].line}  {self.rows[row].get('ho_ten')}".rstrip()

    def place(self, row: int, column: int) -> str:
        """Where the person is, in words."""
        where = self.columns[column]
        return tr(
            "ui.sheet.place",
            row=self.rows[row].line,
            name=self.rows[row].get("ho_ten"),
            column=where.title,
            letters=where.letters,
        )


def shown(kind: Kind, value: str) -> str:
    """A stored value as people write it; what is not canonical stays as it is."""
    if kind in AMOUNTS and value.isdecimal() and len(value) > 3:
        return grouped(int(value))
    if kind in FIGURES:
        return value.replace(".", ",") if value.count(".") == 1 else value
    if kind is Kind.SEX and value in SEXES:
        return tr(SEXES[value])
    return value


def said(finding: Finding) -> str:
    """``Lỗi: …`` – the severity as a word, for colour is never the only sign."""
    return tr(
        "ui.finding.said",
        severity=tr(f"ui.severity.{finding.severity.value}"),
        message=words(finding.code, finding.params),
    )


def sheet_of(
    section: Section, layout: SheetLayout, findings: Iterable[Finding], *, whole: bool
) -> Sheet:
    """``whole``: every column; else those that hold something, are needed or have findings."""
    marks = marks_of(section, findings)
    wanted = layout.named if whole else tuple(_useful(section, layout, marks))
    return Sheet(section.part, section.sheet, wanted, section.rows, marks)


def marks_of(section: Section, findings: Iterable[Finding]) -> dict[Cell, tuple[Finding, ...]]:
    found: dict[Cell, list[Finding]] = {}
    for finding in findings:
        cell = cell_of(section, finding)
        if cell:
            found.setdefault(cell, []).append(finding)
    return {cell: tuple(worst_first(each)) for cell, each in found.items()}


def cell_of(section: Section, finding: Finding) -> Cell | None:
    """The cell a finding speaks of, when it speaks of one in this list."""
    if finding.sheet != section.sheet or finding.row is None:
        return None
    if finding.field:
        return finding.row, finding.field
    keys = (key for key, letters in section.columns.items() if letters == finding.column)
    key = next(keys, None)
    return (finding.row, key) if key else None


def worst_first(findings: Sequence[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: ORDER.index(finding.severity))


def _useful(
    section: Section, layout: SheetLayout, marks: Mapping[Cell, tuple[Finding, ...]]
) -> Iterable[Column]:
    filled = {key for row in section.rows for key in row.values}
    marked = {key for _, key in marks}
    for column in layout.named:
        if column.needed or column.key in filled or column.key in marked:
            yield column
