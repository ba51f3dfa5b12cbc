"""Rows of a list that are nobody: totals, names of sections, numbered columns, repeated headings,
signatures.

A row is one of these only when all that is written in it says so. A row with somebody's number,
or with a word that is no word of such rows, is somebody. The words stand in
``resources/letters/words.toml``, table ``rows``.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache
from itertools import pairwise

from forms.excel.clean_text import shown, tidy, without_marks
from forms.excel.cleaned import Raw
from resources import read_text

Headings = Mapping[int, frozenset[str]]
"""place in the row → what its heading may say, as ``folded_cell`` gives it"""


class RowKind(StrEnum):
    """What a row is that is nobody; the values are codes of findings."""

    BLANK = "rows.blank"
    TOTAL = "rows.total"
    SECTION = "rows.section"
    NUMBERS = "rows.numbers"
    HEADING = "rows.heading"
    SIGNATURE = "rows.signature"


_MARKER = re.compile(r"(?:[ivx]{1,4}|[0-9]{1,2}|[a-d])(?:\.[0-9]{1,2})*[.):/\-]\s*|[0-9.]+\s+")
"""with a sign behind it: ``A Tăng`` and ``Vi Giảm`` are people"""
_MARKER_ALONE = re.compile(r"(?:[ivx]{1,4}|[a-d])(?:\.[0-9]{1,2})*[.)]?\Z")
_NUMBERED = re.compile(
    r"[\[(]?([0-9]{1,2}|[a-zđ])[\])]?(?:\s*=\s*[\[\]()0-9a-z+\-x*/.,% ]+)?\Z", re.IGNORECASE
)
_DATE_LINE = re.compile(
    r"(?:[^0-9]{0,40}, ?)?ngay ?[0-9.…_/ ]{0,12} ?thang ?[0-9.…_/ ]{0,12} ?nam ?[0-9.…_ ]{0,12}\Z"
)
_COUNT = re.compile(
    r"[0-9.,]+ ?(?:nguoi|lao dong|dong|d|vnd|ld)\.?\Z|(?:nguoi|lao dong|dong|vnd)\Z"
)
_MANY_DIGITS = re.compile(r"[0-9](?:[ .\-]?[0-9]){5,}")
_FEWEST_NUMBERED = 3
_MOST_WORDS = 6


def row_kind(
    cells: Sequence[Raw], *, numbers: Sequence[int] = (), headings: Headings | None = None
) -> RowKind | None:
    """What a row is that names nobody; None where it may be somebody, or is only empty cells.

    ``numbers``: places in ``cells`` of identity numbers.
    """
    if any(_MANY_DIGITS.search(shown(cells[place])) for place in numbers):
        return None
    texts = [folded for cell in cells if (folded := folded_cell(cell))]
    words = [text for text in texts if any(letter.isalpha() for letter in text)]
    if _is_numbered(texts):
        return RowKind.NUMBERS
    if _is_heading(cells, words, headings or {}):
        return RowKind.HEADING
    return _by_words(texts, words) if 0 < len(words) <= _MOST_WORDS else None


def _by_words(texts: Sequence[str], words: Sequence[str]) -> RowKind | None:
    if all(_is_signature(word) for word in words):
        return RowKind.SIGNATURE
    titles = [title for word in words if (title := _title(word))]
    if any(title in _words("totals") for title in titles) and all(map(_may_total, titles)):
        return RowKind.TOTAL
    sections = _words("sections")
    if all(title in sections for title in titles) and _is_marked(texts, titles):
        return RowKind.SECTION
    return None


def folded_cell(cell: Raw) -> str:
    """What stands in a cell, in small letters without marks."""
    return "" if cell is None or cell == "" else without_marks(tidy(shown(cell)))


def _title(word: str) -> str:
    """Without marker in front and signs at the end: ``i. tang:`` → ``tang``, ``ii`` → nothing."""
    if _MARKER_ALONE.match(word):
        return ""
    return _bare(_MARKER.sub("", word, count=1))


def _bare(word: str) -> str:
    return word.strip(" .:;()*-")


def _may_total(title: str) -> bool:
    known = title in _words("totals") or title in _words("sections")
    return known or _COUNT.match(title) is not None


def _is_marked(texts: Sequence[str], titles: Sequence[str]) -> bool:
    """``Tăng`` beside a running number may be somebody; beside ``I`` or alone it is a section."""
    if len(texts) == 1 or any(" " in title for title in titles):
        return True
    return any(_MARKER_ALONE.match(text) or _MARKER.match(text) for text in texts)


def _is_signature(word: str) -> bool:
    bare = _bare(word)
    known = bare in _words("signatures") or bare in _words("signing_notes")
    return known or _DATE_LINE.match(bare) is not None


def _is_numbered(texts: Sequence[str]) -> bool:
    """``A B 1 2 3`` or ``(1) (2) (3)=(1)+(2)``: one after the other."""
    found = [_NUMBERED.match(text) for text in texts]
    if len(found) < _FEWEST_NUMBERED or not all(found):
        return False
    marks = [each[1] for each in found if each]
    letters = [mark for mark in marks if mark.isalpha()]
    numerals = [int(mark) for mark in marks if mark.isdigit()]
    return _rises(letters) and _in_steps(numerals) and marks == [*letters, *map(str, numerals)]


def _rises(letters: Sequence[str]) -> bool:
    return list(letters) == sorted(set(letters))


def _in_steps(numerals: Sequence[int]) -> bool:
    return all(0 < after - before <= 2 for before, after in pairwise(numerals))


def _is_heading(cells: Sequence[Raw], words: Sequence[str], headings: Headings) -> bool:
    """Two cells repeat their own heading and one of all is that of names; or most do."""
    own = sum(folded_cell(cells[place]) in said for place, said in headings.items())
    named = any(_bare(word) in _words("headings") for word in words)
    return own >= 2 if named else own >= max(3, len(words) // 2 + 1)


@cache
def _words(table: str) -> frozenset[str]:
    return frozenset(tomllib.loads(read_text("letters/words.toml"))["rows"][table])
