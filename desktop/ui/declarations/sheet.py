"""A list of the draft as a grid of texts: which columns, which cells are wrong. No Qt."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from desktop.ui.code_choice import CodeField
from desktop.ui.formats import grouped
from desktop.ui.texts import language, tr, words
from forms.code_names import name_in
from forms.codes import fold
from forms.excel.coded import coded, named_by
from forms.excel.kinds import Kind
from forms.excel.layout import Column, SheetLayout
from forms.excel.mapping_file import english_titles
from forms.findings import Finding, Severity
from forms.model import Part, Row, Section
from forms.packed import column_values, outline
from resources.messages import LANGUAGES

ORDER = (Severity.ERROR, Severity.WARNING, Severity.INFO)
FIGURES = frozenset({Kind.MONEY, Kind.WAGE, Kind.COEFFICIENT, Kind.PERCENT})
AMOUNTS = frozenset({Kind.MONEY, Kind.WAGE})
SEXES = {"1": "ui.sex.male", "0": "ui.sex.female"}
Cell = tuple[int, str]
"""(line, field key)"""


class RowState(StrEnum):
    """What is to be said of a whole row."""

    ERROR = "error"
    WARNING = "warning"
    CHANGED = "changed"
    """typed over since the program was opened"""


@dataclass(frozen=True)
class Sheet:
    """One list of a draft as shown, in the order shown."""

    part: Part
    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]
    marks: Mapping[Cell, tuple[Finding, ...]]
    """findings by cell, the worst first"""
    lines: Sequence[int]
    """of every row"""
    changed: frozenset[Cell] = frozenset()
    """cells typed over since the program was opened"""

    @cached_property
    def unpacked(self) -> Sequence[Row]:
        """Every row at hand, for who reads them in another order."""
        return tuple(self.rows)

    def values(self, key: str) -> Sequence[str]:
        """Stored values of one field, by position; read once."""
        known = self._values.get(key)
        if known is None:
            known = self._values[key] = [value for (value,) in column_values(self.rows, key)]
        return known

    @cached_property
    def _values(self) -> dict[str, Sequence[str]]:
        return {}

    @cached_property
    def sorted(self) -> dict[tuple[str, bool], Sequence[int]]:
        """(field key, ascending) → every position in that order, as far as it was asked for."""
        return {}

    @cached_property
    def positions(self) -> Mapping[int, int]:
        """line → position in ``rows``"""
        return {line: position for position, line in enumerate(self.lines)}

    @cached_property
    def places(self) -> Mapping[str, int]:
        """field key → position in ``columns``"""
        return {column.key: position for position, column in enumerate(self.columns)}

    @cached_property
    def states(self) -> Mapping[int, frozenset[RowState]]:
        """line → what is to be said of its row; lines of which nothing is are left out"""
        found: dict[int, set[RowState]] = {}
        for (line, _), findings in self.marks.items():
            state = _STATES.get(findings[0].severity)
            if state:
                found.setdefault(line, set()).add(state)
        for line, _ in self.changed:
            found.setdefault(line, set()).add(RowState.CHANGED)
        return {line: frozenset(states) for line, states in found.items()}

    def states_of(self, row: int) -> tuple[RowState, ...]:
        """The worst first."""
        found = self.states.get(self.lines[row], frozenset())
        return tuple(state for state in RowState if state in found)

    def with_columns(self, keys: Iterable[str]) -> "Sheet":
        """Only these columns, in the order of the form."""
        wanted = frozenset(keys)
        return replace(self, columns=tuple(each for each in self.columns if each.key in wanted))

    def findings_at(self, row: int, column: int) -> tuple[Finding, ...]:
        return self.marks.get((self.lines[row], self.columns[column].key), ())

    def text(self, row: int, column: int) -> str:
        where = self.columns[column]
        return shown(where.kind, self.rows[row].get(where.key))

    def codes(self, row: int, column: int) -> CodeField | None:
        """What codes a cell is filled from, or names of codes; None for any other cell."""
        key = self.columns[column].key
        by_code, by_name = coded(self.part).get(key), named_by(self.part).get(key)
        field = by_code or by_name
        if field is None:
            return None
        province = self.rows[row].get(field.province) if field.province else ""
        return CodeField(list=field.list, province=province, takes_name=by_code is None)

    def meaning(self, row: int, column: int) -> str:
        """``01 – Thành phố Hà Nội``; empty where no known code stands."""
        key = self.columns[column].key
        field, value = coded(self.part).get(key), self.rows[row].get(key)
        found = name_in(field.list, value, language()) if field and value else None
        return tr("ui.roster.coded", code=value, name=found) if found else ""

    def tip(self, row: int, column: int) -> str:
        return "\n".join(said(finding) for finding in self.findings_at(row, column))

    def who(self, row: int) -> str:
        """Line, name and states, for the row's head."""
        said = f"{self.lines[row]}  {self.rows[row].get('ho_ten')}".rstrip()
        states = (tr(f"ui.sheet.state.{state.value}") for state in self.states_of(row))
        return "\n".join((said, *states))

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


def folded_columns(sheet: Sheet) -> list[list[str]]:
    """Of every column the text of every row, as it stands there, without marks and capitals."""
    keys = [column.key for column in sheet.columns]
    values = list(zip(*column_values(sheet.rows, *keys), strict=True)) or [()] * len(keys)
    columns = []
    for column, texts in zip(sheet.columns, values, strict=True):
        known = {text: fold(shown(column.kind, text)) for text in set(texts)}
        columns.append([known[text] for text in texts])
    return columns


def said(finding: Finding) -> str:
    """``Lỗi: …`` – the severity as a word, for colour is never the only sign."""
    return tr(
        "ui.finding.said",
        severity=tr(f"ui.severity.{finding.severity.value}"),
        message=words(finding.code, finding.params),
    )


_STATES = {Severity.ERROR: RowState.ERROR, Severity.WARNING: RowState.WARNING}


def sheets_of(
    section: Section,
    layout: SheetLayout,
    findings: Iterable[Finding],
    changed: frozenset[Cell] = frozenset(),
) -> Iterator[tuple[bool, Sheet]]:
    """True: every column; False: those that hold something, are needed or have findings."""
    marks = marks_of(section, findings)
    lines, filled = outline(section.rows)
    useful = filled | {key for _, key in marks}
    columns = headed(layout.named)
    whole = Sheet(section.part, section.sheet, columns, section.rows, marks, lines, changed)
    yield True, whole
    few = tuple(each for each in columns if each.needed or each.key in useful)
    yield False, replace(whole, columns=few)


def headed(columns: Sequence[Column]) -> tuple[Column, ...]:
    """In Vietnamese as the workbook heads them, else in the language of the window."""
    if language() == LANGUAGES[0]:
        return tuple(columns)
    titles = english_titles()
    return tuple(replace(each, title=titles.get(each.key, each.title)) for each in columns)


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
