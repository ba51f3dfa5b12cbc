"""Identity numbers, codes and yes/no cells.

A zero that a number cell lost is put back where the length and the kind of number leave one
reading only. A text that is too short stays: there a digit may be missing anywhere.
"""

import re
from collections.abc import Callable
from functools import partial

from forms.excel.clean_text import number_text, refused, settled, shown, tidy, without_marks
from forms.excel.cleaned import (
    CHANGED,
    DIGITS_LOST,
    EMPTY,
    LEADING_ZERO,
    NOT_A_FLAG,
    NOT_A_SEX,
    NOT_DIGITS,
    Cleaned,
    Raw,
)

_DIGITS = re.compile(r"[0-9]+\Z")
_FILLING = re.compile(r"(?<=[0-9])[ .\-]+(?=[0-9])")
_PASSPORT_FILLING = re.compile(r"[ .\-']")
_FLOAT_TAIL = re.compile(r"(?<=[0-9])\.0\Z")
"""a whole number that some program exported as text"""
_DECIMAL = re.compile(r"[0-9]+\.[0-9]+\Z")
_EXPONENT = re.compile(r"[0-9](?:[.,][0-9]+)?E\+?[0-9]+\Z", re.IGNORECASE)
_COUNTRY_CODE = re.compile(r"(?:\+|00)84(?=[1-9])")
_PHONE_FILLING = re.compile(r"[ .\-()]")
_PHONE_DIGITS = re.compile(r"[0-9]{8,}\Z")
_SHORT_CODE = re.compile(r"[A-Za-z0-9]{1,5}\Z")
_PASSPORT = re.compile(r"(?=.*[A-Za-z])(?=.*[0-9])[A-Za-z0-9]{5,15}\Z")
_LOST_ZERO_PHONE = re.compile(r"[35789][0-9]{8}\Z|2[0-9]{9}\Z")
_LOST_ZERO_CITIZEN = re.compile(r"[1-9][0-9][0-3][0-9]{8}\Z|[12468][0-3][0-9]{8}\Z")
"""a CCCD begins with the birth province 001 to 096, then century and sex (number formats §4)"""
_LARGEST_EXACT = 10**15

_TRUE_WORDS = frozenset(
    {"1", "x", "co", "yes", "y", "true", "dung", "v", "✓", "✔", "☑", "☒", "√", "×", "+"}
)
_FALSE_WORDS = frozenset(
    {"0", "khong", "ko", "khong co", "chua co", "no", "n", "false", "sai", "☐"}
)
_MALE_WORDS = frozenset({"1", "nam", "nam gioi", "trai", "con trai", "ong", "male", "m"})
_FEMALE_WORDS = frozenset({"0", "nu", "nu gioi", "gai", "con gai", "ba", "female", "f"})
_WOMEN_CROSS = frozenset({"x", "v", "✓", "✔", "☑", "☒", "√", "×", "+", "co", "1", "true"})


def clean_code(raw: Raw) -> Cleaned:
    """A short code; its letters become capitals."""
    text = _FLOAT_TAIL.sub("", tidy(shown(raw)).strip("' "))
    return settled(raw, text.upper() if _SHORT_CODE.match(text) else text)


def clean_padded_code(width: int, raw: Raw) -> Cleaned:
    """A code of a fixed number of digits. A lone 0 is what a formula leaves for "none"."""
    text = clean_code(raw).value
    if text == "0":
        return Cleaned("", CHANGED)
    if _DIGITS.match(text) and len(text) < width:
        return settled(raw, text.zfill(width), LEADING_ZERO)
    return settled(raw, text)


def clean_social_number(raw: Raw) -> Cleaned:
    """Mã số BHXH: 10 digits, or the 12 of the citizen id."""
    return _number(raw, restore={9: 10, 11: 12})


def clean_household(raw: Raw) -> Cleaned:
    """Mã hộ gia đình: 10 digits."""
    return _number(raw, restore={9: 10})


def clean_citizen_id(raw: Raw) -> Cleaned:
    """CCCD (12 digits), CMND (9 digits) or a passport."""
    cleaned = _number(raw, restore={8: 9})
    passport = _PASSPORT_FILLING.sub("", cleaned.value)
    if cleaned.fault_code == NOT_DIGITS and _PASSPORT.match(passport):
        return settled(raw, passport.upper())
    if cleaned.fault_code is None and _LOST_ZERO_CITIZEN.match(cleaned.value):
        return settled(raw, cleaned.value.zfill(12), LEADING_ZERO)
    return cleaned


def clean_phone(raw: Raw) -> Cleaned:
    """A Vietnamese number beginning with 0; other text stays as it is."""
    text = _FLOAT_TAIL.sub("", tidy(shown(raw)).strip("' "))
    digits = _COUNTRY_CODE.sub("0", _PHONE_FILLING.sub("", text), count=1)
    if not _PHONE_DIGITS.match(digits):
        return settled(raw, text)
    if _LOST_ZERO_PHONE.match(digits):
        return settled(raw, f"0{digits}", LEADING_ZERO)
    return settled(raw, digits)


def clean_flag(raw: Raw) -> Cleaned:
    """``1`` for yes, có or a cross; ``0`` for no."""
    return _choice(raw, _TRUE_WORDS, _FALSE_WORDS, NOT_A_FLAG)


def clean_sex(raw: Raw) -> Cleaned:
    """``1`` Nam, ``0`` Nữ."""
    if isinstance(raw, bool):
        return refused(raw, NOT_A_SEX)
    return _choice(raw, _MALE_WORDS, _FEMALE_WORDS, NOT_A_SEX)


def clean_women_cross(raw: Raw) -> Cleaned:
    """A cell under the heading “Nữ”: a cross or 1 is a woman, 0 a man. Canonical as a sex."""
    word = without_marks(tidy(shown(raw)).strip("'"))
    if word in _WOMEN_CROSS:
        return settled(raw, "0")
    return settled(raw, "1") if word == "0" else clean_sex(raw)


def padded_code(width: int) -> Callable[[Raw], Cleaned]:
    return partial(clean_padded_code, width)


def _choice(raw: Raw, yes: frozenset[str], no: frozenset[str], fault_code: str) -> Cleaned:
    word = without_marks(tidy(shown(raw)).strip("'"))
    if word in yes:
        return settled(raw, "1")
    return settled(raw, "0") if word in no else refused(raw, fault_code)


def _number(raw: Raw, *, restore: dict[int, int]) -> Cleaned:
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        return _from_number_cell(raw, restore)
    text = _FLOAT_TAIL.sub("", tidy(shown(raw)).strip("' "))
    digits = _FILLING.sub("", text)
    if _DIGITS.match(digits) and not _DECIMAL.match(text):
        return settled(raw, digits)
    if not digits:
        return EMPTY
    return refused(raw, DIGITS_LOST if _EXPONENT.match(text) else NOT_DIGITS)


def _from_number_cell(number: float, restore: dict[int, int]) -> Cleaned:
    """Only a number cell can have lost a zero on its own."""
    if number == 0:
        return Cleaned("", CHANGED)
    if not 0 < number < _LARGEST_EXACT:
        return refused(number, DIGITS_LOST if number > 0 else NOT_DIGITS)
    text = number_text(number)
    if not _DIGITS.match(text):
        return refused(number, NOT_DIGITS)
    width = restore.get(len(text), len(text))
    return settled(number, text.zfill(width), LEADING_ZERO)
