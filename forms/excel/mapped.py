"""A sheet that is read by a mapping of its columns, as if it had a layout."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from forms.excel.by_sex import SplitBySex
from forms.excel.clean_text import shown, tidy
from forms.excel.cleaned import Raw
from forms.excel.halves import (
    BIRTH,
    BIRTH_MEN,
    BIRTH_WOMEN,
    HALVES,
    SEX,
    SEX_MEN,
    SEX_WOMEN,
    Halves,
)
from forms.excel.kinds import Kind
from forms.excel.layout import MAPPED, Column, SheetLayout, load
from forms.excel.letters import to_number
from forms.excel.mapping import ColumnMapping
from forms.excel.mapping_file import check_mapping
from forms.excel.matching import SheetMatch
from forms.model import Part
from resources.faults import DataFault


def mapped_match(mapping: ColumnMapping, *, columns: range) -> SheetMatch:
    """``columns``: numbers of the columns that the sheet has.

    Raises DataFault ``mapping.*`` for a mapping that makes no sense or not for this sheet.
    """
    check_mapping(mapping)
    layout = _layout()
    found: dict[int, Column] = {}
    joined: dict[int, tuple[int, ...]] = {}
    first_of: dict[str, int] = {}
    for letters, key in mapping.columns.items():
        number, column = to_number(letters), _column(layout, key, mapping.columns)
        if number not in columns:
            raise DataFault("mapping.no_column", sheet=mapping.sheet, column=letters)
        if key in first_of:
            first = first_of[key]
            joined[first] = (*joined.get(first, (first,)), number)
        elif column is not None:
            first_of[key] = number
            found[number] = column
    return SheetMatch(
        layout=layout,
        sheet=mapping.sheet,
        header_line=mapping.header_row,
        columns=found,
        absent=(),
        extra={},
        unread={},
        first_data_line=mapping.first_data_row,
        joined=joined,
        halves=_halves(mapping.columns),
    )


def _column(layout: SheetLayout, key: str, columns: Mapping[str, str]) -> Column | None:
    """What a column is read as. Of two halves that of men has the date, that of women the sex."""
    if key not in HALVES:
        return layout.column(key)
    if key == SEX_MEN:
        return None
    whole = layout.column(BIRTH if key == BIRTH_MEN else SEX)
    crosses = key == SEX_WOMEN and SEX_MEN not in columns.values()
    return replace(whole, kind=Kind.SEX_X_NU) if whole and crosses else whole


def _halves(columns: Mapping[str, str]) -> Halves | None:
    at = {key: to_number(letters) for letters, key in columns.items() if key in HALVES}
    if BIRTH_MEN in at:
        return Halves(men=at[BIRTH_MEN], women=at[BIRTH_WOMEN], birth=True)
    if SEX_MEN in at:
        return Halves(men=at[SEX_MEN], women=at[SEX_WOMEN], birth=False)
    return None


def joined_rows(
    rows: Iterator[Sequence[Raw]], match: SheetMatch, first_column: int
) -> Iterator[Sequence[Raw]]:
    """The rows of the sheet, cells that belong together joined by a blank into the first."""
    return joined(rows, match, first_column, split_of(match, first_column))


def split_of(match: SheetMatch, first_column: int) -> SplitBySex | None:
    if match.halves is None:
        return None
    titles = {column.key: column.title for column in match.layout.columns}
    return SplitBySex(match.halves, first_column, (titles[BIRTH], titles[SEX]))


def joined(
    rows: Iterator[Sequence[Raw]],
    match: SheetMatch,
    first_column: int,
    split: SplitBySex | None,
) -> Iterator[Sequence[Raw]]:
    """The same with columns of men and women split by what will tell of them."""
    rows = split.rows(rows) if split else rows
    if not match.joined:
        return rows
    places = [
        (into - first_column, [number - first_column for number in numbers])
        for into, numbers in match.joined.items()
    ]
    return (_joined(cells, places) for cells in rows)


def _joined(cells: Sequence[Raw], places: Sequence[tuple[int, Sequence[int]]]) -> Sequence[Raw]:
    whole = list(cells)
    for into, numbers in places:
        texts = (tidy(shown(cells[number])) for number in numbers)
        whole[into] = " ".join(text for text in texts if text)
    return whole


def _layout() -> SheetLayout:
    sheet = load(MAPPED).sheet(Part.LAO_DONG)
    if sheet is None:
        raise ValueError("our own template has no list of people")
    return sheet
