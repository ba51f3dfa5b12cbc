"""How the values of a field are shown, chosen, typed and compared, in any grid. No Qt."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from desktop.services.roster_api import Test
from desktop.ui.formats import grouped
from desktop.ui.texts import language, tr
from forms.code_names import name_in
from forms.codes import code_list, fold
from forms.excel.cleaning import clean_value
from forms.excel.kinds import Kind

AMOUNTS = frozenset({Kind.MONEY, Kind.WAGE})
FIGURES = frozenset({Kind.MONEY, Kind.WAGE, Kind.COEFFICIENT, Kind.PERCENT})
DATES = frozenset({Kind.DATE, Kind.PARTIAL_DATE, Kind.MONTH})
SHORT_LISTS = frozenset({"gioi_tinh", "tham_gia", "muc_huong", "vung_ss", "vung_ltt"})
"""code lists offered as a drop-down; the long ones are not even read for it"""
BY_TEXT = (Test.CONTAINS, Test.EQUALS, Test.EMPTY, Test.FILLED)
BY_SIZE = (Test.EQUALS, Test.AT_LEAST, Test.AT_MOST, Test.EMPTY, Test.FILLED)
BY_CHOICE = (Test.EQUALS, Test.EMPTY, Test.FILLED)


class Kinded(Protocol):
    """Whatever says what a field holds."""

    @property
    def kind(self) -> str:
        """a value of ``forms.excel.kinds.Kind``"""
        ...

    @property
    def code_list(self) -> str | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class GridField:
    """A column by which a grid can be narrowed. ``few``: (value, words) of a field that is none of
    the data, such as the state of a row."""

    key: str
    title: str
    kind: str
    code_list: str | None = None
    few: tuple[tuple[str, str], ...] = ()


Fields = Mapping[str, GridField]


def choices(field: Kinded) -> tuple[tuple[str, str], ...]:
    """(value, words) where there are only few; empty where it is typed."""
    if isinstance(field, GridField) and field.few:
        return field.few
    if field.kind == Kind.SEX:
        return ("1", tr("ui.sex.male")), ("0", tr("ui.sex.female"))
    if field.kind == Kind.FLAG:
        return ("1", tr("ui.roster.yes")), ("0", tr("ui.roster.no"))
    if field.code_list not in SHORT_LISTS:
        return ()
    name = field.code_list
    codes = code_list(name).entries
    return tuple((code, name_in(name, code, language()) or code) for code in codes)


def shown(field: Kinded, value: str) -> str:
    """A stored value as people write it; what is not canonical stays as it is."""
    if field.kind in AMOUNTS and value.isdecimal():
        return grouped(int(value))
    if field.kind in FIGURES:
        return value.replace(".", ",") if value.count(".") == 1 else value
    return dict(choices(field)).get(value, value) if value else ""


def tip(field: Kinded, value: str) -> str:
    """The name that belongs to a code, else what is shown."""
    if value and field.code_list:
        found = name_in(field.code_list, value, language())
        if found:
            return tr("ui.roster.coded", code=value, name=found)
    return shown(field, value)


def typed(field: Kinded, text: str) -> str:
    """Words of a drop-down become their value again; all else is cleaned by the services."""
    wanted = fold(text)
    for value, words in choices(field):
        if wanted and wanted == fold(words):
            return value
    return text.strip()


def tests(field: Kinded) -> tuple[Test, ...]:
    """Which filters make sense for a field."""
    if choices(field):
        return BY_CHOICE
    return BY_SIZE if field.kind in FIGURES or field.kind in DATES else BY_TEXT


def compared(field: Kinded, text: str) -> str:
    """What was typed into a filter, as it is stored."""
    value = typed(field, text)
    if field.kind in FIGURES or field.kind in DATES:
        cleaned = clean_value(Kind(field.kind), value)
        return value if cleaned.fault_code else cleaned.value
    return value
