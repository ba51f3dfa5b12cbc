"""What is known of a sheet by place before it is laid out: troubles, hidden lines, extent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from forms.excel.letters import to_letters
from forms.excel.limits import LIMITS, Limits
from resources.faults import DataFault

_MOST_ISSUES = 50_000


class Issue(Enum):
    """Why a cell gives no value; the values are codes of findings."""

    ERROR = "cell.error"
    NO_VALUE = "cell.no_value"


@dataclass(frozen=True, slots=True)
class CellIssue:
    issue: Issue
    column: int
    """1-based"""
    text: str
    """the error value, such as ``#REF!``"""


Issues = Mapping[int, list[CellIssue]]
"""by 1-based row"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """A merged range; all numbers are 1-based and belong to it."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFacts:
    """Rows and columns are 1-based."""

    issues: Issues = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[Merged, ...] = ()


@dataclass(slots=True, kw_only=True)
class FactsLog:
    """Gathers the facts of one sheet and refuses it as soon as it asks for too much."""

    sheet: str
    limits: Limits = LIMITS
    issues: dict[int, list[CellIssue]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[Merged] = field(default_factory=list)
    last_row: int = 0
    last_column: int = 0
    text_bytes: int = 0
    _noted: int = 0

    def reach(self, row: int, column: int) -> None:
        """A cell with a value. Raises DataFault ``workbook.sheet_too_big``."""
        self.last_row = max(self.last_row, row)
        self.last_column = max(self.last_column, column)
        if (
            self.last_row > self.limits.rows
            or self.last_column > self.limits.columns
            or self.last_row * self.last_column > self.limits.cells
        ):
            cell = f"{to_letters(column)}{row}"
            raise DataFault("workbook.sheet_too_big", sheet=self.sheet, cell=cell)

    def weigh(self, text_bytes: int) -> None:
        """Text that the library will lay out. Raises DataFault ``workbook.text_too_long``."""
        self.text_bytes += text_bytes
        if self.text_bytes > self.limits.text_bytes:
            raise DataFault("workbook.text_too_long")

    def weigh_used(self, used: Mapping[int, int], sizes: Sequence[int]) -> None:
        """``used``: index of a shared string → how often; ``sizes``: their bytes."""
        self.weigh(sum(sizes[index] * times for index, times in used.items() if index < len(sizes)))

    def note(self, issue: Issue, row: int, column: int, text: str) -> None:
        self._noted += 1
        if self._noted <= _MOST_ISSUES:
            self.issues.setdefault(row, []).append(CellIssue(issue, column, text))

    def hide_row(self, row: int) -> None:
        if 0 < row <= self.limits.rows:
            self.hidden_rows.add(row)

    def hide_columns(self, first: int, last: int) -> None:
        """Both belong to the span."""
        self.hidden_columns.update(range(max(first, 1), min(last, self.limits.columns) + 1))

    def merge(self, first_row: int, first_column: int, last_row: int, last_column: int) -> None:
        if len(self.merged) < _MOST_ISSUES:
            self.merged.append(
                Merged(
                    first_row=first_row,
                    first_column=first_column,
                    last_row=last_row,
                    last_column=last_column,
                )
            )

    def facts(self) -> SheetFacts:
        return SheetFacts(
            issues=self.issues,
            hidden_rows=frozenset(self.hidden_rows),
            hidden_columns=frozenset(self.hidden_columns),
            merged=tuple(self.merged),
        )
