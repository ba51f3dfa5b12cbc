"""A sheet that is read by a mapping of its columns, as if it had a layout."""

from collections.abc import Iterator, Sequence

from forms.excel.clean_text import shown, tidy
from forms.excel.cleaned import Raw
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
        number, column = to_number(letters), layout.column(key)
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
    )


def joined_rows(
    rows: Iterator[Sequence[Raw]], match: SheetMatch, first_column: int
) -> Iterator[Sequence[Raw]]:
    """The rows of the sheet, cells that belong together joined by a blank into the first."""
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
