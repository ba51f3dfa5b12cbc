"""A month that is typed as MM/yyyy, or stepped through with the arrows."""

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QDateEdit

from desktop.ui.widgets.basics import name
from forms.model import Period

EARLIEST = Period(1995, 1)
"""when compulsory social insurance began"""


class SinceMonth(QDateEdit):
    """Up to ``latest``; nobody takes part since a month to come."""

    def __init__(self, name_code: str) -> None:
        super().__init__()
        name(self, name_code)
        self.setDisplayFormat("MM/yyyy")
        self.setMinimumDate(_first(EARLIEST))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMinimumHeight(34)

    def offer(self, month: Period, latest: Period) -> None:
        self.setMaximumDate(_first(latest))
        self.setDate(_first(min(month, latest)))

    @property
    def month(self) -> Period:
        chosen = self.date()
        return Period(chosen.year(), chosen.month())


def _first(month: Period) -> QDate:
    return QDate(month.year, month.month, 1)
