"""The screens of the window, in the order of the day's work. A new screen is a new line here."""

from collections.abc import Callable
from dataclasses import dataclass

from desktop.ui.declarations.view import DeclarationsView
from desktop.ui.desk import Desk
from desktop.ui.month.view import MonthView
from desktop.ui.outbox.view import OutboxView
from desktop.ui.roster.view import RosterView
from desktop.ui.sign.view import SignView
from desktop.ui.token.view import TokenCheckView
from desktop.ui.widgets.page import Page


@dataclass(frozen=True, slots=True)
class Screen:
    """``words`` under ``ui.nav.<key>`` with its mnemonic; ``drawing`` beside them."""

    key: str
    drawing: str
    make: Callable[[Desk], Page]


SCREENS = (
    Screen("roster", "people", RosterView),
    Screen("month", "month", MonthView),
    Screen("declarations", "form", DeclarationsView),
    Screen("sign", "sign", SignView),
    Screen("outbox", "send", OutboxView),
    Screen("token", "token", TokenCheckView),
)
COLUMNS = "columns"
"""the page that confirms the columns of a workbook; reached from an import alone"""
UNIT = "unit"
"""the page that adds a unit; it has no place in the navigation"""
