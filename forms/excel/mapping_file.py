"""A column mapping as a TOML file that a person can read, correct and use again.

``sheet``, ``header_row``, ``first_data_row`` and a table ``[columns]`` of letters → field key. Two
letters with the same field of text are joined by a blank, in the order in which they stand in the
file: this is how a name in two columns is written. A birth date under “Nam” or “Nữ” is
``ngay_sinh.nam`` and ``ngay_sinh.nu``, a cross ``gioi_tinh.nam`` and ``gioi_tinh.nu``
(``forms.excel.halves``).
"""

import json
import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from forms.excel.clean_text import tidy
from forms.excel.halves import (
    BIRTH,
    BIRTH_MEN,
    BIRTH_WOMEN,
    HALVES,
    SEX,
    SEX_MEN,
    SEX_WOMEN,
    half_titles,
)
from forms.excel.kinds import Kind
from forms.excel.layout import MAPPED, OWN, load
from forms.excel.mapping import ColumnMapping, SheetGuess
from forms.model import Part
from forms.roster.fields import fields
from resources import read_text
from resources.faults import DataFault, SurroundingsFault

_KEYS = ("sheet", "header_row", "first_data_row", "columns")
_ROWS = ("header_row", "first_data_row")
_LETTERS = re.compile(r"[A-Z]{1,3}\Z")
_ENTRY = re.compile(r"\s*[\"']?([A-Za-z0-9_-]+)[\"']?\s*=")
_AT_LINE = re.compile(r"at line (\d+)")
_LONGEST_FILE = 262_144
_HIGHEST = 1_048_576
_IDENTITY = ("ho_ten", "ma_so_bhxh", "cccd")


def read_mapping(path: Path) -> ColumnMapping:
    """Raises DataFault ``mapping.*`` that names the line, SurroundingsFault
    ``mapping.cannot_read``."""
    try:
        with path.open("rb") as file:
            content = file.read(_LONGEST_FILE + 1)
    except FileNotFoundError as error:
        raise DataFault("mapping.missing_file", file=path.name) from error
    except OSError as error:
        raise SurroundingsFault("mapping.cannot_read", file=path.name) from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataFault("mapping.not_text", file=path.name) from error
    if len(content) > _LONGEST_FILE:
        raise DataFault("mapping.not_text", file=path.name)
    return parse_mapping(text)


def parse_mapping(text: str) -> ColumnMapping:
    """Raises DataFault ``mapping.*`` that names the line."""
    table = _table(text)
    for key in table:
        if key not in _KEYS:
            raise DataFault("mapping.unknown_key", line=_line(text, key), key=key)
    for key in _KEYS:
        if key not in table:
            raise DataFault("mapping.key_missing", key=key)
    mapping = ColumnMapping(
        sheet=_sheet(text, table["sheet"]),
        header_row=_row(text, table, "header_row"),
        first_data_row=_row(text, table, "first_data_row"),
        columns=_columns(text, table["columns"]),
    )
    if mapping.first_data_row <= mapping.header_row:
        raise DataFault("mapping.rows", line=_line(text, "first_data_row"))
    return mapping


def check_mapping(mapping: ColumnMapping) -> None:
    """The same rules for a mapping from the screen. Raises DataFault ``mapping.*``, line 0."""
    if mapping.first_data_row <= mapping.header_row:
        raise DataFault("mapping.rows", line=0)
    _columns("", dict(mapping.columns))


def written_mapping(
    mapping: ColumnMapping, headings: Mapping[str, str], about: Sequence[str] = ()
) -> str:
    """The text of a file. ``headings``: letters → heading of every column of the sheet; those
    that are not read stand as comments, ready to be filled in. ``about``: lines for the top."""
    lines = [f"# {line}" for line in about]
    lines += [f"sheet = {_quoted(mapping.sheet)}", f"header_row = {mapping.header_row}"]
    lines += [f"first_data_row = {mapping.first_data_row}", "", "[columns]"]
    for letters, key in mapping.columns.items():
        lines.append(
            f"{letters} = {_quoted(key)}  # {_comment(headings.get(letters, ''))}".rstrip("# ")
        )
    for letters, heading in headings.items():
        if letters not in mapping.columns:
            lines.append(f'# {letters} = ""  # {_comment(heading)}'.rstrip("# "))
    return "\n".join(lines) + "\n"


def mapping_of(guess: SheetGuess) -> ColumnMapping:
    """What is taken when a person changes nothing of a guess."""
    return ColumnMapping(
        sheet=guess.sheet,
        header_row=guess.header_row,
        first_data_row=guess.first_data_row,
        columns={each.column: each.field for each in guess.columns if each.field},
    )


def field_keys() -> tuple[str, ...]:
    """Every field that a column may be, in the order of our own template, then the halves."""
    return tuple(field_titles())


def field_titles(lang: str = "vi") -> Mapping[str, str]:
    """Key → title of every field that a column may be, in the order of ``field_keys``."""
    sheet = load(MAPPED).sheet(Part.LAO_DONG)
    titles = {column.key: column.title for column in sheet.named} if sheet else {}
    if lang == "en":
        titles = {key: english_titles().get(key, title) for key, title in titles.items()}
    return {**titles, **half_titles(lang)}


