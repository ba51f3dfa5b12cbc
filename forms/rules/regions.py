"""The minimum-wage region that a commune of today most likely lies in (``resources/regions.toml``).

The decree's own list of communes is not at hand: told are the regions of the districts that the
commune's parts belonged to. Where they differ the highest holds, as for places newly formed (NĐ
74/2024/NĐ-CP, Điều 3 khoản 3). Likely, never certain: the user compares it with the decree.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from forms.codes import code_list, fold
from forms.definition import Confidence, read_source
from forms.strict_toml import Table
from resources import read_text

_FILE = "regions.toml"
_NAMES = {"I": 1, "II": 2, "III": 3, "IV": 4}
_ALL = "*"
_KINDS = ("quan ", "huyen ", "thi xa ", "thanh pho ")
_CITY = "thanh pho "


@dataclass(frozen=True, slots=True, kw_only=True)
class District:
    """Of before 1 July 2025, with the region (1 to 4) that it lay in."""

    name: str
    region: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionOfPlace:
    """What speaks for a region of a commune."""

    region: int
    """1 to 4; the highest of the districts, that is the smallest number"""
    districts: tuple[District, ...]
    source: str
    compare: str
    """where the list in force stands"""
    confidence: Confidence

    @property
    def is_mixed(self) -> bool:
        """Whether its parts lay in several regions."""
        return len({district.region for district in self.districts}) > 1


def region_of_commune(code: str) -> RegionOfPlace | None:
    """``code``: of a commune of today. None where nobody says what it was made of."""
    places = _made_of().get(code)
    if not places:
        return None
    table = _table()
    districts = tuple(
        District(name=name, region=table.region_of(province, name)) for province, name in places
    )
    return RegionOfPlace(
        region=min(district.region for district in districts),
        districts=districts,
        source=table.source,
        compare=table.compare,
        confidence=table.confidence,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionTable:
    """Province code of before July 2025 → folded district, or ``*`` → region."""

    places: Mapping[str, Mapping[str, int]]
    cities: int
    others: int
    source: str
    compare: str
    confidence: Confidence

    def region_of(self, province: str, district: str) -> int:
        """By its full name, its bare name, its kind, the rest of the province, then of all."""
        named = self.places.get(province, {})
        whole = fold(district)
        kind = next((kind for kind in _KINDS if whole.startswith(kind)), "")
        for said in (whole, whole.removeprefix(kind), f"{kind}{_ALL}", _ALL):
            if said in named:
                return named[said]
        return self.cities if kind == _CITY else self.others


def read_table(text: str) -> RegionTable:
    """Raises DefinitionFault for a slip in the data."""
    top = Table(tomllib.loads(text), file=_FILE, place="")
    source, confidence = read_source(top)
    compare, cities, others = top.text("now"), _region(top, "cities"), _region(top, "others")
    places = {code: dict(_places(top, code)) for code in top.keys()}  # noqa: SIM118 - no dict
    return RegionTable(
        places=places,
        cities=cities,
        others=others,
        source=source,
        compare=compare,
        confidence=confidence,
    )


def _region(table: Table, key: str) -> int:
    number = table.number(key)
    if number is None or number not in _NAMES.values():
        raise table.fault("definition.unknown_value", key)
    return number


def _places(top: Table, code: str) -> Iterator[tuple[str, int]]:
    table = top.table(code)
    if table is None:
        raise top.fault("definition.type", code)
    for name, region in _NAMES.items():
        yield from ((fold(said), region) for said in table.texts(name))
    table.done()


@cache
def _table() -> RegionTable:
    return read_table(read_text(_FILE))


@cache
def _made_of() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Commune of today → (province, district) of its parts, each once."""
    found: defaultdict[str, dict[tuple[str, str], None]] = defaultdict(dict)
    for old in code_list("xa_chuyen_doi").entries.values():
        place = (old.more["province"], old.more["district"])
        for now in old.more["now"].split():
            found[now][place] = None
    return {code: tuple(places) for code, places in found.items()}
