"""Layouts are refused rather than printed wrong; marks in their texts."""

from datetime import date

import pytest

from forms import catalog
from forms.paper.faces import Face
from forms.paper.headings import heading_cells
from forms.paper.layout import Align, TableColumn
from forms.paper.layout_loader import load_layout
from forms.paper.markup import Dots, Filling, Gap, Said, Tick, pieces
from forms.strict_toml import DefinitionFault

_GOOD = """
form = "D02-LT"
source = "một quyết định"
confidence = "L"
orientation = "portrait"
margins = { left = 10, top = 10.5, right = 10, bottom = 10 }
size = 11
[[block]]
text = "Đơn vị {ten_don_vi|9}"
[[block]]
kind = "table"
part = "lao_dong"
size = 8
heading_size = 8
columns = [{ key = "ho_ten", heading = ["Họ và tên"], width = 1 }]
total = { label = "Cộng", under = "ho_ten", of = [] }
"""
_SPOILED = {
    'form = "D02-LT"': ('form = "D05-TS"', "definition.unknown_value"),
    'source = "một quyết định"': ("", "definition.no_source"),
    'orientation = "portrait"': ('orientation = "oblique"', "definition.unknown_value"),
    "size = 11\n": ('size = "11"\n', "definition.type"),
    "left = 10,": ("", "definition.missing"),
    "{ten_don_vi|9}": ("{ten_nao_do}", "definition.not_a_form_key"),
    "ten_don_vi|9": ("draw ten_don_vi", "definition.unknown_value"),
    'kind = "table"': ('kind = "picture"', "definition.unknown_value"),
    'key = "ho_ten"': ('key = "ho"', "definition.not_a_form_key"),
    'heading = ["Họ và tên"]': ("heading = []", "definition.missing"),
    "width = 1 ": ('width = 1, align = "up" ', "definition.unknown_value"),
    'under = "ho_ten"': ('under = "tien_luong"', "definition.not_a_form_key"),
    "heading_size = 8": ("heading_size = 8\nheadings = 3", "definition.unknown_key"),
}


def _load(text: str) -> object:
    definition = catalog.form("D02-LT", filing_date=date(2026, 11, 5)).definition
    return load_layout(text, file="paper/x.toml", definition=definition)


@pytest.mark.parametrize("good", _SPOILED)
def test_a_slip_in_a_layout_is_refused(good: str) -> None:
    _load(_GOOD)
    spoiled, code = _SPOILED[good]
    assert good in _GOOD
    with pytest.raises(DefinitionFault) as refused:
        _load(_GOOD.replace(good, spoiled, 1))
    assert refused.value.code == code


def _column(*heading: str) -> TableColumn:
    return TableColumn(key="k", heading=heading, number="", width=1, align=Align.LEFT)


def test_headings_share_cells_and_end_at_the_bottom() -> None:
    columns = [_column("A"), _column("B", "C"), _column("B", "D", "E"), _column("B", "D", "F")]
    cells = {
        (cell.text, cell.column, cell.columns, cell.level, cell.levels)
        for cell in heading_cells(columns)
    }
    assert cells == {
        ("A", 0, 1, 0, 3),
        ("B", 1, 3, 0, 1),
        ("C", 1, 1, 1, 2),
        ("D", 2, 2, 1, 1),
        ("E", 2, 1, 2, 1),
        ("F", 3, 1, 2, 1),
    }


def test_marks_become_words_dots_and_ticks() -> None:
    filling = Filling(shown={"ten": "Mây", "tien": "1.250.000"}, raw={"co": "1", "tien": "1250000"})
    said = list(pieces("**Tên** {ten} __{|5}__ {box co=1}{box khong}", filling))
    assert [piece for piece in said if piece != Said(" ", Face.REGULAR)] == [
        Said("Tên", Face.BOLD),
        Said("Mây", Face.REGULAR),
        Dots(5),
        Tick(True),
        Tick(False),
    ]


def test_an_amount_can_be_told_in_words() -> None:
    filling = Filling(shown={}, raw={"tien": "1250000", "sai": "mười"})
    assert list(pieces("{words tien}", filling)) == [
        Said("Một triệu hai trăm năm mươi nghìn đồng", Face.REGULAR)
    ]
    assert list(pieces("{words sai}", filling)) == [Said("mười", Face.REGULAR)]


def test_a_short_value_keeps_the_room_of_its_dots() -> None:
    first, room = pieces("{ten|20}", Filling(shown={"ten": "Mây"}, raw={}))
    assert first == Said("Mây", Face.REGULAR)
    assert isinstance(room, Gap)
    assert 0 < room.count < 20
