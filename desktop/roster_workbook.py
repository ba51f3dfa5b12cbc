"""The roster as a workbook in the import layout, so that it can be mended and read in again."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from forms.excel import layout as layouts
from forms.excel.writer import write_rows
from forms.model import Part

LAYOUT = "vnpt-d02-tk1-2025-11"
NUMBER = "stt"


def write_roster(out: Path, people: Iterable[Mapping[str, str]]) -> None:
    """One line a person; fields that the layout has no column for are left out."""
    write_rows(out, LAYOUT, {Part.LAO_DONG: _records(people)})


def write_template(out: Path) -> None:
    """The same without people."""
    write_rows(out, LAYOUT, {})


def _records(people: Iterable[Mapping[str, str]]) -> Iterator[dict[str, str]]:
    sheet = layouts.load(LAYOUT).sheet(Part.LAO_DONG)
    keys = {column.key for column in sheet.named} if sheet else set()
    for number, person in enumerate(people, 1):
        known = {key: text for key, text in person.items() if key in keys}
        yield {NUMBER: str(number), **known}
