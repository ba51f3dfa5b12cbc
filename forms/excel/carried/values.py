"""Canonical values (``forms.model``) as the cells of another program's workbook.

Numbers are numbers, so that they read the same whatever sign the computer has before decimals.
Everything else is text: zeros in front stay, and no day is taken for a month. What is not in
canonical form goes out as it was typed.
"""

import re
from decimal import Decimal

from forms.excel.kinds import Kind
from forms.excel.layout import Column, Written
from forms.excel.writing.cells import PLAIN, TEXT

Cell = str | int | Decimal | None

NUMBERS = frozenset({Kind.MONEY, Kind.WAGE, Kind.COEFFICIENT, Kind.PERCENT, Kind.FLAG, Kind.SEX})
CROSS, YES, NO = "x", "1", "0"
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,14})\Z")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,8})\.[0-9]{0,5}[1-9]\Z")
"""as many digits as a spreadsheet keeps"""


def written(column: Column, value: str) -> Cell:
    """What stands in the cell of a value."""
    if column.written is Written.CROSS and value in (YES, NO):
        return CROSS if value == YES else None
    if column.written is Written.COMMA and _is_number(value):
        return value.replace(".", ",")
    if column.kind in NUMBERS and _is_number(value):
        return Decimal(value) if "." in value else int(value)
    return value


def cell_format(column: Column) -> int:
    """Number of the format of the column's cells."""
    plain = column.kind in NUMBERS and column.written is Written.PLAIN
    return PLAIN if plain else TEXT


def as_held(column: Column, value: str) -> str:
    """What is left of a value where an empty cell says no."""
    return "" if column.written is Written.CROSS and value == NO else value


def _is_number(value: str) -> bool:
    return value != "-0" and bool(_WHOLE.match(value) or _DECIMAL.match(value))
