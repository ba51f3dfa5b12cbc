"""Damaged cells of every kind that is met, with exactly what is read and what is said.

Each stands in a row of somebody and goes through the reader; the findings must be these and no
others, each with its cell, what stood there and what it became.
"""

from datetime import date

import pytest

from forms.excel.cleaned import Raw
from forms.findings import Finding, Severity
from tests.fakes.sheets import SHEET, person, read_sheet

INFO, WARNING, ERROR = Severity.INFO, Severity.WARNING, Severity.ERROR

UNTOUCHED = [
    ("text", "Nguyễn Thử Nghiệm"),
    ("text", "Hoà"),
    ("text", "Lê Thử"),
    ("text", "Müller"),
    ("text", "José Café"),
    ("text", "5 m²"),
    ("text", "© 2026 · ®"),
    ("text", "Tăng mới, HĐLĐ số 12/HĐLĐ"),
    ("text", "Đăk Plô"),
    ("text", "Иван Петров"),
    ("name", "H'Thử Niê"),
    ("name", "Y Thử"),
    ("citizen_id", "B1234567"),
    ("date", "25/12/2020"),
    ("partial_date", "1990"),
    ("money", "12500000"),
    ("percent", "32.5"),
]

CHANGED = [
    # zeros that a number cell lost
    ("citizen_id", 1195012345.0, "001195012345", "clean.leading_zero", INFO),
    ("citizen_id", 79195012345.0, "079195012345", "clean.leading_zero", INFO),
    ("social_number", 123456789.0, "0123456789", "clean.leading_zero", INFO),
    ("household", 123456789.0, "0123456789", "clean.leading_zero", INFO),
    ("phone", 912345678.0, "0912345678", "clean.leading_zero", INFO),
    ("code_2", 1.0, "01", "clean.leading_zero", INFO),
    ("code_5", 4609.0, "04609", "clean.leading_zero", INFO),
    # dates in every order
    ("date", "15-2-1990", "15/02/1990", "clean.changed", INFO),
    ("date", "15.02.1990", "15/02/1990", "clean.changed", INFO),
    ("date", "15,02,1990", "15/02/1990", "clean.changed", INFO),
    ("date", "15\\02\\1990", "15/02/1990", "clean.changed", INFO),
    ("date", "15 / 02 / 1990", "15/02/1990", "clean.changed", INFO),
    ("date", "1990-02-15", "15/02/1990", "clean.changed", INFO),
    ("date", "1990/2/15", "15/02/1990", "clean.changed", INFO),
    ("date", "1990-02-15T08:30:00+07:00", "15/02/1990", "clean.changed", INFO),
    ("date", "15/02/1990 12:00:00 AM", "15/02/1990", "clean.changed", INFO),
    ("date", "15 tháng 02 năm 1990", "15/02/1990", "clean.changed", INFO),
    ("date", "ngày 15 tháng 2 năm 90", "15/02/1990", "clean.two_digit_year", WARNING),
    ("date", "15-Feb-1990", "15/02/1990", "clean.changed", INFO),
    ("date", "15/2/90", "15/02/1990", "clean.two_digit_year", WARNING),
    ("date", "02/15/1990", "15/02/1990", "clean.month_first", WARNING),
    ("date", 44927.0, "01/01/2023", "clean.changed", INFO),
    ("date", "44927", "01/01/2023", "clean.date_number", WARNING),
    ("date", 19900201.0, "01/02/1990", "clean.changed", INFO),
    ("date", "01021990", "01/02/1990", "clean.changed", INFO),
    ("date", 1021990.0, "01/02/1990", "clean.changed", INFO),
    # births of which only a part is known
    ("partial_date", "2/1990", "02/1990", "clean.changed", INFO),
    ("partial_date", "??/02/1990", "02/1990", "clean.changed", INFO),
    ("partial_date", "00/02/1990", "02/1990", "clean.changed", INFO),
    ("partial_date", "00/00/1990", "1990", "clean.changed", INFO),
    ("partial_date", "xx/xx/1990", "1990", "clean.changed", INFO),
    ("partial_date", "Sinh năm 1990", "1990", "clean.changed", INFO),
    ("partial_date", 2.199, "02/1990", "clean.changed", INFO),
    ("partial_date", date(1905, 6, 12), "1990", "clean.changed", INFO),
    # money and rates
    ("money", "12.500.000 đ", "12500000", "clean.changed", INFO),
    ("money", "12,500,000", "12500000", "clean.changed", INFO),
    ("money", "12 500 000 VNĐ", "12500000", "clean.changed", INFO),
    ("money", "VNĐ 12.500.000", "12500000", "clean.changed", INFO),
    ("money", "12.500.000 đ/tháng", "12500000", "clean.changed", INFO),
    ("money", "12\u00a0500\u00a0000", "12500000", "clean.changed", INFO),
    ("money", "12.5tr", "12500000", "clean.money_words", WARNING),
    ("wage", "12,5 triệu", "12500000", "clean.money_words", WARNING),
    ("wage", "12tr5", "12500000", "clean.money_words", WARNING),
    ("money", "500k", "500000", "clean.money_words", WARNING),
    ("percent", "32%", "32", "clean.changed", INFO),
    ("percent", "32,5%", "32.5", "clean.changed", INFO),
    # spaces and letters
    ("text", " Cầm\u00a0 Thử\t", "Cầm Thử", "clean.spaces", INFO),
    ("text", "Cầm\u200b\nThử", "Cầm Thử", "clean.spaces", INFO),
    ("text", "Ca\u0302\u0300m", "Cầm", "clean.spaces", INFO),
    ("text", "Ca\u0300\u0302m", "Cầm", "clean.spaces", INFO),
    ("text", "Ðặng Thử", "Đặng Thử", "clean.look_alike", INFO),
    ("text", "Cầm Thử А", "Cầm Thử A", "clean.look_alike", INFO),
    ("code", "ТМ", "TM", "clean.look_alike", INFO),
    ("money", "１２５００", "12500", "clean.look_alike", INFO),
    ("text", "NguyÔn ThÞ Thö", "Nguyễn Thị Thử", "clean.old_font", INFO),
    ("text", "Tr\u00ad¬ng", "Trương", "clean.old_font", INFO),
    ("text", "NGUYÔN V¡N THö", "NGUYỄN VĂN THỬ", "clean.old_font", INFO),
    ("text", "Nguyeãn Vaên Thöû", "Nguyễn Văn Thử", "clean.old_font", INFO),
    ("text", "ÑAËNG VAÊN THÖÛ", "ĐẶNG VĂN THỬ", "clean.old_font", INFO),
    ("sex", "N÷", "0", "clean.old_font", INFO),
    ("name", "NGUYỄN THỬ A", "Nguyễn Thử A", "clean.name_in_capitals", INFO),
    ("name", "H'THỬ NIÊ", "H'Thử Niê", "clean.name_in_capitals", INFO),
    # choices
    ("sex", "Nam", "1", "clean.changed", INFO),
    ("sex", "NU", "0", "clean.changed", INFO),
    ("sex", "Gái", "0", "clean.changed", INFO),
    ("sex", "Trai", "1", "clean.changed", INFO),
    ("sex", "F", "0", "clean.changed", INFO),
    ("sex_x_nu", "x", "0", "clean.changed", INFO),
    ("sex_x_nu", 1.0, "0", "clean.changed", INFO),
    ("flag", "✓", "1", "clean.changed", INFO),
    ("flag", "Yes", "1", "clean.changed", INFO),
    ("flag", "Không có", "0", "clean.changed", INFO),
    # nothing
    ("text", "-", "", "clean.nothing_said", INFO),
    ("text", "#N/A", "", "clean.nothing_said", INFO),
    ("phone", "Không có", "", "clean.nothing_said", INFO),
    ("citizen_id", "chưa có", "", "clean.nothing_said", INFO),
    ("date", "không", "", "clean.nothing_said", INFO),
    ("money", "n/a", "", "clean.nothing_said", INFO),
]

