"""Số CCCD / số định danh cá nhân (12 digits) and the old CMND (9 digits).

12 digits: three of the province or country of birth registration (the 63 provinces before July
2025), one for century and sex (0 male and 1 female for 1900–1999, 2 and 3 for 2000–2099), two of
the birth year, six at random. There is no check digit. Registered data may be corrected later, so
a number that disagrees with sex or birth year is doubtful, not wrong.

Source: NĐ 137/2015/NĐ-CP Đ13, TT 59/2021/TT-BCA Đ4; CMND is void after 2024-12-31 (Luật Căn cước
Đ46).

>>> validate("079 185 000 001")
'079185000001'
>>> birth_year("079185000001"), sex("079185000001"), province("079185000001")
(1985, '0', '079')
>>> is_valid("123456789"), is_valid("1234567890")
(True, False)
>>> format("079185000001")
'079 185 000001'
"""

from forms.numbers.faults import WrongPart, holds
from forms.numbers.text import grouped, need_digits, without_separators

LENGTH = 12
OLD_LENGTH = 9
_LAST_CENTURY_SEX = 3
"""4 and up belong to people born from 2100 on"""
_NO_PROVINCE = "000"


def compact(number: str) -> str:
    return without_separators(number)


def validate(number: str) -> str:
    """The clean 12 or 9 digits. Raises WrongFormat, WrongLength, WrongPart."""
    clean = need_digits(compact(number), OLD_LENGTH, LENGTH)
    if len(clean) == LENGTH and (clean[:3] == _NO_PROVINCE or int(clean[3]) > _LAST_CENTURY_SEX):
        raise WrongPart
    return clean


def is_valid(number: str) -> bool:
    return holds(validate, number)


def is_old(clean: str) -> bool:
    """Whether it is a CMND of 9 digits."""
    return len(clean) == OLD_LENGTH


def province(clean: str) -> str:
    """Three digits: 001–096 a province of before July 2025, from 100 on a country."""
    return clean[:3]


def birth_year(clean: str) -> int:
    """Of a number of 12 digits."""
    return 1900 + 100 * (int(clean[3]) // 2) + int(clean[4:6])


def sex(clean: str) -> str:
    """``1`` Nam, ``0`` Nữ, of a number of 12 digits."""
    return "0" if int(clean[3]) % 2 else "1"


def format(clean: str) -> str:
    return grouped(clean, 3, 3, 3) if is_old(clean) else grouped(clean, 3, 3, 6)
