"""Import layouts as data: which sheets, which columns, what each column holds.

The layouts stand in ``resources/layouts/*.toml``; columns are known by technical name.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from forms.excel.kinds import Kind
from forms.model import Part
from resources import children, read_text
from resources.faults import UsageFault

AUTO = "auto"
_FOLDER = "layouts"
_LETTERS = re.compile(r"[A-Z]{1,3}\Z")
_LAYOUT_KEYS = frozenset({"code", "title_vi", "title_en", "sheet"})
_SHEET_KEYS = frozenset(
    {"part", "name", "required", "title_row", "header_row", "first_data_row", "identity", "columns"}
)
_COLUMN_KEYS = frozenset({"column", "name", "key", "title", "kind", "needed", "helper"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a layout. ``key`` is empty where the layout leaves a helper column."""

    letters: str
    name: str
    key: str
    title: str
    kind: Kind
    needed: bool
    helper: bool = False
    """hidden in the vendor's template; its formulas may fail without harm"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLayout:
    """One sheet of a layout; rows are 1-based."""

    part: Part
    name: str
    required: bool
    title_row: int
    header_row: int
    first_data_row: int
    identity: tuple[str, ...]
    """keys of which a data row must hold at least one"""
    columns: tuple[Column, ...]

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

    def sheet(self, part: Part) -> SheetLayout | None:
        return next((sheet for sheet in self.sheets if sheet.part is part), None)


@cache
def known_codes() -> tuple[str, ...]:
    """Codes of all layouts, sorted."""
    return tuple(name.removesuffix(".toml") for name in children(_FOLDER) if name.endswith(".toml"))


@cache
def load(code: str) -> Layout:
    """The layout ``code``. Raises UsageFault ``layout.not_known`` when there is none."""
    if code not in known_codes():
        raise UsageFault("layout.not_known", layout=code, known=", ".join(known_codes()))
    return parse(read_text(f"{_FOLDER}/{code}.toml"))


def parse(text: str) -> Layout:
    """A layout from its TOML text. Raises ValueError for unknown keys or wrong values."""
    table = tomllib.loads(text)
    _refuse_unknown(table, _LAYOUT_KEYS)
    return Layout(
        code=table["code"],
        title_vi=table["title_vi"],
        title_en=table["title_en"],
        sheets=tuple(_sheet(entry) for entry in table["sheet"]),
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
    )


def _column(table: Mapping[str, Any]) -> Column:
    _refuse_unknown(table, _COLUMN_KEYS)
    if not _LETTERS.match(table["column"]):
        raise ValueError(f"not column letters: {table['column']!r}")
    return Column(
        letters=table["column"],
        name=table["name"],
        key=table["key"],
        title=table["title"],
        kind=Kind(table.get("kind", Kind.TEXT)),
        needed=bool(table.get("needed", False)),
        helper=bool(table.get("helper", False)),
    )


def _refuse_unknown(table: Mapping[str, Any], known: frozenset[str]) -> None:
    unknown = sorted(set(table) - known)
    if unknown:
        raise ValueError(f"unknown keys in layout: {', '.join(unknown)}")
