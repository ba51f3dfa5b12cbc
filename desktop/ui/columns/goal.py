"""For what a workbook is imported: a declaration of this month, or the roster alone."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from desktop.ui.errands import Errand, Purpose
from desktop.ui.texts import tr
from desktop.ui.widgets.basics import label, name
from desktop.ui.widgets.since_month import SinceMonth
from forms.model import Period


class GoalBar(QWidget):
    """Emits ``changed``. Hidden where a list is only compared."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.choice = QComboBox()
        name(self.choice, "ui.columns.goal")
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.since = SinceMonth("ui.columns.since")
        self._caption, self._since_caption = (
            _caption("ui.columns.goal"),
            _caption("ui.columns.since"),
        )
        self.about = label(role="help")
        self._purpose = Purpose.DECLARE
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._caption)
        row.addWidget(self.choice)
        row.addWidget(self._since_caption)
        row.addWidget(self.since)
        row.addWidget(self.about, 1)
        self.choice.activated.connect(lambda _: self._chosen())

    def show_errand(self, errand: Errand, period: Period, latest: Period) -> None:
        """``period``: the month of the window; ``latest``: the one that is now."""
        self._purpose = errand.purpose
        self.choice.clear()
        self.choice.addItem(tr("ui.columns.goal.declare", month=period.wire), Purpose.DECLARE)
        self.choice.addItem(tr("ui.columns.goal.roster"), Purpose.ROSTER)
        self.choice.setCurrentIndex(max(0, self.choice.findData(errand.purpose)))
        self.since.offer(errand.since or period, latest)
        self.setVisible(errand.purpose is not Purpose.COMPARE)
        self._show()

    @property
    def purpose(self) -> Purpose:
        return self._purpose

    def _chosen(self) -> None:
        self._purpose = Purpose(self.choice.currentData())
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        into_roster = self._purpose is Purpose.ROSTER
        for part in (self._since_caption, self.since):
            part.setVisible(into_roster)
        self.about.setText(tr(f"ui.columns.goal.{self._purpose.value}.about"))


def _caption(code: str) -> QWidget:
    made = label(tr(code))
    made.setWordWrap(False)
    return made
