"""What the values of a column look like: fields and how surely, from 0 to 1."""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from forms.codes import code_list
from forms.excel.clean_text import shown, tidy, without_marks
from forms.excel.cleaned import Raw
from forms.excel.cleaning import clean_value
from forms.excel.guess.synonyms import Meaning
from forms.excel.kinds import Kind
from resources import read_text

_FEWEST = 2
_MOSTLY = 0.8
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-zA-Z]{2,}\Z")
_DIGITS = re.compile(r"\d+\Z")
_CITIZEN = re.compile(r"0\d{2}[0-3]\d{8}\Z")
"""12 digits: province 001 to 096, century and sex (number formats §4)"""
_WORD = re.compile(r"[a-z]+")
_BORN = range(1925, 2013)
_WAGES = range(1_000_000, 500_000_001)
_COEFFICIENTS = (1.0, 14.0)
_CODE_LENGTH = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """Words by which values are known; without marks and capitals."""

    family_names: frozenset[str]
    sexes: frozenset[str]
    places: frozenset[str]
    clinics: frozenset[str]
    banks: frozenset[str]
    mobile_prefixes: tuple[str, ...]


@cache
def looks() -> Looks:
    table = tomllib.loads(read_text("columns/content.toml"))
    return Looks(
        family_names=frozenset(table["family_names"]),
        sexes=frozenset(table["sexes"]),
        places=frozenset(table["places"]),
        clinics=frozenset(table["clinics"]),
        banks=frozenset(table["banks"]),
        mobile_prefixes=tuple(table["mobile_prefixes"]),
    )


def content(values: Sequence[Raw]) -> Meaning:
    """``values``: some cells of one column that hold something."""
    if len(values) < _FEWEST:
        return {}
    texts = [tidy(shown(value)) for value in values]
    found: dict[str, float] = {}
    for looks_like, fields in _LOOKS.items():
        if (share := _share(looks_like, texts)) >= _MOSTLY:
            for field, sure in fields.items():
                found[field] = max(found.get(field, 0.0), sure * share)
    return found


def fits(kind: Kind, values: Sequence[Raw]) -> float:
    """The share of values that a kind of column understands; 1 where there are none."""
    understood = [clean_value(kind, value).fault_code is None for value in values]
    return sum(understood) / len(understood) if understood else 1.0


def _share(looks_like: Callable[[str], bool], texts: Sequence[str]) -> float:
    return sum(map(looks_like, texts)) / len(texts)


def _is_email(text: str) -> bool:
    return bool(_EMAIL.match(text))


def _is_citizen_id(text: str) -> bool:
    """A number cell has lost the zero that such a number begins with."""
    digits = text.zfill(12) if len(text) == 11 else text
    return bool(_CITIZEN.match(digits))


def _is_social_number(text: str) -> bool:
    return bool(_DIGITS.match(text)) and len(text) == 10 and not _is_mobile(text)


def _is_mobile(text: str) -> bool:
    digits = text.replace(" ", "").replace(".", "").replace("-", "").replace("+84", "0")
    whole = digits if digits.startswith("0") else f"0{digits}"
    return len(whole) == 10 and bool(_DIGITS.match(whole)) and whole[:2] in looks().mobile_prefixes


def _is_sex(text: str) -> bool:
    return without_marks(text) in looks().sexes


def _is_birth_date(text: str) -> bool:
    cleaned = clean_value(Kind.PARTIAL_DATE, text)
    year = cleaned.value[-4:]
    return "/" in cleaned.value and not cleaned.fault_code and int(year) in _BORN


def _is_name(text: str) -> bool:
    words = without_marks(text).split()
    letters = all(word.replace("'", "").isalpha() for word in words)
    return len(words) in range(2, 7) and letters and words[0] in looks().family_names


def _is_movement(text: str) -> bool:
    return len(text) == _CODE_LENGTH and text.upper() in code_list("phuong_an").entries


def _is_wage(text: str) -> bool:
    cleaned = clean_value(Kind.WAGE, text)
    digits = cleaned.value if not cleaned.fault_code else ""
    return digits.isdecimal() and len(digits) < 10 and int(digits) in _WAGES


def _is_place(text: str) -> bool:
    return len(text.split()) > 2 and _holds(text, looks().places)


def _is_clinic(text: str) -> bool:
    return _holds(text, looks().clinics)


def _is_bank(text: str) -> bool:
    return _holds(text, looks().banks)


def _holds(text: str, wanted: frozenset[str]) -> bool:
    padded = f" {' '.join(_WORD.findall(without_marks(text)))} "
    return any(f" {words} " in padded for words in wanted)


_LOOKS: Mapping[Callable[[str], bool], Meaning] = {
    _is_email: {"email": 0.75},
    _is_citizen_id: {"cccd": 0.75},
    _is_social_number: {"ma_so_bhxh": 0.6, "so_tai_khoan": 0.2},
    _is_mobile: {"dien_thoai": 0.6, "ma_so_bhxh": 0.3},
    _is_sex: {"gioi_tinh": 0.75},
    _is_birth_date: {"ngay_sinh": 0.6},
    _is_name: {"ho_ten": 0.7},
    _is_movement: {"phuong_an": 0.7},
    _is_wage: {"tien_luong": 0.4},
    _is_clinic: {"ten_benh_vien": 0.6},
    _is_place: {"dia_chi_nn": 0.4, "dia_chi_tt": 0.3},
    _is_bank: {"ngan_hang": 0.6},
}
"""never as sure as a heading: two columns may look alike"""
