"""Who the row is about: birth, age, and the citizen id against both.

A citizen id that disagrees is a warning, for registered data may have been corrected after the
number was given (domain rules §8.2).
"""

from collections.abc import Iterator
from functools import lru_cache
from operator import itemgetter

from forms.checks import calendar
from forms.checks.problem import Get, Problem, Setting
from forms.checks.relation import relation
from forms.numbers import citizen_id
from forms.numbers.text import are_digits

_WORKING_AGE = 15
"""full years, Bộ luật Lao động Đ3"""
_GREAT_AGE = 100
_FORMER_PROVINCES = "tinh_cu"
_FIRST_COUNTRY = "100"
_HEAD = {"cccd": itemgetter(slice(6))}
"""place, sex and year of birth: all that a good citizen id of 12 digits tells"""
_YEAR = itemgetter(slice(-4, None))
_ANY = {"cccd": bool, "ma_so_bhxh": bool, "phuong_an": bool}


@relation("cccd", "ma_so_bhxh", "phuong_an", views=_ANY)
def has_an_identity(get: Get, setting: Setting) -> Iterator[Problem]:
    """Nobody can be found, nor be given a number, without one of the two."""
    del setting
    if not (get("cccd") or get("ma_so_bhxh")):
        yield Problem("check.no_identity", "cccd")


@relation("cccd", lists=(_FORMER_PROVINCES,), needs=("cccd",), views=_HEAD)
def citizen_id_province(get: Get, setting: Setting) -> Iterator[Problem]:
    clean, provinces = _full(get("cccd")), setting.find_list(_FORMER_PROVINCES)
    if clean is None or provinces is None:
        return
    place = citizen_id.province(clean)
    if place < _FIRST_COUNTRY and not provinces.contains(place[1:]):
        yield Problem("check.citizen_id_province", "cccd", {"province": place})


@relation("cccd", "gioi_tinh", needs=("cccd", "gioi_tinh"), views=_HEAD)
def citizen_id_sex(get: Get, setting: Setting) -> Iterator[Problem]:
    del setting
    clean, sex = _full(get("cccd")), get("gioi_tinh")
    if clean and sex in ("0", "1") and citizen_id.sex(clean) != sex:
        yield Problem("check.citizen_id_sex", "cccd")


@relation("cccd", "ngay_sinh", needs=("cccd", "ngay_sinh"), views={**_HEAD, "ngay_sinh": _YEAR})
def citizen_id_birth(get: Get, setting: Setting) -> Iterator[Problem]:
    del setting
    clean, born = _full(get("cccd")), calendar.birth(get("ngay_sinh"))
    if clean and born and citizen_id.birth_year(clean) != born.first.year:
        yield Problem("check.citizen_id_birth", "cccd")


@relation("ngay_sinh", needs=("ngay_sinh",))
def birth_is_past(get: Get, setting: Setting) -> Iterator[Problem]:
    born = calendar.birth(get("ngay_sinh"))
    if born is None:
        return
    if born.first > setting.filing_date:
        yield Problem("check.birth_in_future", "ngay_sinh")
    elif calendar.years_after(born.last, _GREAT_AGE) < setting.filing_date:
        yield Problem("check.birth_long_ago", "ngay_sinh", {"age": _GREAT_AGE})


@relation(
    "ngay_sinh",
    "tu_thang",
    "phuong_an",
    needs=("ngay_sinh", "tu_thang"),
    views={"phuong_an": bool},
)
def of_working_age(get: Get, setting: Setting) -> Iterator[Problem]:
    born, start = calendar.birth(get("ngay_sinh")), calendar.month(get("tu_thang"))
    if born is None or start is None or born.first > setting.filing_date:
        return
    if calendar.years_after(born.first, _WORKING_AGE) > calendar.last_day(start):
        yield Problem("check.too_young", "ngay_sinh", {"age": _WORKING_AGE})


@lru_cache(maxsize=64)
def _full(number: str) -> str | None:
    """A citizen id of 12 digits that may be asked for its parts."""
    if len(number) != citizen_id.LENGTH or not are_digits(number):
        return None
    if not citizen_id.is_valid(number):
        return None
    return number


RELATIONS = (
    has_an_identity,
    citizen_id_province,
    citizen_id_sex,
    citizen_id_birth,
    birth_is_past,
    of_working_age,
)
