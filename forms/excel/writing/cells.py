"""Values as cells that a spreadsheet program never takes for a formula.

Text stands in its cell as text, whatever it begins with; what a person's editing could turn into
a formula carries the quote prefix too, so that it stays text for ever.
"""

import math
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from forms.excel.letters import to_letters

PLAIN, TEXT, QUOTED, DAY, MOMENT, LENGTH, HEADING, TITLE, NAMES, WRAPPED = range(10)
"""numbers of formats; see ``forms.excel.writing.formats``"""

_RISKY = ("=", "+", "-", "@", "#", "\t", "\r")
"""a leading ``#`` would be taken for an error value such as ``#REF!``"""
LONGEST_TEXT = 32_767
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPECIAL = re.compile(r"[&<>\r\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_FIRST_DAY = datetime(1899, 12, 30)  # noqa: DTZ001 - a cell has no zone
_FIRST_TRUE_DAY = date(1900, 3, 1)
"""Excel believes in 29/02/1900, so that no earlier day has one number everywhere"""
_DAY = timedelta(days=1)


def in_xml(text: str) -> str:
    """What an XML text may hold of it, escaped; at most as long as a cell may be."""
    clean = text[:LONGEST_TEXT] if len(text) > LONGEST_TEXT else text
    if _SPECIAL.search(clean):
        clean = _ILLEGAL.sub("", clean).translate(_ENTITIES)
    return clean


def cell(column: int, line: int, value: object, style: int = PLAIN) -> str:
    """A cell of the 1-based column and line; nothing for an empty value.

    ``style`` is for text and numbers; days have the format of their own. Raises ValueError for a
    value that no cell can hold.
    """
    if value.__class__ is str:
        return _text(column, line, value, style)
    if value is None:
        return ""
    return _other(value)(column, line, value, style)


def _text(column: int, line: int, value: str, style: int) -> str:
    inside = in_xml(value)
    if not inside:
        return ""
    if value.startswith(_RISKY):
        style = QUOTED
    shown = f' s="{style}"' if style else ""
    space = (
        ' xml:space="preserve"' if inside[0] <= " " or inside[-1] <= " " or "\n" in inside else ""
    )
    opened = f'<c r="{to_letters(column)}{line}"{shown} t="inlineStr">'
    return f"{opened}<is><t{space}>{inside}</t></is></c>"


Writer = Callable[[int, int, object, int], str]


def _other(value: object) -> Writer:
    writers: tuple[tuple[type, Writer], ...] = (
        (bool, _bool),
        (int, _number),
        (float, _number),
        (Decimal, _number),
        (datetime, _moment),
        (date, _day),
        (time, _time),
        (timedelta, _length),
        (str, _sub_text),
    )
    for kind, writer in writers:
        if isinstance(value, kind):
            return writer
    raise ValueError(f"no cell can hold a {type(value).__name__}")


def _sub_text(column: int, line: int, value: object, style: int) -> str:
    return _text(column, line, str(value), style)


def _bool(column: int, line: int, value: object, style: int) -> str:
    return f'<c r="{to_letters(column)}{line}" s="{style}" t="b"><v>{int(bool(value))}</v></c>'


def _number(column: int, line: int, value: object, style: int) -> str:
    if not math.isfinite(value):  # type: ignore[arg-type]  # a number
        raise ValueError("no cell can hold a number without an end")
    shown = f' s="{style}"' if style else ""
    return f'<c r="{to_letters(column)}{line}"{shown}><v>{value}</v></c>'


def _moment(column: int, line: int, value: object, _style: int) -> str:
    moment = value.replace(tzinfo=None)  # type: ignore[attr-defined]  # a datetime
    style = DAY if moment.time() == time() else MOMENT
    return _dated(column, line, moment, style)


def _day(column: int, line: int, value: object, _style: int) -> str:
    return _dated(column, line, datetime.combine(value, time()), DAY)  # type: ignore[arg-type]  # a date


def _dated(column: int, line: int, moment: datetime, style: int) -> str:
    if moment.date() < _FIRST_TRUE_DAY:
        return _text(column, line, moment.strftime("%d/%m/%Y"), TEXT)
    return f'<c r="{to_letters(column)}{line}" s="{style}"><v>{_days(moment - _FIRST_DAY)}</v></c>'


def _time(column: int, line: int, value: object, _style: int) -> str:
    since = datetime.combine(_FIRST_DAY, value) - _FIRST_DAY  # type: ignore[arg-type]  # a time
    return f'<c r="{to_letters(column)}{line}" s="{LENGTH}"><v>{_days(since)}</v></c>'


def _length(column: int, line: int, value: object, _style: int) -> str:
    return f'<c r="{to_letters(column)}{line}" s="{LENGTH}"><v>{_days(value)}</v></c>'  # type: ignore[arg-type]  # a timedelta


def _days(length: timedelta) -> str:
    days = length / _DAY
    return str(int(days)) if days == int(days) else repr(days)
