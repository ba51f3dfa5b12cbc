"""Cells as people and spreadsheets write them, brought into canonical form."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.excel.cleaned import Cleaned, Raw, severity
from forms.excel.cleaning import clean_row, clean_typed, clean_value
from forms.excel.kinds import Kind
from forms.findings import Severity
from forms.model import Part, Row
from resources.messages import catalogue

LAYOUT = "vnpt-d02-tk1-2025-11"

UNDERSTOOD = [
    (Kind.TEXT, "  Cầm   Thử\u00a0Nghiệm \n", "Cầm Thử Nghiệm", "clean.spaces"),
    (Kind.TEXT, "Ca\u0302\u0300m Thử", "Cầm Thử", "clean.spaces"),
    (Kind.TEXT, "Cầm\u200b Thử", "Cầm Thử", "clean.spaces"),
    (Kind.TEXT, 12.0, "12", None),
    (Kind.TEXT, True, "TRUE", None),
    (Kind.CODE, "on", "ON", "clean.changed"),
    (Kind.CODE, 1.0, "1", None),
    (Kind.CODE_2, 1.0, "01", "clean.leading_zero"),
    (Kind.CODE_2, "79", "79", None),
    (Kind.CODE_5, 4609.0, "04609", "clean.leading_zero"),
    (Kind.CODE_5, 0.0, "", "clean.changed"),
    (Kind.CODE_5, "01k12", "01K12", "clean.changed"),
    (Kind.SOCIAL_NUMBER, 1234567890.0, "1234567890", None),
    (Kind.SOCIAL_NUMBER, 123456789.0, "0123456789", "clean.leading_zero"),
    (Kind.SOCIAL_NUMBER, 79195012345.0, "079195012345", "clean.leading_zero"),
    (Kind.SOCIAL_NUMBER, "01 2345 6789", "0123456789", "clean.changed"),
    (Kind.SOCIAL_NUMBER, "123456789", "123456789", None),
    (Kind.SOCIAL_NUMBER, "1234567890.0", "1234567890", "clean.changed"),
    (Kind.CODE_2, "1.0", "01", "clean.leading_zero"),
    (Kind.CITIZEN_ID, 79195012345.0, "079195012345", "clean.leading_zero"),
    (Kind.CITIZEN_ID, "79195012345", "079195012345", "clean.leading_zero"),
    (Kind.CITIZEN_ID, 1195012345.0, "001195012345", "clean.leading_zero"),
    (Kind.CITIZEN_ID, 9817654321.0, "9817654321", None),
    (Kind.CITIZEN_ID, 12345678.0, "012345678", "clean.leading_zero"),
    (Kind.CITIZEN_ID, "12345678", "12345678", None),
    (Kind.CITIZEN_ID, "c1234567", "C1234567", "clean.changed"),
    (Kind.CITIZEN_ID, "'079195012345", "079195012345", "clean.changed"),
    (Kind.HOUSEHOLD, 123.0, "123", None),
    (Kind.HOUSEHOLD, 123456789.0, "0123456789", "clean.leading_zero"),
    (Kind.PHONE, 912345678.0, "0912345678", "clean.leading_zero"),
    (Kind.PHONE, "+84 912.345.678", "0912345678", "clean.changed"),
    (Kind.PHONE, "0912345678", "0912345678", None),
    (Kind.MONEY, 5000000.0, "5000000", None),
    (Kind.MONEY, 0.0, "0", None),
    (Kind.MONEY, "12.500.000 đ", "12500000", "clean.changed"),
    (Kind.MONEY, "12,500,000", "12500000", "clean.changed"),
    (Kind.MONEY, "12 500 000 VNĐ", "12500000", "clean.changed"),
    (Kind.MONEY, "12.500.000,00", "12500000", "clean.changed"),
    (Kind.MONEY, "12,500,000.00", "12500000", "clean.changed"),
    (Kind.MONEY, 4999999.9999999, "5000000", "clean.changed"),
    (Kind.WAGE, 2.34, "2.34", None),
    (Kind.WAGE, "2,34", "2.34", "clean.changed"),
    (Kind.WAGE, "5.310.000", "5310000", "clean.changed"),
    (Kind.WAGE, "850.000", "850000", "clean.changed"),
    (Kind.WAGE, 5310000.0, "5310000", None),
    (Kind.COEFFICIENT, "0,70", "0.7", "clean.changed"),
    (Kind.COEFFICIENT, 0.1 + 0.2, "0.3", None),
    (Kind.PERCENT, "32,5", "32.5", "clean.changed"),
    (Kind.PERCENT, "32.5 %", "32.5", "clean.changed"),
    (Kind.PERCENT, 32.0, "32", None),
    (Kind.DATE, "010626", "01/06/2026", "clean.two_digit_year"),
    (Kind.DATE, "311299", "31/12/1999", "clean.two_digit_year"),
    (Kind.PARTIAL_DATE, "311290", "31/12/1990", "clean.two_digit_year"),
    (Kind.PARTIAL_DATE, "200110", "10/2001", "clean.changed"),
    (Kind.MONTH, "6/2026", "06/2026", "clean.changed"),
    (Kind.DATE, datetime.fromisoformat("2020-02-01"), "01/02/2020", None),
    (Kind.DATE, date(2020, 2, 1), "01/02/2020", None),
    (Kind.DATE, 43862.0, "01/02/2020", "clean.changed"),
    (Kind.DATE, "2020-02-01", "01/02/2020", "clean.changed"),
    (Kind.DATE, "2020-02-01T00:00:00", "01/02/2020", "clean.changed"),
    (Kind.DATE, "1/2/2020", "01/02/2020", "clean.changed"),
    (Kind.DATE, "1-2-20", "01/02/2020", "clean.two_digit_year"),
    (Kind.DATE, "01022020", "01/02/2020", "clean.changed"),
    (Kind.DATE, 1022020.0, "01/02/2020", "clean.changed"),
    (Kind.DATE, "20200201", "01/02/2020", "clean.changed"),
    (Kind.PARTIAL_DATE, 1990.0, "1990", None),
    (Kind.PARTIAL_DATE, date(1905, 6, 12), "1990", "clean.changed"),
    (Kind.PARTIAL_DATE, "5/1990", "05/1990", "clean.changed"),
    (Kind.PARTIAL_DATE, 5.1990, "05/1990", "clean.changed"),
    (Kind.PARTIAL_DATE, "1/1/90", "01/01/1990", "clean.two_digit_year"),
    (Kind.PARTIAL_DATE, "1/1/55", "01/01/1955", "clean.two_digit_year"),
    (Kind.PARTIAL_DATE, "05/55", "05/1955", "clean.two_digit_year"),
    (Kind.PARTIAL_DATE, 33000.0, "07/05/1990", "clean.changed"),
    (Kind.MONTH, "2/2019", "02/2019", "clean.changed"),
    (Kind.MONTH, "02-2019", "02/2019", "clean.changed"),
    (Kind.MONTH, "2019-02", "02/2019", "clean.changed"),
    (Kind.MONTH, "Tháng 2/2019", "02/2019", "clean.changed"),
    (Kind.MONTH, "T2/2019", "02/2019", "clean.changed"),
    (Kind.MONTH, datetime.fromisoformat("2019-02-01"), "02/2019", "clean.changed"),
    (Kind.MONTH, date(2019, 2, 15), "02/2019", "clean.month_from_date"),
    (Kind.MONTH, "15/02/2019", "02/2019", "clean.month_from_date"),
    (Kind.MONTH, "022019", "02/2019", "clean.changed"),
    (Kind.MONTH, 102019.0, "10/2019", "clean.changed"),
    (Kind.MONTH, 10.202, "10/2020", "clean.changed"),
    (Kind.MONTH, 43497.0, "02/2019", "clean.changed"),
    (Kind.FLAG, "x", "1", "clean.changed"),
    (Kind.FLAG, "X", "1", "clean.changed"),
    (Kind.FLAG, "Có", "1", "clean.changed"),
    (Kind.FLAG, "không", "0", "clean.changed"),
    (Kind.FLAG, 0.0, "0", None),
    (Kind.FLAG, True, "1", "clean.changed"),
    (Kind.SEX, "Nam", "1", "clean.changed"),
    (Kind.SEX, "NỮ", "0", "clean.changed"),
    (Kind.SEX, "nữ", "0", "clean.changed"),
    (Kind.SEX, 1.0, "1", None),
]

NOT_UNDERSTOOD = [
    (Kind.SOCIAL_NUMBER, "12A4567890", "12A4567890", "clean.not_digits"),
    (Kind.SOCIAL_NUMBER, "1.234E+11", "1.234E+11", "clean.digits_lost"),
    (Kind.SOCIAL_NUMBER, 1.234567890123456e18, "1.23456789012346e+18", "clean.digits_lost"),
    (Kind.SOCIAL_NUMBER, 1234567890.5, "1234567890.5", "clean.not_digits"),
    (Kind.CITIZEN_ID, "không nhớ", "không nhớ", "clean.not_digits"),
    (Kind.MONEY, "năm triệu", "năm triệu", "clean.not_a_number"),
    (Kind.MONEY, "1.2.3", "1.2.3", "clean.not_a_number"),
    (Kind.MONEY, date(2020, 2, 1), "01/02/2020", "clean.not_a_number"),
    (Kind.MONEY, 5333333.3333333, "5333333.3333333", "clean.money_fraction"),
    (Kind.MONEY, 333.333, "333.3330", "clean.money_fraction"),
    (Kind.MONEY, "12,5", "12,5", "clean.money_fraction"),
    (Kind.WAGE, "12.500", "12.500", "clean.ambiguous_number"),
    (Kind.WAGE, "12,500", "12,500", "clean.ambiguous_number"),
    (Kind.PERCENT, "cao", "cao", "clean.not_a_number"),
    (Kind.DATE, "31/02/2020", "31/02/2020", "clean.not_a_date"),
    (Kind.DATE, "hôm qua", "hôm qua", "clean.not_a_date"),
    (Kind.DATE, 1990.0, "1990", "clean.not_a_date"),
    (Kind.DATE, "01/02/0020", "01/02/0020", "clean.not_a_date"),
    (Kind.DATE, time(8, 30), "08:30", "clean.not_a_date"),
    (Kind.DATE, True, "TRUE", "clean.not_a_date"),
    (Kind.PARTIAL_DATE, "13/1990", "13/1990", "clean.not_a_date"),
    (Kind.PARTIAL_DATE, 51990.0, "51990", "clean.not_a_date"),
    (Kind.MONTH, "13/2019", "13/2019", "clean.not_a_month"),
    (Kind.MONTH, "tháng giêng", "tháng giêng", "clean.not_a_month"),
    (Kind.MONTH, 42019.0, "42019", "clean.not_a_month"),
    (Kind.MONTH, timedelta(hours=30), "1 day, 6:00:00", "clean.not_a_month"),
    (Kind.FLAG, "2", "2", "clean.not_a_flag"),
    (Kind.FLAG, "có thể", "có thể", "clean.not_a_flag"),
    (Kind.SEX, "x", "x", "clean.not_a_sex"),
    (Kind.SEX, True, "TRUE", "clean.not_a_sex"),
]

_STAYS_AS = {Kind.SEX_X_NU: Kind.SEX}
"""what was read from a column of crosses is a sex from then on"""

anything = st.one_of(
    st.text(max_size=30),
    st.text(alphabet="0123456789/.,-+ :'%đĐxTthángE\u00a0", max_size=14),
    st.text(alphabet="NguyÔn§øcaùïâäãôöñéO0l1²©·\u00adАО?", max_size=14),
    st.floats(allow_nan=True, allow_infinity=True),
    st.floats(min_value=0, max_value=10**13),
    st.integers(0, 10**13).map(float),
    st.integers(0, 80_000).map(float),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.none(),
)


@pytest.mark.parametrize(("kind", "raw", "value", "changed"), UNDERSTOOD)
def test_what_is_understood(kind: Kind, raw: Raw, value: str, changed: str | None) -> None:
    assert clean_value(kind, raw) == Cleaned(value, changed, None)


@pytest.mark.parametrize(("kind", "raw", "value", "fault"), NOT_UNDERSTOOD)
def test_what_is_not_understood_stays_as_typed(
    kind: Kind, raw: Raw, value: str, fault: str
) -> None:
    assert clean_value(kind, raw) == Cleaned(value, None, fault)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("raw", ["", " ", "\u00a0\n", None])
def test_an_empty_cell_is_nothing(kind: Kind, raw: Raw) -> None:
    assert clean_value(kind, raw) == Cleaned("")


@given(kind=st.sampled_from(Kind), raw=anything)
def test_cleaning_never_fails_and_cleaning_again_changes_nothing(kind: Kind, raw: Raw) -> None:
    once = clean_value(kind, raw)
    again = clean_value(_STAYS_AS.get(kind, kind), once.value)
    assert again.value == once.value
    assert again.changed_code is None
    if once.fault_code is None:
        assert again.fault_code is None


@given(kind=st.sampled_from(Kind), raw=anything)
def test_a_code_of_cleaning_has_its_words(kind: Kind, raw: Raw) -> None:
    cleaned = clean_value(kind, raw)
    for code in (cleaned.changed_code, cleaned.fault_code):
        assert code is None or code in catalogue()


@given(st.dates(min_value=date(1910, 1, 1), max_value=date(2099, 12, 31)))
def test_every_way_to_write_a_date_means_the_same(day: date) -> None:
    expected = f"{day:%d/%m/%Y}"
    for text in (f"{day:%d-%m-%Y}", f"{day:%d.%m.%Y}", f"{day:%Y-%m-%d}", f"{day.day}/{day:%m/%Y}"):
        assert clean_value(Kind.DATE, text).value == expected
        assert clean_value(Kind.PARTIAL_DATE, text).value == expected
        assert clean_value(Kind.MONTH, text).value == expected[3:]


@given(st.integers(0, 10**12))
def test_every_way_to_group_money_means_the_same(amount: int) -> None:
    grouped = f"{amount:,}"
    for text in (grouped, grouped.replace(",", "."), grouped.replace(",", " "), f"{amount} đồng"):
        assert clean_value(Kind.MONEY, text).value == str(amount)


def test_only_what_cannot_be_understood_stops_the_dossier() -> None:
    assert severity("clean.leading_zero") is Severity.INFO
    assert severity("clean.two_digit_year") is Severity.WARNING
    assert severity("clean.not_a_date") is Severity.ERROR


def test_text_typed_in_the_window_goes_the_same_way() -> None:
    assert clean_typed(LAYOUT, Part.LAO_DONG, "tu_thang", "2/2026").value == "02/2026"
    assert clean_typed(LAYOUT, Part.PHU_LUC, "gioi_tinh", "Nữ").value == "0"
    assert clean_typed(LAYOUT, Part.LAO_DONG, "khong_co_cot", " a ").value == "a"


def test_an_edited_row_is_cleaned_whole() -> None:
    row, findings = clean_row(
        LAYOUT,
        Part.LAO_DONG,
        Row(7, {"ho_ten": "Cầm Thử", "tu_thang": "2/2026", "ngay_sinh": "mai", "ghi_chu": " "}),
    )
    assert row == Row(7, {"ho_ten": "Cầm Thử", "tu_thang": "02/2026", "ngay_sinh": "mai"})
    assert [(found.code, found.row, found.field) for found in findings] == [
        ("clean.changed", 7, "tu_thang"),
        ("clean.not_a_date", 7, "ngay_sinh"),
    ]
    assert findings[0].params == {"before": "2/2026", "after": "02/2026"}
