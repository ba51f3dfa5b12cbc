"""Import layouts as data: which sheets, which columns, what each column holds.

The layouts stand in ``resources/layouts/*.toml``. A column is known by its technical name
(``match = "names"``) or by its printed title (``match = "titles"``); a title over several heading
rows is written from the top down with `` / `` between.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Any

from forms.excel.kinds import Kind
from forms.model import Part
from resources import children, read_text
from resources.faults import UsageFault

AUTO = "auto"
MAPPED = "mapped"
"""the layout of a list that was read by a mapping of its columns: every field, no names"""
OWN = "tokhai-2026-11"
"""our own template, which has every field that a list of people may hold"""
BETWEEN = " / "
"""between the levels of a title over several heading rows"""
_FOLDER = "layouts"
_LETTERS = re.compile(r"[A-Z]{1,3}\Z")
_LAYOUT_KEYS = frozenset({"code", "title_vi", "title_en", "grade", "people_only", "sheet"})
_SHEET_KEYS = frozenset(
    {
        "part",
        "name",
        "required",
        "match",
        "title_row",
        "heading_rows",
        "header_row",
        "first_data_row",
        "identity",
        "columns",
    }
)
_COLUMN_KEYS = frozenset(
    {
        "column",
        "name",
        "key",
        "title",
        "also",
        "kind",
        "needed",
        "helper",
        "hint",
        "code_list",
        "written",
    }
)


class Match(StrEnum):
    """By what the columns of a sheet are known."""

    NAMES = "names"
    TITLES = "titles"


class Written(StrEnum):
    """How a value is written in a workbook for the program that the layout is of."""

    PLAIN = "plain"
    COMMA = "comma"
    """as text, with a comma before decimals"""
    CROSS = "cross"
    """``x`` for yes; an empty cell says no"""


class Grade(StrEnum):
    """How sure it is that workbooks look like this."""

    CERTAIN = "certain"
    """seen as published, or fixed by a decision"""
    LIKELY = "likely"
    """its columns are known from programs that fill it; no workbook was seen"""
    GUESSED = "guessed"
    """the names are certain, that they head a workbook is not"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a layout. ``key`` is empty where it is known and not read."""

    letters: str
    name: str
    """what it is known by: the technical name, or the title where there is none"""
    key: str
    title: str
    kind: Kind
    needed: bool
    helper: bool = False
    """hidden in the vendor's template; its formulas may fail without harm"""
    also: tuple[str, ...] = ()
    """other names or titles in use"""
    hint: str = ""
    """what to fill in, for a template that we write"""
    code_list: str = ""
    """table of ``resources/codes`` to choose from, for a template that we write"""
    written: Written = Written.PLAIN

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.also)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLayout:
    """One sheet of a layout; rows are 1-based."""

    part: Part
    name: str
    required: bool
    title_row: int
    header_row: int
    """the last row of the heading, or the one of technical names"""
    first_data_row: int
    identity: tuple[str, ...]
    """keys of which a data row must hold at least one"""
    columns: tuple[Column, ...]
    match: Match = Match.NAMES
    heading_rows: int = 1
    """how many rows the heading has when it is known by titles"""

    @property
    def named(self) -> tuple[Column, ...]:
        """The columns that carry data."""
        return tuple(column for column in self.columns if column.key)

    def column(self, key: str) -> Column | None:
        return next((column for column in self.named if column.key == key), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """An import workbook as its vendor publishes it."""

    code: str
    title_vi: str
    title_en: str
    sheets: tuple[SheetLayout, ...]
    grade: Grade = Grade.CERTAIN
    people_only: bool = False
    """a list for another procedure: it is read as a list of people"""

    def sheet(self, part: Part) -> SheetLayout | None:
        return next((sheet for sheet in self.sheets if sheet.part is part), None)


@cache
def known_codes() -> tuple[str, ...]:
    """Codes of all layouts that a workbook may have, sorted."""
    return tuple(name.removesuffix(".toml") for name in children(_FOLDER) if name.endswith(".toml"))


@cache
def load(code: str) -> Layout:
    """The layout ``code``, or ``mapped``. Raises UsageFault ``layout.not_known``."""
    if code == MAPPED:
        return replace(load(OWN), code=MAPPED, sheets=tuple(map(_unasked, load(OWN).sheets)))
    if code not in known_codes():
        raise UsageFault("layout.not_known", layout=code, known=", ".join(known_codes()))
    return parse(read_text(f"{_FOLDER}/{code}.toml"))


def _unasked(sheet: SheetLayout) -> SheetLayout:
    """A payroll need not hold what a declaration needs; the checks ask for it by row."""
    columns = tuple(
        replace(column, needed=False, name=column.title, also=()) for column in sheet.columns
    )
    return replace(sheet, columns=columns)


def parse(text: str) -> Layout:
    """A layout from its TOML text. Raises ValueError for unknown keys or wrong values."""
    table = tomllib.loads(text)
    _refuse_unknown(table, _LAYOUT_KEYS)
    return Layout(
        code=table["code"],
        title_vi=table["title_vi"],
        title_en=table["title_en"],
        sheets=tuple(_sheet(entry) for entry in table["sheet"]),
        grade=Grade(table.get("grade", Grade.CERTAIN)),
        people_only=bool(table.get("people_only", False)),
    )


def _sheet(table: Mapping[str, Any]) -> SheetLayout:
    _refuse_unknown(table, _SHEET_KEYS)
    columns = tuple(_column(entry) for entry in table["columns"])
    keys = [column.key for column in columns if column.key]
    identity = tuple(table["identity"])
    if len(keys) != len(set(keys)):
        raise ValueError(f"a key stands twice in sheet {table['name']!r}")
    if not set(identity) <= set(keys):
        raise ValueError(f"identity of sheet {table['name']!r} names an unknown key")
    return SheetLayout(
        part=Part(table["part"]),
        name=table["name"],
        required=table["required"],
        title_row=table["title_row"],
        header_row=table["header_row"],
        first_data_row=table["first_data_row"],
        identity=identity,
        columns=columns,
        match=Match(table.get("match", Match.NAMES)),
        heading_rows=int(table.get("heading_rows", 1)),
    )


def _column(table: Mapping[str, Any]) -> Column:
    _refuse_unknown(table, _COLUMN_KEYS)
    if not _LETTERS.match(table["column"]):
        raise ValueError(f"not column letters: {table['column']!r}")
    return Column(
        letters=table["column"],
        name=table.get("name", table["title"]),
        key=table["key"],
        title=table["title"],
        kind=Kind(table.get("kind", Kind.TEXT)),
        needed=bool(table.get("needed", False)),
        helper=bool(table.get("helper", False)),
        also=tuple(table.get("also", ())),
        hint=table.get("hint", ""),
        code_list=table.get("code_list", ""),
        written=Written(table.get("written", Written.PLAIN)),
    )


def _refuse_unknown(table: Mapping[str, Any], known: frozenset[str]) -> None:
    unknown = sorted(set(table) - known)
    if unknown:
        raise ValueError(f"unknown keys in layout: {', '.join(unknown)}")
