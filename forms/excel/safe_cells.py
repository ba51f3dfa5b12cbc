"""Cells that a spreadsheet program never takes for a formula.

A text that begins with ``=``, ``+``, ``-`` or ``@`` is written as text with the quote prefix,
so that its letters stay as they are and nothing is computed from it.
"""

from typing import Any

from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

_NOT_PLAIN_STARTS = ("=", "+", "-", "@", "#", "\t", "\r")
"""a leading ``#`` would be taken for an error value such as ``#REF!``"""
_TEXT_TYPE = "s"
_LONGEST_TEXT = 32_767


def put(cell: Cell, value: object) -> None:
    """Writes a value of any type that a workbook can hold; text only ever as text."""
    if not isinstance(value, str):
        cell.value = value  # type: ignore[assignment]  # openpyxl itself refuses other types
        return
    clean = ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST_TEXT]
    cell.value = clean or None
    if clean.startswith(_NOT_PLAIN_STARTS):
        cell.data_type = _TEXT_TYPE
        cell.quotePrefix = True


def is_plain(value: object) -> bool:
    """Whether a value may go into a sheet as it is, without a cell made by hand."""
    return not isinstance(value, str) or not (
        value.startswith(_NOT_PLAIN_STARTS)
        or len(value) > _LONGEST_TEXT
        or ILLEGAL_CHARACTERS_RE.search(value)
    )


def text_cell(sheet: Any, value: object) -> Cell:
    """A cell for a write-only sheet."""
    cell = WriteOnlyCell(sheet)
    put(cell, value)
    return cell
