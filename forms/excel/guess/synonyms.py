"""What a heading says: fields and how surely, from 0 to 1, by the table of headings in use."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache

from forms.excel.guess.words import Words, without_brackets, without_idle, words_of
from forms.excel.halves import BIRTH, SEX, half_said
from forms.excel.headings import Path
from forms.excel.layout import BETWEEN
from resources import read_text

NOTHING = "-"
"""in place of a field: known to be none of them"""
SURE = 1.0
_ALMOST = 0.95
_LIKELY = 0.8
_UNDER_A_TITLE = 0.9
"""a title above says something that is not understood"""
_OTHER_GROUP = 0.5
"""a title above speaks of another field"""
_ONE_OF_TWO = 0.7
_MISTYPED = 0.7
_MISTYPED_RATIO = 0.87
_SHORTEST_MISTYPED = 6
_PART = re.compile(r"[/\n:;()\[\]–-]+")

Meaning = Mapping[str, float]
"""field → how surely"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Synonyms:
    exact: Mapping[str, str]
    """words run together → field"""
    likely: Mapping[str, str]
    bags: Mapping[Words, str]
    """sorted words → field, of exact ones with several words"""
    runs: Sequence[tuple[Words, str, float]]
    """words that may stand within a longer heading, the longest first"""


@cache
def synonyms() -> Synonyms:
    """The table of headings. Raises ValueError for a heading that says two fields."""
    table = tomllib.loads(read_text("columns/headings.toml"))
    exact, likely = _collect(table, "exact"), _collect(table, "likely")
    if twice := sorted(set(exact) & set(likely)):
        raise ValueError(f"headings that are exact and likely: {', '.join(map(str, twice))}")
    graded = [(words, field, SURE) for words, field in exact.items()]
    graded += [(words, field, _LIKELY) for words, field in likely.items()]
    return Synonyms(
        exact={"".join(words): field for words, field in exact.items()},
        likely={"".join(words): field for words, field in likely.items()},
        bags={tuple(sorted(words)): field for words, field in exact.items() if len(words) > 1},
        runs=sorted(graded, key=lambda entry: (-len(entry[0]), entry)),
    )


def _collect(table: Mapping[str, Mapping[str, Sequence[str]]], grade: str) -> dict[Words, str]:
    found: dict[Words, str] = {}
    for field, grades in table.items():
        for heading in grades.get(grade, ()):
            words = words_of(heading) or (heading,)
            if found.setdefault(words, field) != field:
                raise ValueError(f"heading {heading!r} says {found[words]!r} and {field!r}")
    return found


@lru_cache(maxsize=8_192)
def meaning(path: Path) -> Meaning:
    """What a column's titles say together; ``path`` from the top down."""
    if not path:
        return {}
    if len(path) == 1:
        return _of_title(path[0])
    levels = [_of_title(title) for title in path]
    if half := _half(path[-1], levels[:-1]):
        return half
    if whole := _whole(BETWEEN.join(path)):
        return whole
    return _agreed(levels) or _of_leaf(levels)


def _half(lowest: str, above: Sequence[Meaning]) -> Meaning:
    """“Nam” or “Nữ” under a birth date or a sex."""
    end = half_said(lowest)
    said = {field: max(level.get(field, 0.0) for level in above) for field in (BIRTH, SEX)}
    return {field + end: score for field, score in said.items() if end and score >= _LIKELY}


def _agreed(levels: Sequence[Meaning]) -> Meaning:
    """The same field on two levels, as where the heading stands in two languages."""
    for field in levels[-1]:
        sure = sorted((level.get(field, 0.0) for level in levels), reverse=True)
        if sure[1] >= _LIKELY:
            return {field: sure[0]}
    return {}


def _of_leaf(levels: Sequence[Meaning]) -> Meaning:
    above = {field for level in levels[:-1] for field in level if field != NOTHING}
    lowest = levels[-1]
    if not lowest:
        return {field: score * _OTHER_GROUP for field, score in levels[-2].items()}
    weight = _OTHER_GROUP if above and not above & set(lowest) else _UNDER_A_TITLE
    return {field: score * weight for field, score in lowest.items()}


@lru_cache(maxsize=8_192)
def _of_title(title: str) -> Meaning:
    return _whole(title) or _parts(title) or _likely(title) or _within(title) or _mistyped(title)


def _whole(title: str) -> Meaning:
    """Exactly one of the headings known, the signs and idle words around it aside."""
    known = synonyms()
    words = words_of(title) or (title.strip(),)
    bare = words_of(without_brackets(title))
    if field := known.exact.get("".join(words)):
        return {field: SURE}
    if bare and without_idle(words) == bare and (field := known.exact.get("".join(bare))):
        return {field: SURE}
    core = without_idle(words)
    field = known.exact.get("".join(core)) or known.bags.get(tuple(sorted(words)))
    return {field: _ALMOST} if field else {}


def _parts(title: str) -> Meaning:
    """Two headings in one cell: two languages, two names, or two fields."""
    parts = [part for part in _PART.split(title) if words_of(part)]
    if len(parts) < 2:
        return {}
    found = [next(iter(_whole(part)), "") for part in parts]
    fields = [field for field in found if field]
    if len(fields) > 1 and len(set(fields)) == 1:
        return {fields[0]: SURE if len(fields) == len(parts) else _ALMOST}
    return dict.fromkeys(fields, _ONE_OF_TWO)


def _likely(title: str) -> Meaning:
    known = synonyms().likely
    words = words_of(title)
    if field := known.get("".join(words)) or known.get("".join(without_idle(words))):
        return {field: _LIKELY}
    return {}


def _within(title: str) -> Meaning:
    """The longest known heading within a longer one."""
    words = words_of(title)
    for run, field, grade in synonyms().runs:
        if len(run) < len(words) and "".join(run) != "" and _contains(words, run):
            weight = 0.35 + 0.45 * len(run) / len(words)
            return {field: grade * weight}
    return {}


def _contains(words: Words, run: Words) -> bool:
    if len(run) == 1 and len(run[0]) < 4:
        return False
    return any(words[at : at + len(run)] == run for at in range(len(words) - len(run) + 1))


def _mistyped(title: str) -> Meaning:
    text = "".join(words_of(title))
    if len(text) < _SHORTEST_MISTYPED:
        return {}
    best, ratio = "", _MISTYPED_RATIO
    for known, field in synonyms().exact.items():
        if abs(len(known) - len(text)) > 2 or len(known) < _SHORTEST_MISTYPED:
            continue
        alike = SequenceMatcher(None, text, known, autojunk=False).ratio()
        if alike > ratio:
            best, ratio = field, alike
    return {best: _MISTYPED} if best else {}
