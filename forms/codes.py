"""Public code lists shipped in ``resources/codes/<name>.csv``, and accent-free search in them.

A file begins with ``# origin: …; date: …; complete: yes|no``, then a header ``code,name,…``.
``complete: no`` says that a code which does not stand there may still be a good one. A list
``<name>_cu`` holds the codes that were good before; its column ``now`` names what came after.
"""

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from resources import children, read_text

_ABOUT = re.compile(r"# origin: (.+); date: (\S+); complete: (yes|no)\Z")
_FORMER = "_cu"
_ALSO = "also"
"""column of other ways to write the same code"""


def fold(text: str) -> str:
    """Small letters without Vietnamese marks, one space between words: to compare and search.

    >>> fold("  ĐƯỜNG  Hoà Bình ")
    'duong hoa binh'
    """
    if text.isascii():
        return " ".join(text.lower().split())
    letters = text.translate(_PLAIN)
    return " ".join((letters if letters.isascii() else _plain(letters)).split())


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.casefold()).replace("đ", "d")
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


_LATIN = (range(0x80), range(0xC0, 0x180), range(0x1A0, 0x1B1), range(0x1E00, 0x1F00))
_PLAIN = {
    code: _plain(chr(code)) for codes in _LATIN for code in codes if _plain(chr(code)).isascii()
}
"""letter → small, without marks: Vietnamese is folded by one look at each letter"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One code: its official name, and the list's further columns."""

    code: str
    name: str
    more: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeList:
    """A catalogue as it stood on ``date``."""

    name: str
    origin: str
    date: str
    """yyyy-MM of the newest source"""
    complete: bool
    entries: Mapping[str, Entry]
    """in the order of the source, by code"""
    aliases: Mapping[str, str]
    """other ways to write a code → the code"""

    def contains(self, code: str) -> bool:
        return code in self.entries or code in self.aliases

    def entry(self, code: str) -> Entry | None:
        return self.entries.get(self.aliases.get(code, code))

    def name_of(self, code: str) -> str | None:
        """None for a code that does not stand in the list."""
        found = self.entry(code)
        return None if found is None else found.name

    def search(self, words: str, *, limit: int = 50) -> tuple[Entry, ...]:
        """Entries whose code or name hold every word, marks and capitals alike."""
        wanted = fold(words).split()
        found = (code for code, text in _folded(self.name) if all(w in text for w in wanted))
        return tuple(self.entries[code] for code, _ in zip(found, range(limit), strict=False))


class UnknownCodeList(LookupError):
    """There is no such file in ``resources/codes``."""


@cache
def names() -> frozenset[str]:
    """Names of all lists."""
    return frozenset(n.removesuffix(".csv") for n in children("codes") if n.endswith(".csv"))


@cache
def code_list(name: str) -> CodeList:
    """Raises UnknownCodeList, and ValueError for a file that contradicts itself."""
    if name not in names():
        raise UnknownCodeList(name)
    return parse(name, read_text(f"codes/{name}.csv"))


def former(name: str) -> CodeList | None:
    """The list of codes that were good before, if there is one."""
    return code_list(name + _FORMER) if name + _FORMER in names() else None


def parse(name: str, text: str) -> CodeList:
    """Reads one file. Raises ValueError."""
    about, _, table = text.partition("\n")
    said = _ABOUT.match(about.strip())
    if said is None:
        raise ValueError(f"{name}: the first line does not say origin, date and completeness")
    entries = list(_entries(name, csv.DictReader(table.splitlines(), strict=True)))
    by_code = {entry.code: entry for entry in entries}
    if len(by_code) != len(entries):
        raise ValueError(f"{name}: a code stands twice")
    return CodeList(
        name=name,
        origin=said[1],
        date=said[2],
        complete=said[3] == "yes",
        entries=by_code,
        aliases={e.more[_ALSO]: e.code for e in entries if e.more.get(_ALSO)},
    )


def _entries(name: str, rows: "csv.DictReader[str]") -> Iterator[Entry]:
    if list(rows.fieldnames or ())[:2] != ["code", "name"]:
        raise ValueError(f"{name}: the columns do not begin with code and name")
    for row in rows:
        code, label = row.pop("code"), row.pop("name")
        if not code or not label or None in row.values():
            raise ValueError(f"{name}: line {rows.line_num + 1} is not whole")
        yield Entry(code, label, row)


@cache
def _folded(name: str) -> tuple[tuple[str, str], ...]:
    return tuple((e.code, fold(f"{e.code} {e.name}")) for e in code_list(name).entries.values())
