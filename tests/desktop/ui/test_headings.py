"""Headings of the declarations' grid in the language of the window."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.ui.declarations.sheet import headed
from desktop.ui.texts import use_language
from forms.excel.layout import Column, load
from forms.model import Part

LAYOUTS = sorted(
    path.stem for path in (Path(__file__).parents[3] / "resources" / "layouts").glob("*.toml")
)


@pytest.fixture
def english() -> Iterator[None]:
    use_language("en")
    yield
    use_language("vi")


def columns(layout: str) -> list[Column]:
    sheets = [load(layout).sheet(part) for part in Part]
    return [column for sheet in sheets if sheet for column in sheet.named]


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_column_of_every_layout_has_an_english_heading(layout: str) -> None:
    known = columns(layout)
    for column, shown in zip(known, headed(known), strict=True):
        assert shown.key == column.key
        assert shown.title.isascii(), f"{column.key}: {shown.title}"


def test_in_vietnamese_a_column_is_headed_as_in_the_workbook() -> None:
    use_language("vi")
    known = columns("vnpt-d02-tk1-2025-11")
    assert list(headed(known)) == known
