"""Fields of a form that belong together, found by their keys: from and to, province and commune."""

from collections.abc import Iterable, Iterator

from forms.checks import calendar
from forms.checks.problem import Get, Problem, Setting
from forms.checks.relation import Relation
from forms.definition import Field, FieldType

_FROM, _TO = "tu_ngay", "den_ngay"
_PROVINCES, _COMMUNES, _HOSPITALS = "tinh", "xa", "benh_vien"
_PROVINCE_KEY, _COMMUNE_KEY = "ma_tinh_", "ma_xa_"


def pairs(fields: Iterable[Field]) -> Iterator[Relation]:
    """The relations that the fields of one list of a form give rise to."""
    by_key = {field.key: field for field in fields}
    for key, field in by_key.items():
        if field.type is FieldType.DATE and key.endswith(_FROM):
            end = key.removesuffix(_FROM) + _TO
            if end in by_key:
                yield _in_order(key, end)
        if field.code_list == _COMMUNES:
            province = _PROVINCE_KEY + key.removeprefix(_COMMUNE_KEY)
            if province in by_key:
                yield _commune_in_province(key, province)
        if field.code_list == _HOSPITALS:
            province = _PROVINCE_KEY + key.removeprefix("ma_")
            if province in by_key:
                yield _hospital_in_province(key, province)


def _in_order(start_key: str, end_key: str) -> Relation:
    def check(get: Get, setting: Setting) -> Iterator[Problem]:
        del setting
        end = calendar.day(get(end_key))
        start = calendar.day(get(start_key)) if end else None
        if start and end and end < start:
            yield Problem("check.date_order", end_key)

    both = (start_key, end_key)
    return Relation(both, check, needs=both)


def _commune_in_province(key: str, province_key: str) -> Relation:
    def check(get: Get, setting: Setting) -> Iterator[Problem]:
        commune, province = get(key), get(province_key)
        communes = setting.find_list(_COMMUNES)
        entry = communes.entry(commune) if communes and commune and province else None
        if entry and entry.more["province"] not in _now(province, setting):
            yield Problem("check.commune_province", key)

    both = (key, province_key)
    return Relation(both, check, (_COMMUNES, _PROVINCES), needs=both)


def _hospital_in_province(key: str, province_key: str) -> Relation:
    """The first two characters of the code are the province of before July 2025."""

    def check(get: Get, setting: Setting) -> Iterator[Problem]:
        hospital, province = get(key), get(province_key)
        hospitals = setting.find_list(_HOSPITALS)
        entry = hospitals.entry(hospital) if hospitals and hospital and province else None
        if entry and province not in (hospital[:2], entry.more["province"]):
            yield Problem("check.hospital_province", key)

    both = (key, province_key)
    return Relation(both, check, (_HOSPITALS,), needs=both)


def _now(province: str, setting: Setting) -> tuple[str, ...]:
    """The province itself, and what an old one became part of."""
    former = setting.find_list(f"{_PROVINCES}_cu")
    entry = former.entry(province) if former else None
    provinces = setting.find_list(_PROVINCES)
    if entry is None or (provinces and provinces.contains(province)):
        return (province,)
    return (province, entry.more["now"])
