"""How the values of the roster are shown, chosen and typed. No Qt."""

import re
from datetime import date

from desktop.services.roster_api import RosterField, Test
from desktop.ui.formats import grouped
from desktop.ui.texts import language, tr
from forms.code_names import name_in
from forms.codes import code_list, fold
from forms.excel.kinds import Kind

AMOUNTS = frozenset({Kind.MONEY, Kind.WAGE})
FIGURES = frozenset({Kind.MONEY, Kind.WAGE, Kind.COEFFICIENT, Kind.PERCENT})
DATES = frozenset({Kind.DATE, Kind.PARTIAL_DATE, Kind.MONTH})
_DAY = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
ORIGIN = "origin"
"""group of fields that the program writes by itself"""
SHORT_LISTS = frozenset({"gioi_tinh", "tham_gia", "muc_huong", "vung_ss", "vung_ltt"})
"""code lists offered as a drop-down; the long ones are not even read for it"""
BY_TEXT = (Test.CONTAINS, Test.EQUALS, Test.EMPTY, Test.FILLED)
BY_SIZE = (Test.EQUALS, Test.AT_LEAST, Test.AT_MOST, Test.EMPTY, Test.FILLED)
BY_CHOICE = (Test.EQUALS, Test.EMPTY, Test.FILLED)


def title(field: RosterField) -> str:
    return field.title_en if language() == "en" else field.title_vi


def editable(field: RosterField) -> bool:
    return field.group != ORIGIN


def choices(field: RosterField) -> tuple[tuple[str, str], ...]:
    """(value, words) where there are only few; empty where it is typed."""
    if field.kind == Kind.SEX:
        return ("1", tr("ui.sex.male")), ("0", tr("ui.sex.female"))
    if field.kind == Kind.FLAG:
        return ("1", tr("ui.roster.yes")), ("0", tr("ui.roster.no"))
    if field.code_list not in SHORT_LISTS:
        return ()
    name = field.code_list
    codes = code_list(name).entries
    return tuple((code, name_in(name, code, language()) or code) for code in codes)


def shown(field: RosterField, value: str) -> str:
    """A stored value as people write it; what is not canonical stays as it is."""
    if field.kind in AMOUNTS and value.isdecimal():
        return grouped(int(value))
    if field.kind in FIGURES:
        return value.replace(".", ",") if value.count(".") == 1 else value
    return dict(choices(field)).get(value, value) if value else ""


def tip(field: RosterField, value: str) -> str:
    """The name that belongs to a code, else what is shown."""
    if value and field.code_list:
        found = name_in(field.code_list, value, language())
        if found:
            return tr("ui.roster.coded", code=value, name=found)
    return shown(field, value)


def typed(field: RosterField, text: str) -> str:
    """Words of a drop-down become their value again; all else is cleaned by the services."""
    wanted = fold(text)
    for value, words in choices(field):
        if wanted and wanted == fold(words):
            return value
    return text.strip()


def tests(field: RosterField) -> tuple[Test, ...]:
    """Which filters make sense for a field."""
    if choices(field):
        return BY_CHOICE
    return BY_SIZE if field.kind in FIGURES or field.kind in DATES else BY_TEXT


def compared(field: RosterField, text: str) -> str:
    """What was typed into a filter, as it is stored."""
    value = typed(field, text)
    if field.kind in AMOUNTS:
        digits = value.replace(".", "").replace(" ", "").removesuffix("đ")
        return digits if digits.isdecimal() else value
    return value.replace(",", ".") if field.kind in FIGURES else value


def parse_day(text: str) -> date | None:
    """``dd/MM/yyyy``; None for anything else."""
    found = _DAY.fullmatch(text.strip())
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None
