"""Where the heading of a list stands: one to three rows, found by what their titles say."""

from collections.abc import Sequence
from dataclasses import dataclass

from forms.excel.clean_text import shown, tidy
from forms.excel.cleaned import Raw
from forms.excel.guess.synonyms import meaning
from forms.excel.headings import Path, heading_paths
from forms.excel.number_row import is_number_row
from forms.excel.sources.facts import Merged

SEARCH_ROWS = 40
_DEEPEST = 3
_TELLING = 0.45
_TITLE = 0.8
_FEWEST = 2.0
"""titles that are understood; fewer may stand in any text"""
_MOST_BLANK = 10
_LONG_NUMBER = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """Lines are 1-based."""

    first_line: int
    last_line: int
    paths: tuple[Path, ...]
    """of each column from the first cell of the rows"""
    score: float


def find_heading(
    top: Sequence[Sequence[Raw]], first_column: int, merged: Sequence[Merged]
) -> Heading | None:
    """The heading that says most, in the fewest rows. None where too little is understood."""
    best: Heading | None = None
    for last in range(1, min(len(top), SEARCH_ROWS) + 1):
        if not any(_text(cell) for cell in top[last - 1]):
            continue
        for first in range(last, max(last - _DEEPEST, 0), -1):
            found = _heading(top, first, last, first_column, merged)
            if found.score >= _FEWEST and (best is None or found.score > best.score):
                best = found
    return best


def heading_ending(
    top: Sequence[Sequence[Raw]], last: int, first_column: int, merged: Sequence[Merged]
) -> Heading | None:
    """The heading whose last line somebody named, of as many rows as say most. None where the
    rows end before it."""
    if last > len(top):
        return None
    tried = (
        _heading(top, first, last, first_column, merged)
        for first in range(last, max(last - _DEEPEST, 0), -1)
    )
    return max(tried, key=lambda found: found.score)


def first_data_line(top: Sequence[Sequence[Raw]], heading: Heading) -> int:
    """The line below the heading, a row of column numbers and empty lines."""
    line = heading.last_line + 1
    if line <= len(top) and is_number_row(top[line - 1]):
        line += 1
    for below in range(line, min(len(top), line + _MOST_BLANK) + 1):
        if any(_text(cell) for cell in top[below - 1]):
            return below
    return line


def _heading(
    top: Sequence[Sequence[Raw]],
    first: int,
    last: int,
    first_column: int,
    merged: Sequence[Merged],
) -> Heading:
    paths = heading_paths(
        top[first - 1 : last], first_line=first, first_column=first_column, merged=merged
    )
    said = sum(score for path in set(paths) if (score := _sure(path)) >= _TELLING)
    unsaid = _cut_through(first, last, merged) + _titles(top, last + 1)
    unsaid += sum(_is_data(cell) for cells in top[first - 1 : last] for cell in cells)
    return Heading(first_line=first, last_line=last, paths=paths, score=said - unsaid)


def _sure(path: Path) -> float:
    return max(meaning(path).values(), default=0.0)


def _cut_through(first: int, last: int, merged: Sequence[Merged]) -> float:
    """A merged title that reaches below the last line: the heading goes on there."""
    return 0.5 * sum(first <= area.first_row <= last < area.last_row for area in merged)


def _titles(top: Sequence[Sequence[Raw]], line: int) -> float:
    """What the line below says as titles: part of the heading, were it not left out."""
    if line > len(top) or is_number_row(top[line - 1]):
        return 0.0
    sure = (_sure((text,)) for cell in top[line - 1] if (text := _text(cell)))
    return 0.5 * sum(score for score in sure if score >= _TITLE)


def _is_data(cell: Raw) -> bool:
    """No title: a date, an amount, a long number, an address of e-mail."""
    if isinstance(cell, str):
        return "@" in cell or sum(letter.isdecimal() for letter in cell) >= _LONG_NUMBER
    return cell is not None and len(shown(cell)) >= _LONG_NUMBER


def _text(cell: Raw) -> str:
    return tidy(shown(cell)) if isinstance(cell, str) else shown(cell)
