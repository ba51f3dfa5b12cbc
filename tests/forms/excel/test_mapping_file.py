"""A file of columns: written, read back, and every mistake in it named with its line."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.excel.letters import to_letters
from forms.excel.mapping import ColumnGuess, ColumnMapping, SheetGuess
from forms.excel.mapping_file import (
    check_mapping,
    field_keys,
    field_titles,
    mapping_of,
    parse_mapping,
    read_mapping,
    written_mapping,
)
from resources.faults import DataFault, SurroundingsFault
from resources.messages import text as words

GOOD = """
sheet = "Lương"
header_row = 5
first_data_row = 6

[columns]
B = "ho_ten"
C = "ho_ten"
E = "cccd"
"""


def test_a_good_file() -> None:
    mapping = parse_mapping(GOOD)
    assert (mapping.sheet, mapping.header_row, mapping.first_data_row) == ("Lương", 5, 6)
    assert list(mapping.columns.items()) == [("B", "ho_ten"), ("C", "ho_ten"), ("E", "cccd")]


def test_small_letters_are_columns_too() -> None:
    assert "E" in parse_mapping(GOOD.replace('E = "', 'e = "')).columns


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ('E = "cccd"', 'E = "luong_thuong"', "mapping.unknown_field", 9),
        ('E = "cccd"', "E = 5", "mapping.unknown_field", 9),
        ('E = "cccd"', 'B = "cccd"', "mapping.letter_twice", 9),
        ('E = "cccd"', 'b = "cccd"', "mapping.letter_twice", 9),
        ('E = "cccd"', 'E1 = "cccd"', "mapping.not_letters", 9),
        ('E = "cccd"', 'E = "cccd"\nF = "cccd"', "mapping.field_twice", 10),
        ('E = "cccd"', "E = cccd", "mapping.not_toml", 9),
        ('sheet = "Lương"', "sheet = 7", "mapping.bad_value", 2),
        ("header_row = 5", 'header_row = "năm"', "mapping.bad_value", 3),
        ("header_row = 5", "header_row = true", "mapping.bad_value", 3),
        ("first_data_row = 6", "first_data_row = 0", "mapping.bad_value", 4),
        ("first_data_row = 6", "first_data_row = 5", "mapping.rows", 4),
        ("header_row = 5", "header_row = 5\ncolour = 1", "mapping.unknown_key", 4),
        ("[columns]", "[cot]", "mapping.unknown_key", 6),
    ],
)
def test_each_mistake_is_one_fault_that_names_its_line(
    old: str, new: str, code: str, line: int
) -> None:
    with pytest.raises(DataFault) as caught:
        parse_mapping(GOOD.replace(old, new))
    assert (caught.value.code, caught.value.params.get("line")) == (code, line)
    assert str(line) in words(code, **caught.value.params)


@pytest.mark.parametrize("key", ["sheet", "header_row", "first_data_row"])
def test_what_is_missing_is_named(key: str) -> None:
    lines = [line for line in GOOD.splitlines() if not line.startswith(f"{key} ")]
    with pytest.raises(DataFault) as caught:
        parse_mapping("\n".join(lines))
    assert (caught.value.code, caught.value.params["key"]) == ("mapping.key_missing", key)


def test_columns_must_be_a_table() -> None:
    with pytest.raises(DataFault) as caught:
        parse_mapping('sheet = "A"\nheader_row = 1\nfirst_data_row = 2\ncolumns = "B"')
    assert caught.value.code == "mapping.key_missing"


def test_somebody_must_be_named() -> None:
    with pytest.raises(DataFault) as caught:
        parse_mapping(GOOD.replace("ho_ten", "email").replace("cccd", "ghi_chu"))
    assert caught.value.code == "mapping.nobody"


def test_a_mapping_from_the_screen_is_checked_alike() -> None:
    good = parse_mapping(GOOD)
    check_mapping(good)
    bad = ColumnMapping(sheet="A", header_row=1, first_data_row=2, columns={"A": "không có"})
    with pytest.raises(DataFault, match="unknown_field"):
        check_mapping(bad)
    with pytest.raises(DataFault, match="rows"):
        check_mapping(ColumnMapping(sheet="A", header_row=2, first_data_row=2, columns={}))


def test_reading_the_file(tmp_path: Path) -> None:
    path = tmp_path / "cot.toml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    assert read_mapping(path) == parse_mapping(GOOD)


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"\xff\xfe\x00", "mapping.not_text"), (b"#" * 300_000, "mapping.not_text")],
)
def test_what_is_no_such_file(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "cot.toml"
    path.write_bytes(content)
    with pytest.raises(DataFault) as caught:
        read_mapping(path)
    assert caught.value.code == code


def test_a_file_that_is_not_there_or_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(DataFault, match=r"mapping\.missing_file"):
        read_mapping(tmp_path / "no.toml")
    with pytest.raises(SurroundingsFault, match=r"mapping\.cannot_read"):
        read_mapping(tmp_path)


_TEXT_KEYS = ["ghi_chu", "chuc_vu", "noi_lam_viec"]


@given(
    st.text(min_size=1, max_size=31),
    st.integers(1, 40),
    st.lists(st.integers(2, 700), unique=True, max_size=8),
    st.lists(st.text(max_size=20), min_size=9, max_size=9),
)
def test_what_is_written_is_read_back(
    sheet: str, row: int, numbers: list[int], titles: list[str]
) -> None:
    columns = {"A": "ho_ten"}
    columns |= {to_letters(number): _TEXT_KEYS[number % 3] for number in numbers}
    mapping = ColumnMapping(sheet=sheet, header_row=row, first_data_row=row + 1, columns=columns)
    headings = dict(zip([*columns, "ZZZ"], titles, strict=False))
    text = written_mapping(mapping, headings, ["Một dòng", "# và một dòng nữa"])
    assert parse_mapping(text) == mapping
    assert list(parse_mapping(text).columns) == list(columns)


def test_columns_that_are_not_read_stand_ready_to_be_filled_in() -> None:
    guess = SheetGuess(
        sheet="A",
        header_row=1,
        first_data_row=2,
        rows=1,
        columns=(
            ColumnGuess(column="A", heading="Họ tên", field="ho_ten", confidence=1.0),
            ColumnGuess(column="B", heading="Thưởng\nTết", field=None, confidence=0.0),
        ),
    )
    headings = {each.column: each.heading for each in guess.columns}
    text = written_mapping(mapping_of(guess), headings)
    assert 'A = "ho_ten"  # Họ tên' in text
    assert '# B = ""  # Thưởng Tết' in text


def test_the_fields_are_those_of_our_own_template() -> None:
    assert {"ho_ten", "tien_luong", "so_tai_khoan", "dia_chi_tt"} <= set(field_keys())


def test_every_field_has_a_title_of_its_own_in_english() -> None:
    vietnamese, english = field_titles("vi"), field_titles("en")
    assert english.keys() == vietnamese.keys()
    assert [key for key, title in english.items() if title == vietnamese[key]] == []
    assert english["phuong_an"] == "Movement, code"
