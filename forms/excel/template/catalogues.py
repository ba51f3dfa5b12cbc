"""The lists to choose from, on one hidden sheet, each column with a name of the workbook.

Communes and clinics stand province by province, so that a choice can offer those of one province
alone: the list of provinces says where they begin and how many there are.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest

from forms.codes import Entry, code_list
from forms.excel.letters import to_letters
from forms.excel.writing.book import NewSheet, row
from forms.excel.writing.cells import PLAIN, TEXT, cell

SHEET = "Danh mục"
PROVINCES = "tinh"
BY_PROVINCE = ("xa", "benh_vien")
BETWEEN = "|"
"""between province and name in the key of a commune or clinic"""
_PROVINCE = "province"


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column of the hidden sheet; values from its first line on."""

    name: str
    values: Sequence[str | int]


def codes_of(name: str) -> str:
    return f"dm_{name}_ma"


def names_of(name: str) -> str:
    return f"dm_{name}_ten"


def keys_of(name: str) -> str:
    """``province|name`` of each."""
    return f"dm_{name}_khoa"


def starts_of(name: str) -> str:
    """How many of all come before those of each province."""
    return f"dm_{name}_dau"


def counts_of(name: str) -> str:
    return f"dm_{name}_so"


def is_closed(name: str) -> bool:
    """Whether nothing may be written that does not stand in the list."""
    found = code_list(name)
    return found.complete and not found.aliases


@cache
def list_columns(lists: tuple[str, ...]) -> tuple[ListColumn, ...]:
    """The columns that the choices of these lists need."""
    wanted = dict.fromkeys((*lists, PROVINCES))
    return tuple(column for name in wanted for column in _columns(name))


def _columns(name: str) -> Iterator[ListColumn]:
    entries = _entries(name)
    yield ListColumn(codes_of(name), [entry.code for entry in entries])
    yield ListColumn(names_of(name), [entry.name for entry in entries])
    if name in BY_PROVINCE:
        keys = [f"{entry.more[_PROVINCE]}{BETWEEN}{entry.name}" for entry in entries]
        yield ListColumn(keys_of(name), keys)
        yield from _ranges(name, [entry.more[_PROVINCE] for entry in entries])


def _entries(name: str) -> list[Entry]:
    entries = list(code_list(name).entries.values())
    if name in BY_PROVINCE:
        entries.sort(key=lambda entry: (entry.more[_PROVINCE], entry.code))
    return entries


def _ranges(name: str, provinces: Sequence[str]) -> Iterator[ListColumn]:
    """Beside the provinces, in their order."""
    known = [entry.code for entry in _entries(PROVINCES)]
    counts = [provinces.count(code) for code in known]
    starts = [provinces.index(code) if code in provinces else 0 for code in known]
    yield ListColumn(starts_of(name), starts)
    yield ListColumn(counts_of(name), counts)


def catalogue_sheet(columns: Sequence[ListColumn]) -> NewSheet:
    def rows() -> Iterable[str]:
        lines = zip_longest(*(column.values for column in columns))
        for line, values in enumerate(lines, 1):
            yield row(line, (_cell(at, line, value) for at, value in enumerate(values, 1)))

    return NewSheet(name=SHEET, rows=rows, hidden=True)


def _cell(column: int, line: int, value: str | int | None) -> str:
    return cell(column, line, value, TEXT if isinstance(value, str) else PLAIN)


def defined_names(columns: Sequence[ListColumn]) -> Iterator[str]:
    """XML of the names, sorted as spreadsheet programs want them."""
    for at, column in sorted(enumerate(columns, 1), key=lambda pair: pair[1].name):
        letters, last = to_letters(at), max(len(column.values), 1)
        target = f"'{SHEET}'!${letters}$1:${letters}${last}"
        yield f'<definedName name="{column.name}">{target}</definedName>'
