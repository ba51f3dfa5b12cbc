"""The first rows of a sheet as a mapping would take them."""

from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from forms.excel.cleaned import Raw
from forms.excel.cleaning import clean_value
from forms.excel.guess.sheets import guess_below, guess_sheets
from forms.excel.layout import Column
from forms.excel.limits import LIMITS, Limits
from forms.excel.mapped import joined_rows
from forms.excel.mapping import ColumnMapping, SheetGuess
from forms.excel.sources.opening import open_source
from forms.excel.understood import by_mapping
from resources.faults import DataFault

_MOST_LOOKED_AT = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstRows:
    """Cells in the order of ``keys``; places are (row, column) from 0."""

    keys: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    changed: tuple[tuple[int, int], ...]
    refused: tuple[tuple[int, int], ...]


def guess_workbook(path: Path, *, limits: Limits = LIMITS) -> tuple[SheetGuess, ...]:
    """The sheets that look like a list of people, best first. Raises as opening does."""
    return guess_sheets(open_source(path, limits))


def guess_columns_below(
    path: Path, sheet: str, header_row: int, *, limits: Limits = LIMITS
) -> SheetGuess:
    """A sheet whose heading ends in that row. Raises as opening does, and DataFault
    ``mapping.no_sheet``."""
    source = open_source(path, limits)
    if sheet not in source.sheets:
        sheets = ", ".join(f"“{name}”" for name in source.sheets)
        raise DataFault("mapping.no_sheet", sheet=sheet, sheets=sheets)
    return guess_below(source.load(sheet), header_row)


def first_rows(
    path: Path, mapping: ColumnMapping, rows: int, *, limits: Limits = LIMITS
) -> FirstRows:
    """Up to ``rows`` rows that hold something. Raises as opening does, and DataFault ``mapping.*``
    when the mapping does not fit."""
    source = open_source(path, limits)
    match = by_mapping(source, mapping).matches[0]
    sheet = source.load(mapping.sheet)
    places = [(column, number - sheet.first_column) for number, column in match.columns.items()]
    first = match.first_data_line - 1
    lines = islice(
        joined_rows(sheet.rows(), match, sheet.first_column), first, first + _MOST_LOOKED_AT
    )
    cells = ([(column, line[at]) for column, at in places] for line in lines)
    filled = islice((row for row in cells if any(raw not in ("", None) for _, raw in row)), rows)
    return _shown(tuple(column.key for column, _ in places), list(filled))


def _shown(keys: tuple[str, ...], rows: list[list[tuple[Column, Raw]]]) -> FirstRows:
    cleaned = [[clean_value(column.kind, raw) for column, raw in row] for row in rows]
    places = [(row, at) for row in range(len(cleaned)) for at in range(len(keys))]
    return FirstRows(
        keys=keys,
        rows=tuple(tuple(cell.value for cell in row) for row in cleaned),
        changed=tuple((row, at) for row, at in places if cleaned[row][at].changed_code),
        refused=tuple((row, at) for row, at in places if cleaned[row][at].fault_code),
    )
