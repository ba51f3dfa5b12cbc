"""Texts on their way into the cells of a grid, as a spreadsheet would lay them. No Qt."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

Cell = tuple[int, str, str]
"""(line or person, field key, text)"""
Editable = Callable[[str], bool]
"""whether the field of this key may be typed over"""


@dataclass(frozen=True, slots=True)
class Pasted:
    """``beyond``: cells of the clipboard that had no place in the grid."""

    cells: tuple[Cell, ...]
    beyond: int = 0


def landed(
    text: str,
    lines: Sequence[int],
    keys: Sequence[str],
    *,
    editable: Editable,
    tall: int = 1,
    wide: int = 1,
) -> Pasted:
    """What lands where: ``lines`` and ``keys`` from the current cell on.

    One cell fills the whole selection of ``tall`` rows and ``wide`` columns.
    """
    table = [line.split("\t") for line in text.rstrip("\r\n").splitlines()]
    if len(table) == 1 and len(table[0]) == 1:
        table = [table[0] * max(1, wide)] * max(1, tall)
    cells, beyond = [], 0
    for row, values in enumerate(table):
        for column, value in enumerate(values):
            if row < len(lines) and column < len(keys) and editable(keys[column]):
                cells.append((lines[row], keys[column], value))
            else:
                beyond += 1
    return Pasted(tuple(cells), beyond)


def emptied(lines: Sequence[int], keys: Sequence[str], editable: Editable) -> tuple[Cell, ...]:
    return tuple((line, key, "") for line in lines for key in keys if editable(key))


def filled_down(
    first: Sequence[str], lines: Sequence[int], keys: Sequence[str], editable: Editable
) -> tuple[Cell, ...]:
    """``first``: the texts of the topmost chosen row, by key; ``lines``: those below it."""
    pairs = [(key, text) for key, text in zip(keys, first, strict=True) if editable(key)]
    return tuple((line, key, text) for line in lines for key, text in pairs)


def as_table(rows: Sequence[Sequence[str]]) -> str:
    """For the clipboard: tabs between cells, a line a row; no cell holds either."""
    return "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in rows)
