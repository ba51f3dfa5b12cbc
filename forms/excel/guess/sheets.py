"""The sheets of a workbook that look like a list of people, the likeliest first."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Protocol

from forms.excel import layout as layouts
from forms.excel.clean_text import shown, tidy
from forms.excel.cleaned import Raw
from forms.excel.guess.columns import Candidate, candidate, guess_columns
from forms.excel.guess.heading import Heading, find_heading, first_data_line, heading_ending
from forms.excel.letters import to_letters, to_number
from forms.excel.mapping import ColumnGuess, SheetGuess
from forms.excel.matching import SheetMatch
from forms.excel.recognise import SheetLike, finder, recognise

KNOWN_LAYOUT = "columns.known_layout"
_SAMPLE_ROWS = 300
_SAMPLE_VALUES = 40
_FEWEST_FIELDS = 2
_DEEPEST_HEADING = 3
_NAMES_SOMEBODY = frozenset({"ho_ten", "cccd", "ma_so_bhxh"})


class EntryLike(Protocol):
    @property
    def visible(self) -> bool: ...


class SourceLike(Protocol):
    """A workbook of any kind."""

    @property
    def sheets(self) -> Mapping[str, EntryLike]: ...
    def load(self, name: str) -> SheetLike: ...


def guess_sheets(source: SourceLike) -> tuple[SheetGuess, ...]:
    """Best first; a known layout before any guess. Looks at the first rows of every sheet."""
    known = known_sheet(source)
    if known is None:
        return guess_unknown(source)
    return (known, *guess_unknown(source, but=known.sheet))


def guess_unknown(source: SourceLike, *, but: str | None = None) -> tuple[SheetGuess, ...]:
    """Best first, no known layout looked for. ``but``: a sheet that is left out."""
    found: list[tuple[tuple[bool, float], SheetGuess]] = []
    for name, entry in source.sheets.items():
        guess = guess_sheet(source.load(name)) if name != but else None
        if guess is not None:
            found.append(((entry.visible and guess.rows > 0, _worth(guess)), guess))
    found.sort(key=lambda pair: pair[0], reverse=True)
    return tuple(guess for _, guess in found)


def known_sheet(source: SourceLike) -> SheetGuess | None:
    """The main sheet of a known layout as if it were guessed, every column surely."""

    candidates = [layouts.load(code) for code in layouts.known_codes()]
    found = recognise(list(source.sheets), finder(source.load), candidates)
    if found is None:
        return None
    main = found.matches[0]
    sheet = source.load(main.sheet)
    return SheetGuess(
        sheet=main.sheet,
        header_row=main.header_line,
        first_data_row=main.first_data_line,
        columns=tuple(_known_columns(main, sheet)),
        rows=max(sheet.last_line - main.first_data_line + 1, 0),
        layout=found.layout.code,
    )


def _known_columns(match: SheetMatch, sheet: SheetLike) -> Iterator[ColumnGuess]:
    data = list(islice(sheet.rows(), match.first_data_line - 1, _SAMPLE_ROWS))
    placed = {**match.columns, **match.unread}
    for number in sorted({*placed, *match.extra}):
        column = placed.get(number)
        yield ColumnGuess(
            column=to_letters(number),
            heading=column.title if column else match.extra[number],
            field=(column.key or None) if column else None,
            confidence=1.0 if column else 0.0,
            samples=_samples(_values(data, number - sheet.first_column)),
            why=KNOWN_LAYOUT if column else "columns.unknown",
        )


def guess_sheet(sheet: SheetLike) -> SheetGuess | None:
    """None where the sheet does not look like a list of people."""
    top = list(islice(sheet.rows(), _SAMPLE_ROWS))
    heading = find_heading(top, sheet.first_column, sheet.merged)
    if heading is None:
        return None
    first = first_data_line(top, heading)
    columns = guess_columns(list(_candidates(top[first - 1 :], heading, sheet.first_column)))
    fields = {column.field for column in columns if column.field}
    if len(fields) < _FEWEST_FIELDS or not fields & _NAMES_SOMEBODY:
        return None
    return SheetGuess(
        sheet=sheet.name,
        header_row=heading.last_line,
        first_data_row=first,
        columns=columns,
        rows=_count(top[first - 1 :], columns, sheet) + max(sheet.last_line - len(top), 0),
    )


def guess_below(sheet: SheetLike, header_row: int) -> SheetGuess:
    """The columns where the heading ends in that row, whatever they say."""
    above = max(header_row - _DEEPEST_HEADING, 0)
    read = islice(sheet.rows(), above, header_row + _SAMPLE_ROWS)
    top: list[Sequence[Raw]] = [*([()] * above), *read]
    heading = heading_ending(top, header_row, sheet.first_column, sheet.merged)
    first = first_data_line(top, heading) if heading else header_row + 1
    found = _candidates(top[first - 1 :], heading, sheet.first_column) if heading else ()
    columns = guess_columns(list(found))
    return SheetGuess(
        sheet=sheet.name,
        header_row=header_row,
        first_data_row=first,
        columns=columns,
        rows=_count(top[first - 1 :], columns, sheet) + max(sheet.last_line - len(top), 0),
    )


def _candidates(
    data: Sequence[Sequence[Raw]], heading: Heading, first_column: int
) -> Iterator[Candidate]:
    for at, path in enumerate(heading.paths):
        values = _values(data, at)
        if path or values:
            yield candidate(first_column + at, path, values, _samples(values))


def _values(data: Sequence[Sequence[Raw]], at: int) -> list[Raw]:
    cells = (cells[at] for cells in data if at < len(cells))
    return list(islice((cell for cell in cells if tidy(shown(cell))), _SAMPLE_VALUES))


def _samples(values: Sequence[Raw]) -> tuple[str, ...]:
    return tuple(tidy(shown(value)) for value in values[:5])


def _count(data: Sequence[Sequence[Raw]], columns: Sequence[ColumnGuess], sheet: SheetLike) -> int:
    """Rows that name somebody."""
    at = [
        to_number(column.column) - sheet.first_column
        for column in columns
        if column.field in _NAMES_SOMEBODY
    ]
    return sum(any(place < len(cells) and cells[place] != "" for place in at) for cells in data)


def _worth(guess: SheetGuess) -> float:
    return sum(column.confidence for column in guess.columns if column.field)
