"""The screens of the window, in the order of the day's work. A new screen is a new line here."""

from collections.abc import Callable
from dataclasses import dataclass

from desktop.ui.calculator.view import CalculatorView
from desktop.ui.codes.view import CodesView
from desktop.ui.columns.view import ColumnsView
from desktop.ui.copies.view import CopiesView
from desktop.ui.declarations.view import DeclarationsView
from desktop.ui.desk import Desk
from desktop.ui.home.view import HomeView
from desktop.ui.inbox.view import InboxView
from desktop.ui.month.view import MonthView
from desktop.ui.outbox.view import OutboxView
from desktop.ui.preferences.view import PreferencesView
from desktop.ui.preview.view import PreviewView
from desktop.ui.reconcile.view import ReconcileView
from desktop.ui.roster.view import RosterView
from desktop.ui.sign.view import SignView
from desktop.ui.token.view import TokenCheckView
from desktop.ui.tools.view import ToolsView
from desktop.ui.verify.view import VerifyView
from desktop.ui.widgets.page import Page


@dataclass(frozen=True, slots=True)
class Screen:
    """``words`` under ``ui.nav.<key>`` with its mnemonic; ``drawing`` beside them."""

    key: str
    drawing: str
    make: Callable[[Desk], Page]
    under: str = ""
    """the screen of the navigation that this one belongs to; it has no place there itself"""
    anyway: bool = False
    """of use also before there is a unit"""
    at_once: bool = False
    """it does something also while it is not looked at"""


SCREENS = (
    Screen("home", "home", HomeView),
    Screen("roster", "people", RosterView),
    Screen("month", "month", MonthView),
    Screen("declarations", "form", DeclarationsView),
    Screen("sign", "sign", SignView),
    Screen("outbox", "send", OutboxView, at_once=True),
    Screen("inbox", "inbox", InboxView),
    Screen("tools", "tools", ToolsView, anyway=True),
    Screen("preferences", "settings", PreferencesView, anyway=True),
)
COLUMNS = "columns"
"""the page that confirms the columns of a workbook; reached from an import alone"""
PREVIEW = "preview"
"""the printed forms of a dossier; reached from it alone"""
HIDDEN = (
    Screen(COLUMNS, "columns", ColumnsView, under="declarations"),
    Screen(PREVIEW, "print", PreviewView, under="declarations"),
    Screen("calculator", "calculator", CalculatorView, under="tools", anyway=True),
    Screen("reconcile", "inbox", ReconcileView, under="tools", anyway=True),
    Screen("verify", "verify", VerifyView, under="tools", anyway=True),
    Screen("codes", "search", CodesView, under="tools", anyway=True),
    Screen("token", "token", TokenCheckView, under="tools", anyway=True),
    Screen("copies", "copy", CopiesView, under="preferences", anyway=True),
)
FIRST_RUN = "first"
"""the page of somebody who has no unit yet; it has no place in the navigation either"""
UNIT = "unit"
"""the page that adds a unit; it has no place in the navigation"""
FIRST = "home"
"""where the day begins"""
