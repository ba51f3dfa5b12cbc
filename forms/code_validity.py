"""From when to when a code is good, and what came after it (``resources/checks``)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from forms.codes import CodeList, Entry, code_list, fold, former
from forms.conversion import Candidate, convert_commune, convert_province
from forms.definition import Confidence, read_source
from forms.strict_toml import Table
from resources import read_text

_FILE = "checks/code_validity.toml"
_CONVERTED = {
    "tinh_cu": convert_province,
    "xa_cu": convert_commune,
    "xa_chuyen_doi": convert_commune,
}
_ALL_FORMER = {"xa": "xa_chuyen_doi"}
"""lists that hold every former code, those among them that got another meaning too"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Validity:
    """First and last good day, None where not known; where it is written."""

    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""
    confidence: Confidence = Confidence.UNVERIFIED


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedCode:
    """A code of a list with its days and successors."""

    kind: str
    """the list it stands in"""
    code: str
    name: str
    validity: Validity
    replaced_by: tuple[Candidate, ...] = ()

    def good_on(self, day: date) -> bool:
        """What is not known to have ended, or not to have begun, is good."""
        validity = self.validity
        return (validity.valid_from is None or validity.valid_from <= day) and (
            validity.valid_to is None or day <= validity.valid_to
        )

    @property
    def answer(self) -> str | None:
        """The one code that came after it; None where there are several or none."""
        return self.replaced_by[0].code if len(self.replaced_by) == 1 else None


def find_code(kind: str, code: str) -> DatedCode | None:
    """In the list, or among its former codes. Raises UnknownCodeList."""
    for codes in _both(kind):
        entry = codes.entry(code)
        if entry is not None:
            return dated(codes.name, entry)
    return None


def search_codes(kind: str, words: str, *, limit: int = 50) -> tuple[DatedCode, ...]:
    """Codes of today first, then former ones. Raises UnknownCodeList."""
    current, *before = _both(kind)
    found = [dated(kind, entry) for entry in current.search(words, limit=limit)]
    for codes in before:
        ended = (
            entry
            for entry in codes.search(words, limit=len(codes.entries))
            if not _goes_on(entry, current)
        )
        found += [dated(codes.name, entry) for entry in ended]
    return tuple(found[:limit])


def dated(kind: str, entry: Entry) -> DatedCode:
    """An entry of the list ``kind`` with its days."""
    convert = _CONVERTED.get(kind)
    return DatedCode(
        kind=kind,
        code=entry.code,
        name=entry.name,
        validity=_validity(kind, entry),
        replaced_by=convert(entry.code).candidates if convert else (),
    )


def _both(kind: str) -> tuple[CodeList, ...]:
    codes = code_list(kind)
    before = code_list(_ALL_FORMER[kind]) if kind in _ALL_FORMER else former(kind)
    return (codes,) if before is None else (codes, before)


def _goes_on(entry: Entry, current: CodeList) -> bool:
    """Whether the code still means the same place."""
    name = current.name_of(entry.code)
    return name is not None and fold(name) == fold(entry.name)


def _validity(kind: str, entry: Entry) -> Validity:
    listed = _lists().get(kind, Validity())
    own = _day(entry.more.get("valid_from")), _day(entry.more.get("valid_to"))
    if own == (None, None):
        return listed
    origin = code_list(kind).origin
    return Validity(valid_from=own[0], valid_to=own[1], source=origin, confidence=Confidence.LIKELY)


@cache
def _lists() -> Mapping[str, Validity]:
    """Raises DefinitionFault for a slip in the data."""
    top = Table(tomllib.loads(read_text(_FILE)), file=_FILE, place="")
    tables = ((name, top.table(name)) for name in top.keys())  # noqa: SIM118 - no dict
    return {name: _read(table) for name, table in tables if table is not None}


def _read(table: Table) -> Validity:
    source, confidence = read_source(table)
    validity = Validity(
        valid_from=table.day("valid_from"),
        valid_to=table.day("valid_to"),
        source=source,
        confidence=confidence,
    )
    table.done()
    return validity


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
