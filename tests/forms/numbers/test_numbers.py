"""Identity numbers: what people type becomes one clean form, or is refused with the reason."""

import doctest
import importlib
import pkgutil
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import forms.numbers
from forms.numbers import (
    agency_code,
    citizen_id,
    dossier_number,
    health_card,
    hospital_code,
    household,
    phone,
    social_number,
    tax_code,
    unit_code,
)
from forms.numbers.faults import NumberFault

NUMBERS = [
    agency_code,
    citizen_id,
    dossier_number,
    health_card,
    hospital_code,
    household,
    phone,
    social_number,
    tax_code,
    unit_code,
]


def name_of(module: ModuleType) -> str:
    return module.__name__.rpartition(".")[2]


def fault_of(module: ModuleType, number: str) -> str:
    with pytest.raises(NumberFault) as fault:
        module.validate(number)
    return fault.value.code


@pytest.mark.parametrize("module", NUMBERS, ids=name_of)
def test_the_examples_in_the_description_are_true(module: ModuleType) -> None:
    result = doctest.testmod(module)
    assert result.attempted >= 3
    assert result.failed == 0


def test_no_number_is_left_untested() -> None:
    helpers = {"faults", "text"}
    modules = {found.name for found in pkgutil.iter_modules(forms.numbers.__path__)} - helpers
    assert modules == {name_of(module) for module in NUMBERS}
    for module in modules:
        found = importlib.import_module(f"forms.numbers.{module}")
        assert all(callable(getattr(found, job)) for job in ("compact", "validate", "format"))


@pytest.mark.parametrize("module", NUMBERS, ids=name_of)
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.text(max_size=30) | st.text("0123456789-/ .AZ", max_size=20))
def test_any_text_is_a_clean_number_or_refused(module: ModuleType, text: str) -> None:
    if module.is_valid(text):
        clean = module.validate(text)
        assert module.validate(clean) == clean
        assert module.validate(module.format(clean)) == clean
    else:
        assert fault_of(module, text) in {"format", "length", "part", "check_digit"}


@settings(deadline=None)
@given(st.text("0123456789", min_size=9, max_size=9))
def test_one_wrong_digit_of_a_tax_code_is_noticed(first_nine: str) -> None:
    digit = tax_code.check_digit(first_nine)
    if digit is None:
        assert not any(tax_code.is_valid(f"{first_nine}{last}") for last in range(10))
        return
    good = f"{first_nine}{digit}"
    assert tax_code.validate(good) == good
    for place in range(10):
        for other in set("0123456789") - {good[place]}:
            assert not tax_code.is_valid(good[:place] + other + good[place + 1 :])


@pytest.mark.parametrize(
    ("module", "number", "code"),
    [
        (tax_code, "9900000017", "check_digit"),
        (tax_code, "990000001", "length"),
        (tax_code, "9900000016-000", "part"),
        (tax_code, "99000000I6", "format"),
        (citizen_id, "079985000001", "part"),
        (citizen_id, "000185000001", "part"),
        (citizen_id, "07918500000", "length"),
        (citizen_id, "O79185000001", "format"),
        (citizen_id, "٠٧٩١٨٥٠٠٠٠٠١", "format"),
        (social_number, "990000001", "length"),
        (unit_code, "TÂ1234Z", "format"),
        (unit_code, "ZZ0001", "length"),
        (agency_code, "0790", "length"),
        (hospital_code, "7900", "length"),
        (hospital_code, "AA001", "format"),
        (health_card, "DN9799900000017", "part"),
        (health_card, "DN47999000000", "length"),
        (health_card, "D14799900000017", "format"),
        (phone, "0100000000", "part"),
        (phone, "09000000010", "length"),
        (household, "123", "length"),
        (dossier_number, "1/2026/07900", "format"),
        (dossier_number, "00001/1026/07900", "part"),
    ],
)
def test_a_refusal_says_why(module: ModuleType, number: str, code: str) -> None:
    assert fault_of(module, number) == code


@pytest.mark.parametrize(
    ("number", "year", "sex"),
    [
        ("001085000001", 1985, "1"),
        ("001185000001", 1985, "0"),
        ("001207000001", 2007, "1"),
        ("001307000001", 2007, "0"),
    ],
)
def test_a_citizen_id_tells_birth_year_and_sex(number: str, year: int, sex: str) -> None:
    assert (citizen_id.birth_year(number), citizen_id.sex(number)) == (year, sex)
    assert citizen_id.province(number) == "001"
    assert not citizen_id.is_old(number)


def test_branches_are_written_with_a_dash() -> None:
    assert tax_code.validate("9900000016 001") == "9900000016-001"


@pytest.mark.parametrize(
    "typed", ["+84900000001", "0084 900 000 001", "0900.000.001", "+840900000001"]
)
def test_phone_numbers_begin_with_zero(typed: str) -> None:
    assert phone.validate(typed) == "0900000001"
