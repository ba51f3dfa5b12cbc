"""«Tại sao?» beside the figures: what they are made of, and the law behind them."""

from dataclasses import replace
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from desktop.services.home import UnitMonth
from desktop.ui.home.presenter import HomePresenter
from desktop.ui.home.view import HomeView
from desktop.ui.main_window import MainWindow
from desktop.ui.month.lines import Decisions
from desktop.ui.month.presenter import MonthPresenter
from desktop.ui.month.view import MonthView
from desktop.ui.month.why import MOST_LINES, of_month, of_movement
from desktop.ui.sign.summary import wage_ground
from desktop.ui.sign.view import SignView
from desktop.ui.widgets.why import WhyDialog
from forms.model import Period
from forms.months.figures import MonthFigures
from forms.months.model import Cost
from forms.rules.dated import Confidence, Source
from forms.rules.persons import Fund
from tests.desktop.ui.conftest import at_rest
from tests.fakes.months_api import movement, proposal
from tests.fakes.services import PERIOD, FakeServices, draft, row

LAW = Source(
    table="rates",
    key="standard",
    valid_from=PERIOD,
    document="Luật 41/2024/QH15",
    article="Điều 33",
    confidence=Confidence.CERTAIN,
)
MORE = Cost(employer=2_000_000, employee=1_000_000, sources=(LAW,))


def month_of(period: Period, unknown: int = 0) -> MonthFigures:
    return MonthFigures(
        period=period,
        people=60,
        on_leave=2,
        wages=600_000_000,
        funds={Fund.HTTT: 132_000_000, Fund.BHTN: 12_000_000},
        unknown=unknown,
    )


def test_the_figures_of_home_say_what_is_counted_and_what_is_not() -> None:
    ground = HomePresenter.why_figures(month_of(PERIOD, unknown=3), region=1)
    said = "\n".join(ground.lines)
    assert "60 người đang đóng" in said
    assert "Không đếm 2 người nghỉ" in said
    assert "144.000.000 đ, cả đơn vị và người lao động: hưu trí, tử tuất 132.000.000 đ" in said
    assert "cao nhất 50.600.000 đ; BHTN cao nhất 106.200.000 đ" in said
    assert "3 người chưa tính được" in said
    assert any("NĐ 293/2025" in source for source in ground.sources)


def test_a_month_before_all_rules_has_figures_without_bounds() -> None:
    ground = HomePresenter.why_figures(month_of(Period(1950, 1)), region=1)
    assert ground.sources == ()
    assert not any("căn cứ đóng" in line for line in ground.lines)


def test_the_due_date_says_what_a_day_after_it_costs() -> None:
    month = UnitMonth(
        unit_code="ZZ0001Z",
        period=Period(2026, 10),
        today=date(2026, 11, 22),
        due=date(2026, 11, 30),
        steps=(),
    )
    ground = HomePresenter.why_due(month)
    assert "30/11/2026" in ground.lines[0]
    assert "0,03 %" in ground.lines[1]
    assert len(ground.sources) == 2


@pytest.mark.parametrize(
    ("cost", "said"),
    [
        (MORE, "Là số phải đóng sau thay đổi trừ số phải đóng trước thay đổi"),
        (None, "số tiền giữ nguyên"),
        (Cost(employer=0, employee=0, unknown="months.cost.wage"), "lương"),
    ],
    ids=["known", "no change", "not known"],
)
def test_a_movement_says_what_its_cost_is(
    services: FakeServices, cost: Cost | None, said: str
) -> None:
    one = replace(movement(1, "Trần Văn Gió", "TM"), cost=cost)
    ground = of_movement(MonthPresenter(services), one)
    assert said in "\n".join(ground.lines)
    assert bool(ground.sources) == bool(cost and cost.sources)


def test_the_months_total_names_its_movements_and_counts_the_rest(services: FakeServices) -> None:
    many = tuple(
        movement(number, f"Mây Số {number}", "TM", cost=MORE) for number in range(MOST_LINES + 2)
    )
    unknown = Cost(employer=0, employee=0, unknown="months.cost.wage")
    nobody = movement(99, "Gió Lạ", "TM", cost=unknown)
    decisions = Decisions(proposal((*many, nobody)))
    ground = of_month(MonthPresenter(services), decisions)
    said = "\n".join(ground.lines)
    assert "51.000.000 đ" in ground.title
    assert "Mây Số 0" in said
    assert "Và 2 biến động nữa, cộng lại +6.000.000 đ" in said
    assert "1 biến động chưa tính được" in said
    assert len(ground.sources) == 1
    for each in decisions.proposal.movements:
        decisions.toggle(each)
    assert "Chưa có biến động nào" in of_month(MonthPresenter(services), decisions).lines[0]


def test_people_and_wages_in_the_summary_say_how_they_are_counted(services: FakeServices) -> None:
    dossier = services.bring(draft(row(4), row(5)))
    ground = wage_ground([services.sign_summary(dossier.id)])
    assert "2 dòng biến động của 2 người" in ground.lines[0]
    assert "không phải số tiền phải nộp" in "\n".join(ground.lines)


def test_every_screen_with_figures_has_its_why(qtbot: QtBot, window: MainWindow) -> None:
    home, month, sign = (window.pages[key] for key in ("home", "month", "sign"))
    assert isinstance(home, HomeView)
    assert isinstance(month, MonthView)
    assert isinstance(sign, SignView)
    window.go("home")
    at_rest(qtbot, window)
    window.go("month")
    month.bar.compare_button.click()
    at_rest(qtbot, window)
    for asked, words in (
        (home.why_due, "hạn"),
        (home.why_figures, "số người"),
        (month.why, "tổng"),
        (month.side.why, "biến động"),
        (sign.choice.why, "tổng tiền lương"),
    ):
        assert words in asked.accessibleName()
    home.why_figures.click()
    told = home.findChild(WhyDialog)
    assert told is not None
    assert told.title.text() == "Các số của tháng 10/2026"
    told.close()
