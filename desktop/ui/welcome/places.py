"""Where a unit is: province and commune of today, and what that says of its region. No Qt."""

from dataclasses import dataclass
from functools import cache

from desktop.ui.texts import tr
from forms.codes import code_list, fold
from forms.rules.regions import RegionOfPlace, region_of_commune

_KINDS = ("thành phố ", "tỉnh ")
MOST_NAMED = 6
"""districts that are named as reasons"""


@dataclass(frozen=True, slots=True)
class Place:
    """A province or commune to choose."""

    code: str
    name: str


@cache
def provinces() -> tuple[Place, ...]:
    found = (Place(entry.code, entry.name) for entry in code_list("tinh").entries.values())
    return tuple(sorted(found, key=lambda place: fold(_bare(place.name))))


@cache
def communes(province: str) -> tuple[Place, ...]:
    found = (
        Place(entry.code, entry.name)
        for entry in code_list("xa").entries.values()
        if entry.more["province"] == province
    )
    return tuple(sorted(found, key=lambda place: fold(place.name)))


def _bare(name: str) -> str:
    kind = next((kind for kind in _KINDS if name.casefold().startswith(kind)), "")
    return name[len(kind) :]


def address(*parts: str) -> str:
    """Street, commune, province, as far as they are known.

    >>> address("Số 1 phố Ví Dụ", "", "Thành phố Hà Nội")
    'Số 1 phố Ví Dụ, Thành phố Hà Nội'
    """
    return ", ".join(tidy for part in parts if (tidy := " ".join(part.split())))


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionWords:
    """``region``: "1" to "4", or empty where the person must say it."""

    region: str
    words: str


def region_words(commune: str) -> RegionWords:
    """What the chosen commune says of the region, and why."""
    if not commune:
        return RegionWords(region="", words=tr("ui.first.region.choose"))
    found = region_of_commune(commune)
    if found is None:
        return RegionWords(region="", words=tr("ui.first.region.unknown"))
    return RegionWords(region=str(found.region), words=_reason(found))


def _reason(found: RegionOfPlace) -> str:
    code = "ui.first.region.mixed" if found.is_mixed else "ui.first.region.likely"
    named = (
        tr("ui.first.region.district", name=each.name, region=tr(f"ui.unit.region.{each.region}"))
        for each in found.districts[:MOST_NAMED]
    )
    return tr(
        code,
        region=tr(f"ui.unit.region.{found.region}"),
        districts="; ".join(named),
        source=found.source.partition(",")[0],
        compare=found.compare,
    )
