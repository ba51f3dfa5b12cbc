"""Headings over several rows: for every column its titles from the top down."""

from collections.abc import Sequence

from forms.excel.clean_text import shown, tidy
from forms.excel.cleaned import Raw
from forms.excel.sources.facts import Merged

Path = tuple[str, ...]
"""titles of one column from the top down; empty and repeated ones left out"""


def heading_paths(
    band: Sequence[Sequence[Raw]],
    *,
    first_line: int,
    first_column: int,
    merged: Sequence[Merged] = (),
) -> tuple[Path, ...]:
    """One path for each column of ``band``, the heading rows that begin at ``first_line``.

    A merged cell heads everything it covers. Where the merging is not known, an upper title
    reaches to the right over columns that have a lower title of their own and no upper one.
    """
    width = max((len(cells) for cells in band), default=0)
    grid = [[_title(cells, at) for at in range(width)] for cells in band]
    _spread(grid, first_line, first_column, merged)
    for level in range(len(grid) - 1):
        _reach_right(grid, level)
    return tuple(_path(titles) for titles in zip(*grid, strict=True))


def _title(cells: Sequence[Raw], at: int) -> str:
    return tidy(shown(cells[at])) if at < len(cells) else ""


def _spread(
    grid: list[list[str]], first_line: int, first_column: int, merged: Sequence[Merged]
) -> None:
    last_line = first_line + len(grid) - 1
    for area in merged:
        if not first_line <= area.first_row <= area.last_row <= last_line:
            continue
        titles = grid[area.first_row - first_line]
        at = area.first_column - first_column
        if not 0 <= at < len(titles) or not titles[at]:
            continue
        for row in grid[area.first_row - first_line : area.last_row - first_line + 1]:
            for place in range(at, min(area.last_column - first_column + 1, len(row))):
                row[place] = titles[at]


def _reach_right(grid: list[list[str]], level: int) -> None:
    titles, above = grid[level], grid[:level]
    for at in range(1, len(titles)):
        left = titles[at - 1]
        same_group = all(row[at] == row[at - 1] for row in above)
        if titles[at] or not left or not same_group:
            continue
        if _has_lower(grid, level, at, left) and _has_lower(grid, level, at - 1, left):
            titles[at] = left


def _has_lower(grid: Sequence[Sequence[str]], level: int, at: int, title: str) -> bool:
    return any(row[at] not in ("", title) for row in grid[level + 1 :])


def _path(titles: Sequence[str]) -> Path:
    found: list[str] = []
    for title in titles:
        if title and (not found or title != found[-1]):
            found.append(title)
    return tuple(found)