def part_titles(part: Part, lang: str = "vi") -> Mapping[str, str]:
    """Key → title of the fields of a draft's list, as in our own template."""
    sheet = load(OWN).sheet(part)
    titles = {column.key: column.title for column in sheet.named} if sheet else {}
    return titles if lang == "vi" else {**titles, **_only(titles, english_titles())}


def _only(wanted: Mapping[str, str], known: Mapping[str, str]) -> Mapping[str, str]:
    return {key: known[key] for key in wanted if key in known}


@cache
def english_titles() -> Mapping[str, str]:
    """Key → title of every field that a list may hold."""
    own: dict[str, dict[str, str]] = tomllib.loads(read_text("columns/titles.toml"))
    roster = {key: field.title_en for key, field in fields().items()}
    return {**roster, **own["en"], **own["en_of_parts"]}


def _table(text: str) -> dict[str, Any]:
    seen: set[str] = set()
    for number, line in enumerate(_lines_of_columns(text), start=1):
        letters = found[1].upper() if line is not None and (found := _ENTRY.match(line)) else ""
        if letters and letters in seen:
            raise DataFault("mapping.letter_twice", line=number, column=letters)
        seen.add(letters)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found_line = _AT_LINE.search(str(error))
        line_number = int(found_line[1]) if found_line else text.count("\n") + 1
        raise DataFault("mapping.not_toml", line=line_number) from error


def _lines_of_columns(text: str) -> list[str | None]:
    """Each line of the file; None for those outside the table of columns."""
    inside, lines = False, list[str | None]()
    for line in text.splitlines():
        if line.lstrip().startswith("["):
            inside = line.split("#")[0].strip() == "[columns]"
        lines.append(line if inside and not line.lstrip().startswith("[") else None)
    return lines


def _columns(text: str, table: object) -> dict[str, str]:
    if not isinstance(table, dict):
        raise DataFault("mapping.key_missing", key="[columns]")
    columns: dict[str, str] = {}
    for letters, key in table.items():
        line = _line(text, letters)
        if not _LETTERS.match(letters.upper()):
            raise DataFault("mapping.not_letters", line=line, column=letters)
        if not isinstance(key, str) or key not in field_keys():
            raise DataFault("mapping.unknown_field", line=line, column=letters, field=str(key)[:40])
        columns[letters.upper()] = key
    _refuse_twice(text, columns)
    _refuse_half(text, columns)
    if not any(key in _IDENTITY for key in columns.values()):
        raise DataFault("mapping.nobody", line=_line(text, "[columns]"))
    return columns


def _refuse_twice(text: str, columns: Mapping[str, str]) -> None:
    """Only text can be joined."""
    count = Counter(columns.values())
    sheet = load(MAPPED).sheet(Part.LAO_DONG)
    for letters, key in reversed(list(columns.items())):
        column = sheet.column(key) if sheet else None
        alone = key in HALVES or (column is not None and column.kind is not Kind.TEXT)
        if count[key] > 1 and alone:
            line = _line(text, letters)
            raise DataFault("mapping.field_twice", line=line, column=letters, field=key)


_OTHER_HALF = {BIRTH_MEN: BIRTH_WOMEN, BIRTH_WOMEN: BIRTH_MEN, SEX_MEN: SEX_WOMEN}
"""``gioi_tinh.nu`` may stand alone"""
_GIVES = {
    BIRTH_MEN: (BIRTH, SEX, SEX_MEN, SEX_WOMEN),
    SEX_MEN: (SEX,),
    SEX_WOMEN: (SEX,),
}


def _refuse_half(text: str, columns: Mapping[str, str]) -> None:
    """Columns of men and women go together, and nothing else says what they say."""
    at = {key: letters for letters, key in columns.items()}
    for half in filter(at.__contains__, HALVES):
        line, letters = _line(text, at[half]), at[half]
        other = _OTHER_HALF.get(half)
        if other and other not in at:
            raise DataFault(
                "mapping.half_alone", line=line, column=letters, field=half, other=other
            )
        for given in _GIVES.get(half, ()):
            if given in at:
                line, letters = _line(text, at[given]), at[given]
                raise DataFault("mapping.field_twice", line=line, column=letters, field=given)


def _sheet(text: str, value: object) -> str:
    if not isinstance(value, str) or not value:
        raise DataFault("mapping.bad_value", line=_line(text, "sheet"), key="sheet")
    return value


def _row(text: str, table: Mapping[str, Any], key: str) -> int:
    value = table[key]
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= _HIGHEST:
        raise DataFault("mapping.bad_value", line=_line(text, key), key=key)
    return value


def _line(text: str, key: str) -> int:
    """1-based line on which a key stands; 0 where there is no file."""
    for number, line in enumerate(text.splitlines(), start=1):
        found = _ENTRY.match(line)
        if (found and found[1] == key) or line.strip() in (key, f"[{key}]"):
            return number
    return 0


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _comment(text: str) -> str:
    return tidy(text)
