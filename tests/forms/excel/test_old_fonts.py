"""Old fonts: both tables both ways, and never a good Unicode text touched."""

import csv
import tomllib
from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.excel.cleaning import clean_value
from forms.excel.kinds import Kind
from forms.excel.old_fonts import OldFont, decoded, encoded
from forms.excel.old_fonts_evidence import may_read_otherwise, old_reading, other_readings
from forms.excel.syllables import is_plausible, is_syllable
from resources import read_text

PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,-/'()"


@cache
def practice_names() -> tuple[str, ...]:
    parts = tomllib.loads(read_text("practice/names.toml"))
    return tuple(
        f"{family} {middle} {given_name}"
        for family in parts["all"]["families"]
        for sex in ("male", "female")
        for middle in parts[sex]["middle"]
        for given_name in parts[sex]["given"]
    )


@cache
def communes() -> tuple[str, ...]:
    lines = (line for line in read_text("codes/xa.csv").splitlines() if line[:1] != "#")
    return tuple(row["name"] for row in csv.DictReader(lines))


def texts() -> Iterator[str]:
    yield from practice_names()
    yield from communes()


def test_no_name_and_no_commune_in_unicode_is_touched() -> None:
    assert [text for text in texts() if old_reading(text)] == []
    assert [text for text in texts() if clean_value(Kind.TEXT, text).value != text] == []


def test_every_name_is_plausible() -> None:
    assert [name for name in practice_names() if not is_plausible(name)] == []


@pytest.mark.parametrize("font", OldFont)
def test_every_name_and_commune_comes_back_from_the_font(font: OldFont) -> None:
    wrong = [text for text in texts() if decoded(encoded(text, font) or "", font) != text]
    assert wrong == (["Xã SRó"] if font is OldFont.TCVN3 else [])


@pytest.mark.parametrize("font", OldFont)
def test_a_cell_in_the_font_is_converted_rightly_or_asked_and_never_wrongly(font: OldFont) -> None:
    converted = 0
    for text in texts():
        cell = encoded(text, font)
        assert cell is not None
        reading = old_reading(cell)
        if reading is not None:
            assert reading == (text, font)
            converted += 1
        elif cell not in (text, "X· SRã"):
            assert cell.isascii() or (text, font) in other_readings(cell)
    assert converted > 0.95 * (len(practice_names()) + len(communes()))


@pytest.mark.parametrize("font", OldFont)
def test_a_font_of_capitals_gives_capitals(font: OldFont) -> None:
    assert old_reading(encoded("NGUYỄN VĂN THỬ", font) or "") == ("NGUYỄN VĂN THỬ", font)


@given(st.text(alphabet=PLAIN))
def test_plain_letters_are_never_in_an_old_font(text: str) -> None:
    assert old_reading(text) is None
    assert other_readings(text) == []
    assert [decoded(text, font) for font in OldFont] == [text, text]


@given(st.lists(st.sampled_from(communes()), min_size=1, max_size=3).map(", ".join))
def test_what_reads_well_is_never_touched(text: str) -> None:
    assert old_reading(text) is None


@given(st.text(alphabet=[chr(code) for code in range(0x20, 0x100)] + list(PLAIN)))
def test_what_was_converted_is_not_converted_again(text: str) -> None:
    if reading := old_reading(text):
        assert old_reading(reading[0]) is None


@pytest.mark.parametrize(
    "text",
    ["Müller", "José", "Café", "São Paulo", "Zürich", "René", "Peña", "François", "Noël", "Malmö",
     "5 m²", "A · B", "© 2020", "ABC®", "«Thử»", "½ tháng", "§ 5", "30°"],
)  # fmt: skip
def test_names_and_signs_of_others_stay(text: str) -> None:
    assert old_reading(text) is None


@pytest.mark.parametrize("text", ["Lê", "Hoà", "Phan Minh Nói"])
def test_what_reads_well_both_ways_is_only_a_question(text: str) -> None:
    assert old_reading(text) is None
    assert other_readings(text)


@pytest.mark.parametrize("word", ["nguyễn", "hoà", "hòa", "quỳnh", "giếng", "ước", "thuý", "thúy"])
def test_a_syllable_is_known(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["nguyôn", "hòá", "bòan", "cât", "müller", "đ", "ththa", ""])
def test_what_is_no_syllable(word: str) -> None:
    assert not is_syllable(word)


def test_what_the_font_cannot_write() -> None:
    assert encoded("Иван", OldFont.VNI) is None
    assert decoded("Иван", OldFont.TCVN3) is None
    assert decoded("Müß", OldFont.VNI) is None


def _is_foreseen(text: str) -> bool:
    return may_read_otherwise(text) or not other_readings(text)


@pytest.mark.parametrize("font", OldFont)
def test_no_question_is_missed_by_the_quick_look(font: OldFont) -> None:
    assert all(_is_foreseen(text) and _is_foreseen(encoded(text, font) or "") for text in texts())


@given(
    st.lists(st.sampled_from(["Lê", "Hoà", "Thôn", "tháng", "Müller", "Noël", "A1", "\xa0", "©"]))
)
def test_no_question_about_words_side_by_side_is_missed(words: list[str]) -> None:
    assert _is_foreseen(" ".join(words))
    assert _is_foreseen("".join(words))


@given(st.text(alphabet=[chr(code) for code in range(0x20, 0x100)] + list("‘’“”–…")))
def test_no_question_about_any_letters_is_missed(text: str) -> None:
    assert _is_foreseen(text)