AS_TYPED = [
    # what cannot be understood
    ("date", "31/02/2020", "clean.not_a_date", ERROR, ""),
    ("date", "sau Tết", "clean.not_a_date", ERROR, ""),
    ("date", "??/02/1990", "clean.not_a_date", ERROR, ""),
    ("partial_date", 51990.0, "clean.not_a_date", ERROR, ""),
    ("money", "năm triệu", "clean.not_a_number", ERROR, ""),
    ("money", "12.500 triệu", "clean.not_a_number", ERROR, ""),
    ("wage", "12.500", "clean.ambiguous_number", ERROR, ""),
    ("money", "12500000.5", "clean.money_fraction", ERROR, ""),
    ("money", "#REF!", "clean.error_text", ERROR, ""),
    ("text", "#VALUE!", "clean.error_text", ERROR, ""),
    ("flag", "có thể", "clean.not_a_flag", ERROR, ""),
    ("sex", "x", "clean.not_a_sex", ERROR, ""),
    ("social_number", "1,2E+9", "clean.digits_lost", ERROR, ""),
    ("name", "Nguy?n Thử", "clean.letters_lost", ERROR, ""),
    # what is only proposed
    ("money", "1.25E+7", "clean.digits_lost", ERROR, "12500000"),
    ("citizen_id", "O79195012345", "clean.letter_for_digit", ERROR, "079195012345"),
    ("social_number", "0l23456789", "clean.letter_for_digit", ERROR, "0123456789"),
    ("phone", "09I2345678", "clean.letter_for_digit", ERROR, "0912345678"),
    ("money", "12.5OO.OOO", "clean.letter_for_digit", ERROR, "12500000"),
    ("date", "O1/02/1990", "clean.letter_for_digit", ERROR, "01/02/1990"),
    ("percent", 0.32, "clean.percent_fraction", WARNING, "32"),
    ("name", "cầm thử a", "clean.name_in_small", INFO, "Cầm Thử A"),
]


