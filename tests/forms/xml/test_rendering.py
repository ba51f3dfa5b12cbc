"""Mappings of a few lines each show one rule of writing, and that reading gives back the rows."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.definition_loader import load_definition
from forms.model import Row
from forms.wire import Wire, load_wire
from forms.xml.reader import read_document
from forms.xml.rendering import Content, write_document
from resources.faults import DataFault

FORM = """
code = "T"
title_vi = "t"
title_en = "t"
source = "thử"
confidence = "C"
[rows]
part = "lao_dong"
"""
KEYS = ("ho_ten", "ngay_sinh", "pa", "luong")
FIELDS = "".join(
    f'[[field]]\nkey = "{key}"\npart = "{part}"\nlabel_vi = "n"\nlabel_en = "n"\ntype = "text"\n'
    for part in ("lao_dong", "phu_luc")
    for key in KEYS
)
WIRE = """
family = "595"
file = "T-595.xml"
root = "T"
sign_node = "Cky"
source = "thử"
confidence = "C"
[children]
T = [{{ element = "Dong", each = "lao_dong" }}, {{ element = "Cky", empty = true }}]
Dong = [{leaves}]
{more}
"""


def wire_of(leaves: str, more: str = "") -> Wire:
    text = WIRE.format(leaves=leaves, more=more)
    return load_wire(text, file="wire.toml", definition=load_definition(FORM + FIELDS, file="f"))


def rendered(
    wire: Wire, *rows: dict[str, str], household: tuple[dict[str, str], ...] = ()
) -> bytes:
    members = [Row(line, values) for line, values in enumerate(household, 4)]
    out = BytesIO()
    content = Content(
        lists={"lao_dong": [Row(line, values) for line, values in enumerate(rows, 4)]},
        related=lambda _row: {"phu_luc": members},
    )
    write_document(out, wire, content)
    return out.getvalue()


def body(document: bytes) -> str:
    return document.decode().partition("<Dong>")[2].partition("</Dong>")[0]


@pytest.mark.parametrize(
    ("leaf", "row", "written"),
    [
        ('key = "luong", default = "0"', {}, "0"),
        ('key = "luong", default = "0"', {"luong": "5"}, "5"),
        ('key = "luong", decimals = 1', {"luong": "32"}, "32.0"),
        ('key = "luong", decimals = 1', {"luong": "32.5"}, "32.5"),
        ('key = "luong", decimals = 1', {"luong": "10.25"}, "10.25"),
        ('key = "luong", decimals = 1', {}, ""),
        ('key = "luong", last = 3', {"luong": "79031"}, "031"),
        ('first_of = ["pa", "luong"]', {"pa": "a", "luong": "b"}, "a"),
        ('first_of = ["pa", "luong"]', {"luong": "b"}, "b"),
        ('const = "D02-TS"', {}, "D02-TS"),
        ("empty = true", {"pa": "a"}, ""),
        ('computed = "ordinal"', {}, "1"),
        ('computed = "completeness", of = "ngay_sinh"', {"ngay_sinh": "01/02/1990"}, "0"),
        ('computed = "completeness", of = "ngay_sinh"', {"ngay_sinh": "02/1990"}, "1"),
        ('computed = "completeness", of = "ngay_sinh"', {"ngay_sinh": "1990"}, "2"),
        ('computed = "completeness", of = "ngay_sinh"', {}, "0"),
        ('computed = "flag", when = [{ field = "pa", in = ["GH"] }]', {"pa": "GH"}, "1"),
        ('computed = "flag", when = [{ field = "pa", in = ["GH"] }]', {"pa": "TM"}, "0"),
        ('computed = "flag", when = [{ field = "pa", filled = true }]', {}, "0"),
    ],
)
def test_a_value_is_written_as_its_entry_says(leaf: str, row: dict[str, str], written: str) -> None:
    wire = wire_of(f'{{ element = "X", {leaf} }}')
    assert body(rendered(wire, row)) == f"<X>{written}</X>"


def test_rows_are_numbered_anew() -> None:
    wire = wire_of('{ element = "STT", computed = "ordinal" }')
    document = read_document(rendered(wire, {"pa": "9"}, {"pa": "5"}), wire)
    assert [row.texts["STT"] for row in document.rows("lao_dong")] == ["1", "2"]


def test_an_entry_behind_a_switch_is_written_only_when_it_is_on() -> None:
    leaves = '{ element = "A", key = "pa" }, { element = "B", key = "pa", switch = "moi" }'
    off = wire_of(leaves, "[switches]\nmoi = false")
    on = wire_of(leaves, "[switches]\nmoi = true")
    assert body(rendered(off, {"pa": "x"})) == "<A>x</A>"
    assert body(rendered(on, {"pa": "x"})) == "<A>x</A><B>x</B>"


HOUSEHOLD = wire_of(
    '{ element = "Ho", household = "phu_luc", head = { field = "pa", in = ["00"] } }',
    """
Ho = [
    { element = "Chu", computed = "head", of = "ho_ten" },
    { element = "DienThoai", key = "luong" },
    { element = "Nguoi", each = "phu_luc" },
]
Nguoi = [{ element = "Ten", key = "ho_ten" }]
""",
)


def test_a_household_is_an_empty_element_when_nobody_belongs_to_it() -> None:
    assert body(rendered(HOUSEHOLD, {})) == "<Ho></Ho>"


def test_the_head_of_household_is_asked_before_the_others() -> None:
    members = (
        {"ho_ten": "Con", "pa": "08", "luong": "111"},
        {"ho_ten": "Chủ", "pa": "00", "luong": "222"},
    )
    assert body(rendered(HOUSEHOLD, {}, household=members)) == (
        "<Ho><Chu>Chủ</Chu><DienThoai>222</DienThoai>"
        "<Nguoi><Ten>Con</Ten></Nguoi><Nguoi><Ten>Chủ</Ten></Nguoi></Ho>"
    )


def test_nobody_is_made_head_who_is_not_marked_so() -> None:
    members = ({"ho_ten": "Con", "pa": "08"}, {"ho_ten": "Em", "pa": "05", "luong": "333"})
    written = body(rendered(HOUSEHOLD, {}, household=members))
    assert written.startswith("<Ho><Chu></Chu><DienThoai>333</DienThoai>")


def test_an_illegal_character_names_the_line_of_the_sheet() -> None:
    wire = wire_of('{ element = "HoTen", key = "ho_ten" }')
    with pytest.raises(DataFault) as fault:
        rendered(wire, {"ho_ten": "A"}, {"ho_ten": "B\x01"})
    assert fault.value.params == {"element": "HoTen", "row": 5}


PLAIN = wire_of(", ".join(f'{{ element = "{key.title()}", key = "{key}" }}' for key in KEYS))
cells = st.text(
    st.characters(exclude_categories=["Cs"], min_codepoint=0x20, exclude_characters="\ufffe\uffff")
)


@given(st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys(KEYS, cells)), max_size=5))
def test_reading_gives_back_what_was_written(rows: list[dict[str, str]]) -> None:
    read = read_document(rendered(PLAIN, *rows), PLAIN)
    filled = [{key: value for key, value in row.items() if value} for row in rows]
    assert [row.values for row in read.rows("lao_dong")] == filled
