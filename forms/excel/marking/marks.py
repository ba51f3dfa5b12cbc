"""Which cells are marked, how gravely and with what words."""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from forms.excel.letters import to_number
from forms.excel.limits import LIMITS
from forms.findings import Finding, Severity

Words = Callable[[Finding], str]
Cell = tuple[int, int]
"""row, column; both 1-based"""

GRAVEST_FIRST = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
MOST_MARKED = 10_000
LONGEST_NOTE = 2_000
_FIRST_COLUMN = 1


@dataclass(slots=True)
class Mark:
    """One cell: the gravest of its findings gives the colour, all of them the note."""

    severity: Severity
    lines: list[str] = field(default_factory=list)

    @property
    def note(self) -> str:
        return "\n".join(dict.fromkeys(self.lines))[:LONGEST_NOTE]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """``marks``: sheet → cell → mark; ``ordered``: every finding, the gravest first."""

    ordered: Sequence[Finding]
    marks: Mapping[str, Mapping[Cell, Mark]]
    unmarked: int
    """findings with a place whose cells are beyond the limit"""


def plan(
    findings: Iterable[Finding],
    sheets: Collection[str],
    words: Words,
    *,
    most: int = MOST_MARKED,
) -> Plan:
    """``sheets``: names of those that can be marked."""
    ordered = sorted(findings, key=lambda finding: GRAVEST_FIRST[finding.severity])
    marks: dict[str, dict[Cell, Mark]] = {}
    marked = unmarked = 0
    for finding, sheet, cell in _placed(ordered, sheets):
        of_sheet = marks.setdefault(sheet, {})
        if cell not in of_sheet:
            if marked >= most:
                unmarked += 1
                continue
            marked += 1
            of_sheet[cell] = Mark(finding.severity)
        of_sheet[cell].lines.append(words(finding))
    return Plan(ordered=ordered, marks=marks, unmarked=unmarked)


def place(finding: Finding) -> Cell | None:
    """The cell of a finding; the first of its row where it names no column."""
    if finding.row is None or finding.row < 1:
        return None
    return finding.row, to_number(finding.column) if finding.column else _FIRST_COLUMN


def _placed(
    findings: Iterable[Finding], sheets: Collection[str]
) -> Iterator[tuple[Finding, str, Cell]]:
    for finding in findings:
        cell = place(finding)
        if finding.sheet in sheets and finding.sheet is not None and cell and _fits(cell):
            yield finding, finding.sheet, cell


def _fits(cell: Cell) -> bool:
    return cell[0] <= LIMITS.rows and cell[1] <= LIMITS.columns


def at_merged(marks: Mapping[Cell, Mark], merged: Iterable[tuple[Cell, Cell]]) -> dict[Cell, Mark]:
    """Only the first cell of a merged range is seen, so the marks of the others go there."""
    found = dict(marks)
    cells = sorted(marks)
    for first, last in merged:
        rows = slice(bisect_left(cells, (first[0], 0)), bisect_left(cells, (last[0] + 1, 0)))
        for cell in cells[rows]:
            if cell != first and _within(cell, first, last):
                _move(found, cell, first)
    return found


def _move(found: dict[Cell, Mark], cell: Cell, to: Cell) -> None:
    mark = found.pop(cell)
    kept = found.setdefault(to, Mark(mark.severity))
    kept.severity = min(kept.severity, mark.severity, key=GRAVEST_FIRST.__getitem__)
    kept.lines.extend(mark.lines)


def _within(cell: Cell, first: Cell, last: Cell) -> bool:
    return first[0] <= cell[0] <= last[0] and first[1] <= cell[1] <= last[1]