def test_the_corpus_is_large() -> None:
    assert len(UNTOUCHED) + len(CHANGED) + len(AS_TYPED) >= 100


@pytest.mark.parametrize(("kind", "raw"), UNTOUCHED)
def test_a_good_cell_stays_and_nothing_is_said(kind: str, raw: Raw) -> None:
    rows, findings = read_sheet(person(raw), kind=kind)
    assert rows[0].get("o") == raw
    assert findings == ()


@pytest.mark.parametrize(("kind", "raw", "value", "code", "severity"), CHANGED)
def test_a_changed_cell_says_what_it_was(
    kind: str, raw: Raw, value: str, code: str, severity: Severity
) -> None:
    rows, findings = read_sheet(person(raw), kind=kind)
    assert rows[0].get("o") == value
    assert [_place(found) for found in findings] == [(code, severity, SHEET, 2, "E", "o")]
    assert findings[0].params["after"] == value
    assert findings[0].params["before"]


@pytest.mark.parametrize(("kind", "raw", "code", "severity", "proposed"), AS_TYPED)
def test_a_cell_that_is_not_understood_stays_as_typed(
    kind: str, raw: Raw, code: str, severity: Severity, proposed: str
) -> None:
    rows, findings = read_sheet(person(raw), kind=kind)
    before = raw if isinstance(raw, str) else f"{raw:g}"
    assert rows[0].get("o") == before
    assert [_place(found) for found in findings] == [(code, severity, SHEET, 2, "E", "o")]
    params = {"before": before, "after": before} | ({"proposed": proposed} if proposed else {})
    assert findings[0].params == params


def _place(found: Finding) -> tuple[str, Severity, str | None, int | None, str | None, str | None]:
    return found.code, found.severity, found.sheet, found.row, found.column, found.field
