"""Dates, incomplete birth dates and months, however they were typed.

Typed dates are read day first, as Vietnam writes them. Only a date that can be nothing but month
first (``02/15/2020``) is read so, with a warning; whether its neighbours mean the same is asked
(``clean_doubts``). Six typed digits are ``ddMMyy``, as people key dates in. Numbers are
spreadsheet serials only where nothing else fits.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

from forms.excel.clean_text import refused, settled, tidy
from forms.excel.cleaned import (
    CHANGED,
    DATE_NUMBER,
    MONTH_FIRST,
    MONTH_FROM_DATE,
    NOT_A_DATE,
    NOT_A_MONTH,
    TWO_DIGIT_YEAR,
    Cleaned,
    Raw,
)

_ZONE = r"(?:Z|[+\-][0-9]{2}:?[0-9]{2})?"
_TIME = rf"(?:[ T][0-9]{{1,2}}:[0-9]{{2}}(?::[0-9]{{2}}(?:\.[0-9]+)?)?(?: ?[AaPp][Mm])?{_ZONE})?"
_DAY_FIRST = re.compile(
    rf"([0-9]{{1,2}})[/.,\- ]([0-9]{{1,2}})[/.,\- ]([0-9]{{4}}|[0-9]{{2}}){_TIME}\Z"
)
_YEAR_FIRST = re.compile(rf"([0-9]{{4}})[/.\-]([0-9]{{1,2}})[/.\-]([0-9]{{1,2}}){_TIME}\Z")
_MONTH_FIRST = re.compile(r"([0-9]{1,2})[/.\- ]([0-9]{4}|[0-9]{2})\Z")
_YEAR_THEN_MONTH = re.compile(r"([0-9]{4})[/.\-]([0-9]{1,2})\Z")
_YEAR = re.compile(r"[0-9]{4}\Z")
_DIGITS = re.compile(r"[0-9]{5,8}\Z")
_SPACED_SIGN = re.compile(r"\s*([/.\-])\s*")
_WORDS = re.compile(
    r"(?<![0-9])(?:sinh ngày|sinh năm|ngày sinh|năm sinh|ngày|tháng|năm|sn|th|t)\.?:?\s*(?=[0-9])",
    re.IGNORECASE,
)
_ENGLISH = re.compile(
    r"([0-9]{1,2})[ \-/](jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ \-/,.]+"
    r"([0-9]{4}|[0-9]{2})",
    re.IGNORECASE,
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_UNKNOWN_PARTS = re.compile(
    r"(?:(?:\?{1,2}|00?|[xX]{1,2}|-{1,2}|_{1,2}|…|\.{2,3})[/.\-]){1,2}(?=(?:[0-9]{1,2}[/.\-])?[0-9]{4}\Z)"
)
"""``??/02/1990``, ``00/00/1990``: a day or month nobody knows"""
_PLAIN = re.compile(r"[0-9/]+\Z")
_USUAL = re.compile(r"(?:0[1-9]|1[0-9]|2[0-8])/(?:0[1-9]|1[0-2])/(?:19|20)[0-9]{2}\Z")
_SERIAL = re.compile(r"[0-9]{5}\Z")
_MOST_MONTHS = 12
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_SERIAL_START = date(1899, 12, 30)
_FIRST_SERIAL = 3654
"""1 January 1910: smaller numbers are years or slips"""
_LAST_SERIAL = 73_050
_BIRTH_PIVOT = 30
_DATE_PIVOT = 70
"""a two-digit year below belongs to the years 2000"""


def clean_date(raw: Raw) -> Cleaned:
    """``dd/MM/yyyy``."""
    return _clean(raw, _read_date, NOT_A_DATE)


def clean_partial_date(raw: Raw) -> Cleaned:
    """``dd/MM/yyyy``, ``MM/yyyy`` or ``yyyy``, as much as is known of a birth date."""
    return _clean(raw, _read_partial, NOT_A_DATE)


def clean_month(raw: Raw) -> Cleaned:
    """``MM/yyyy``. A date inside the month is taken for the month, with a warning."""
    return _clean(raw, _read_month, NOT_A_MONTH)


_Read = tuple[str, str | None]
"""canonical text and the code to report a change with (None: the usual ones)"""


def _clean(raw: Raw, read: Callable[[Raw], _Read], fault_code: str) -> Cleaned:
    try:
        value, code = read(raw)
    except ValueError:
        return refused(raw, fault_code)
    return settled(raw, value, code)


def _read_date(raw: Raw) -> _Read:
    if isinstance(raw, date):
        return _date_text(raw.day, raw.month, raw.year), CHANGED
    if isinstance(raw, str):
        return _typed_date(_plain(raw), _DATE_PIVOT)
    return _number_date(_whole_number(raw))


def _read_partial(raw: Raw) -> _Read:
    if isinstance(raw, date):
        serial = raw.toordinal() - _SERIAL_START.toordinal()
        if _is_year(serial):  # a year typed into a cell that is formatted as a date
            return str(serial), CHANGED
        return _date_text(raw.day, raw.month, raw.year), CHANGED
    if isinstance(raw, str):
        return _typed_partial(_plain(raw))
    if month := _month_with_point(raw):
        return month
    number = _whole_number(raw)
    if _is_year(number):
        return str(number), None
    if number >= 10**5 and len(str(number)) <= 6:
        return _compact_month(f"{number:06}")
    return _number_date(number)


def _read_month(raw: Raw) -> _Read:
    if isinstance(raw, date):
        return _month_of(_date_text(raw.day, raw.month, raw.year))
    if isinstance(raw, str):
        return _typed_month(_plain(raw))
    if month := _month_with_point(raw):
        return month
    number = _whole_number(raw)
    if number >= 10**5:
        return _compact_month(f"{number:06}")
    return _month_of(_number_date(number)[0])


def _plain(text: str) -> str:
    if _PLAIN.match(text):
        return text
    text = tidy(text).strip("'").replace("\\", "/")
    text = _ENGLISH.sub(_in_digits, _WORDS.sub("", text))
    return _SPACED_SIGN.sub(r"\1", text)


def _in_digits(found: re.Match[str]) -> str:
    return f"{found[1]}/{_MONTHS.index(found[2].lower()) + 1}/{found[3]}"


def month_first(text: str) -> str | None:
    """How a typed date reads month first; None when it can only be day first or is no such date."""
    parts = _DAY_FIRST.match(_plain(text))
    if parts is None or parts[1] == parts[2] or not int(parts[1]) <= _MOST_MONTHS >= int(parts[2]):
        return None
    try:
        return _date_text(int(parts[2]), int(parts[1]), _full_year(parts[3], _DATE_PIVOT)[0])
    except ValueError:
        return None


def usual_date(raw: Raw) -> str | None:
    """``dd/MM/yyyy`` that is surely a day and needs no cleaning, the day not above 28."""
    return raw if isinstance(raw, str) and _USUAL.match(raw) else None


def is_day_first(text: str) -> bool:
    """Whether a typed date can be nothing but day first."""
    parts = _DAY_FIRST.match(_plain(text))
    return parts is not None and int(parts[1]) > _MOST_MONTHS >= int(parts[2])


def _typed_date(text: str, pivot: int) -> _Read:
    if parts := _DAY_FIRST.match(text):
        year, code = _full_year(parts[3], pivot)
        return _day_first(int(parts[1]), int(parts[2]), year, code)
    if parts := _YEAR_FIRST.match(text):
        return _date_text(int(parts[3]), int(parts[2]), int(parts[1])), CHANGED
    if _DIGITS.match(text) and len(text) == 8:
        return _compact_date(text), CHANGED
    if _DIGITS.match(text) and len(text) == 6:
        year, code = _full_year(text[4:], pivot)
        return _date_text(int(text[:2]), int(text[2:4]), year), code
    if _SERIAL.match(text):
        return _number_date(int(text))[0], DATE_NUMBER
    raise ValueError("not a date")


def _day_first(day: int, month: int, year: int, code: str | None) -> _Read:
    if day <= _MOST_MONTHS < month:
        return _date_text(month, day, year), MONTH_FIRST
    return _date_text(day, month, year), code


def _typed_partial(text: str) -> _Read:
    unknown = _UNKNOWN_PARTS.match(text)
    known = text[unknown.end() :] if unknown else text
    if _YEAR.match(known) and _is_year(int(known)):
        return known, None
    if unknown:
        return _typed_month_alone(known, _BIRTH_PIVOT)
    if _may_be_compact_month(text):
        return _compact_month(text)
    try:
        return _typed_date(text, _BIRTH_PIVOT)
    except ValueError:
        return _typed_month_alone(text, _BIRTH_PIVOT)


def _typed_month(text: str) -> _Read:
    try:
        return _typed_month_alone(text, _DATE_PIVOT)
    except ValueError:
        return _month_of(*_typed_date(text, _DATE_PIVOT))


def _typed_month_alone(text: str, pivot: int) -> _Read:
    if parts := _MONTH_FIRST.match(text):
        year, code = _full_year(parts[2], pivot)
        return _month_text(int(parts[1]), year), code
    if parts := _YEAR_THEN_MONTH.match(text):
        return _month_text(int(parts[2]), int(parts[1])), CHANGED
    if _DIGITS.match(text):
        return _compact_month(text)
    raise ValueError("not a month")


def _month_of(day: str, code: str | None = None) -> _Read:
    """From ``dd/MM/yyyy``; the first of a month is how spreadsheets store a month."""
    return day[3:], code or (CHANGED if day.startswith("01/") else MONTH_FROM_DATE)


def _month_with_point(raw: Raw) -> _Read | None:
    """``2.2019`` typed into a number cell; ``1.202`` is what is left of ``1.2020``."""
    if not isinstance(raw, float) or not 1 < raw < 13 or raw.is_integer():
        return None
    month, year = divmod(round(raw * 10_000), 10_000)
    if abs(raw * 10_000 - (month * 10_000 + year)) > 1e-6 or not _is_year(year):
        return None
    return _month_text(month, year), CHANGED


def _whole_number(raw: Raw) -> int:
    if isinstance(raw, bool) or not isinstance(raw, (int, float)) or not 0 < raw < 10**8:
        raise ValueError("not a date number")
    if isinstance(raw, float) and not raw.is_integer() and raw < _FIRST_SERIAL:
        raise ValueError("not a date number")
    return int(raw)


def _number_date(number: int) -> _Read:
    if number >= 10**6:
        return _compact_date(f"{number:08}"), CHANGED
    if not _FIRST_SERIAL <= number <= _LAST_SERIAL or _may_be_month(number):
        raise ValueError("not a date number")
    day = _SERIAL_START + timedelta(days=number)
    return _date_text(day.day, day.month, day.year), CHANGED


def _may_be_month(number: int) -> bool:
    """``42019`` may be April 2019 or the serial of a day in 2015: nothing is guessed."""
    return _is_year(number % 10_000)


def _compact_date(digits: str) -> str:
    """``ddMMyyyy`` or ``yyyyMMdd``; never both, as no month is called 19 or 20."""
    if _is_year(int(digits[4:])):
        return _date_text(int(digits[:2]), int(digits[2:4]), int(digits[4:]))
    return _date_text(int(digits[6:]), int(digits[4:6]), int(digits[:4]))


def _may_be_compact_month(text: str) -> bool:
    """Six digits that say a month; ``200110`` could be a day too, but a month it was always."""
    try:
        return len(text) == 6 and bool(_DIGITS.match(text) and _compact_month(text))
    except ValueError:
        return False


def _compact_month(digits: str) -> _Read:
    if len(digits) == 6 and _is_year(int(digits[2:])):
        return _month_text(int(digits[:2]), int(digits[2:])), CHANGED
    if len(digits) == 6 and _is_year(int(digits[:4])):
        return _month_text(int(digits[4:]), int(digits[:4])), CHANGED
    raise ValueError("not a month")


def _full_year(digits: str, pivot: int) -> tuple[int, str | None]:
    if len(digits) == 4:
        return int(digits), None
    return int(digits) + (2000 if int(digits) < pivot else 1900), TWO_DIGIT_YEAR


def _date_text(day: int, month: int, year: int) -> str:
    date(year, month, day)
    if not _is_year(year):
        raise ValueError("year out of range")
    return f"{day:02}/{month:02}/{year:04}"


def _month_text(month: int, year: int) -> str:
    if not (1 <= month <= 12 and _is_year(year)):
        raise ValueError("no such month")
    return f"{month:02}/{year:04}"


def _is_year(number: int) -> bool:
    return _FIRST_YEAR <= number <= _LAST_YEAR
