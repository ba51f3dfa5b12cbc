"""The calculators understand what is typed in any usual way and name their grounds."""

from datetime import date

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.ui import texts
from desktop.ui.calculator.presenter import (
    CALCULATORS,
    Answer,
    Calculator,
    Wrong,
    answer,
    choice_words,
    first_values,
)
from desktop.ui.calculator.view import CalculatorView
from desktop.ui.main_window import MainWindow
from desktop.ui.tools.view import ToolsView
from desktop.ui.widgets.why import WhyDialog
from forms.model import Period
from resources.messages import LANGUAGES
from tests.desktop.ui.conftest import at_rest

BY_KEY = {each.key: each for each in CALCULATORS}


def told(key: str, **typed: str) -> Answer:
    found = answer(BY_KEY[key], typed)
    assert isinstance(found, Answer)
    return found


def test_a_month_of_fifteen_million() -> None:
    """32 % of 15.000.000 đ (domain rules §1)."""
    found = told("pay", month="11/26", region="1", wage="15.000.000 đ", allowance="")
    assert "4.800.000 đ" in found.headline
    assert any("Luật" in line or "NĐ" in line for line in found.sources)


def test_lateness_by_the_day() -> None:
    """0,03 % a day of 100.000.000 đ for 10 days (Luật 41/2024, Điều 40)."""
    found = told("late", principal="100000000", due="31/10/2026", paid="10/11/2026")
    assert "300.000 đ" in found.headline
    assert "10 ngày" in found.headline


def test_the_month_after_is_when_money_is_due() -> None:
    assert "31/12/2026" in told("due", month="11/2026", cycle="1").headline


def test_when_somebody_may_retire() -> None:
    found = told("retire", sex="M", born="05/02/1966")
    assert found.lines


@pytest.mark.parametrize("calculator", CALCULATORS, ids=lambda each: each.key)
def test_nothing_is_said_before_everything_is_typed(calculator: Calculator) -> None:
    assert answer(calculator, {}) is None


def test_a_day_that_is_none_is_said_at_its_field() -> None:
    found = answer(BY_KEY["late"], {"principal": "1", "due": "31/02/2026", "paid": "1/3/2026"})
    assert isinstance(found, Wrong)
    assert found.key == "due"
    assert "31/02/2026" in found.text


def test_a_month_without_a_rule_is_said() -> None:
    found = answer(
        BY_KEY["pay"], {"month": "01/1950", "region": "1", "wage": "5000000", "allowance": ""}
    )
    assert isinstance(found, Wrong)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_choice_has_words(lang: str) -> None:
    texts.use_language(lang)
    try:
        said = [
            choice_words(calculator, field, value)
            for calculator in CALCULATORS
            for field in calculator.fields
            for value in field.choices
        ]
    finally:
        texts.use_language("vi")
    assert all(said)


def test_the_fields_begin_with_what_is_known() -> None:
    first = first_values(BY_KEY["pay"], month=Period(2026, 11), region=3, today=date(2026, 11, 22))
    assert (first["month"], first["region"], first["wage"]) == ("11/2026", "3", "")


def test_the_answer_follows_the_typing_and_stays(qtbot: QtBot, window: MainWindow) -> None:
    window.go("calculator", "pay")
    at_rest(qtbot, window)
    page = window.pages["calculator"]
    assert isinstance(page, CalculatorView)
    wage = page.panes["pay"].fields["wage"]
    assert isinstance(wage, QLineEdit)
    qtbot.keyClicks(wage, "15.000.000")
    assert "4.800.000 đ" in page.panes["pay"].headline.text()
    window.go("home")
    window.go("calculator")
    assert wage.text() == "15.000.000"


def test_the_tools_lead_there(qtbot: QtBot, window: MainWindow) -> None:
    window.go("tools")
    page = window.page
    assert isinstance(page, ToolsView)
    page.buttons["calculator"].click()
    assert window.current == "calculator"


@pytest.mark.parametrize(
    ("key", "typed", "said"),
    [
        ("pay", {"wage": "13000000", "allowance": ""}, "14 % × 13.000.000 đ = 1.820.000 đ"),
        ("pay", {"wage": "60000000", "allowance": ""}, "50.600.000 đ (lương cao hơn trần"),
        ("pay", {"wage": "1000000", "allowance": ""}, "(lương thấp hơn sàn"),
        ("late", {}, "100.000.000 đ × 0,03 % mỗi ngày × 10 ngày = 300.000 đ"),
        ("due", {"cycle": "3"}, "kỳ kết thúc tháng 12/2026, tiền nộp chậm nhất 31/01/2027"),
        ("retire", {}, "62 tuổi 0 tháng"),
    ],
    ids=["pay", "above the cap", "below the floor", "late", "due", "retire"],
)
def test_every_answer_says_how_it_was_reckoned(key: str, typed: dict[str, str], said: str) -> None:
    usual = {"month": "10/2026", "region": "1", "sex": "M", "born": "05/02/1970"}
    late = {"principal": "100000000", "due": "30/11/2026", "paid": "10/12/2026"}
    found = answer(BY_KEY[key], {**usual, **late, **typed})
    assert isinstance(found, Answer)
    assert said in "\n".join(found.ground.lines)
    assert found.ground.sources == found.sources


def test_why_opens_beside_the_answer(qtbot: QtBot, window: MainWindow) -> None:
    window.go("calculator", "due")
    at_rest(qtbot, window)
    page = window.pages["calculator"]
    assert isinstance(page, CalculatorView)
    page.panes["due"].why.click()
    told = page.findChild(WhyDialog)
    assert told is not None
    assert "đóng 1 tháng một lần" in told.text.text()
    assert "Điều 34" in told.source.text()
    told.close()
