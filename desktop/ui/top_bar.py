"""The top of the window: whose papers these are and for which month."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel

from desktop.ui.formats import month, next_month
from desktop.ui.session import Session
from desktop.ui.texts import tr
from desktop.ui.theme import colour, icon
from desktop.ui.unit_colour import unit_colour, unit_square
from desktop.ui.widgets.basics import button, label, name
from forms.model import Period, Unit

BACK = 24
AHEAD = 2
"""months offered before and after this one"""
LOGO = 30
LEAST_SHOWN = 24
"""letters of the unit's name in a narrow window; the list below shows the whole"""


class TopBarView(QFrame):
    """Emits ``unit_page`` when another unit is to be added."""

    unit_page = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("topBar")
        self._session = session
        self.units = QComboBox()
        self.months = QComboBox()
        self.add = button("ui.top.add_unit", self.unit_page.emit, drawing="plus")
        self._lay_out()
        self._offer_months(session.period)
        shrinks = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.units.setSizeAdjustPolicy(shrinks)
        self.units.setMinimumContentsLength(LEAST_SHOWN)
        self.units.activated.connect(lambda _: session.choose_unit(self.units.currentData()))
        session.period_changed.connect(self._show_month)
        session.unit_changed.connect(self._show_colour)
        self.months.activated.connect(lambda _: session.choose_period(self._month()))

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        logo = QLabel()
        logo.setPixmap(icon("app").pixmap(LOGO, LOGO))
        row.addWidget(logo)
        row.addWidget(_named(tr("ui.app")))
        row.addSpacing(16)
        row.addWidget(self._caption("ui.top.unit", self.units))
        row.addWidget(self.units, 1)
        row.addWidget(self.add)
        row.addSpacing(16)
        row.addWidget(self._caption("ui.top.month", self.months))
        row.addWidget(self.months)

    def _show_colour(self) -> None:
        """A line of the unit's colour below the bar."""
        code = self._session.unit_code
        edge = unit_colour(code).name() if code else colour("rule").name()
        self.setStyleSheet(f"#topBar {{ border-bottom: 3px solid {edge}; }}")

    def _caption(self, code: str, of: QComboBox) -> QLabel:
        name(of, code)
        of.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        caption = QLabel(tr(code))
        caption.setBuddy(of)
        return caption

    def _offer_months(self, now: Period) -> None:
        for step in range(AHEAD, -BACK - 1, -1):
            period = next_month(now, step)
            self.months.addItem(month(period), period.iso)
        self.months.setCurrentIndex(AHEAD)

    def _show_month(self) -> None:
        """Somebody looks at another month; one beyond the list is added to it."""
        period = self._session.period
        if self.months.findData(period.iso) < 0:
            self.months.addItem(month(period), period.iso)
        self.months.setCurrentIndex(self.months.findData(period.iso))

    def _month(self) -> Period:
        return Period.parse(str(self.months.currentData()))

    def show_units(self, units: Sequence[Unit], chosen: Unit | None) -> None:
        self.units.clear()
        for unit in units:
            words = tr("ui.top.unit_item", code=unit.code, name=unit.name)
            self.units.addItem(unit_square(unit.code), words, unit)
        codes = [unit.code for unit in units]
        if chosen and chosen.code in codes:
            self.units.setCurrentIndex(codes.index(chosen.code))
        self.units.setEnabled(bool(units))
        if not units:
            self.units.setPlaceholderText(tr("ui.top.no_unit"))


def _named(text: str) -> QLabel:
    made = label(text)
    made.setObjectName("appName")
    made.setWordWrap(False)
    made.setAlignment(Qt.AlignmentFlag.AlignVCenter)
    return made
