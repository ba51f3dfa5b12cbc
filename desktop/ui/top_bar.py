"""The top of the window: whose papers these are and for which month."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel

from desktop.ui.formats import month, next_month
from desktop.ui.session import Session
from desktop.ui.texts import tr, without_mnemonic
from desktop.ui.theme import colour, icon, scaled
from desktop.ui.unit_colour import unit_colour, unit_square
from desktop.ui.widgets.basics import name
from desktop.ui.widgets.yielding import BriefButton, BriefLabel, ElidedCombo, Yielding, make_room
from forms.model import Period, Unit

BACK = 24
AHEAD = 2
"""months offered before and after this one"""
LOGO = 30
USUALLY_SHOWN, LEAST_SHOWN = 24, 8
"""letters of the unit's name, before and after all else in the bar has given up its words; the
list below and the tip say the whole"""
MARGIN, GAP = 16, 8


class TopBarView(QFrame):
    """Emits ``unit_page`` when another unit is to be added."""

    unit_page = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("topBar")
        self._session = session
        self.units = ElidedCombo()
        self.months = QComboBox()
        self.add = BriefButton(tr("ui.top.add_unit"))
        self.add.setAccessibleName(without_mnemonic(self.add.text()))
        self.add.setIcon(icon("plus"))
        self.add.setAutoDefault(False)
        self.add.clicked.connect(lambda: self.unit_page.emit())
        self.program = _named(tr("ui.app"))
        self.captions = [
            self._caption("ui.top.unit", self.units),
            self._caption("ui.top.month", self.months),
        ]
        self._offer_months(session.period)
        shrinks = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.units.setSizeAdjustPolicy(shrinks)
        self.units.setMinimumContentsLength(LEAST_SHOWN)
        self._lay_out()
        self.units.activated.connect(lambda _: session.choose_unit(self.units.currentData()))
        self.units.currentTextChanged.connect(self.units.setToolTip)
        session.period_changed.connect(self._show_month)
        session.unit_changed.connect(self._show_colour)
        self.months.activated.connect(lambda _: session.choose_period(self._month()))

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 8, MARGIN, 8)
        row.setSpacing(GAP)
        self.logo = QLabel()
        self.logo.setPixmap(icon("app").pixmap(scaled(LOGO), scaled(LOGO)))
        unit, month = self.captions
        for each in (self.logo, self.program, unit, self.units, self.add, month, self.months):
            row.addWidget(each, 1 if each is self.units else 0)

    # ---- room

    def _yielding(self) -> list[Yielding]:
        """In the order in which they give up their words."""
        return [*self.captions, self.add, self.program]

    def _needed(self, *, brief: bool) -> int:
        """px of the whole bar, with all its words or without."""
        stay = [self.logo.sizeHint(), self.units.minimumSizeHint(), self.months.minimumSizeHint()]
        words = sum(each.needs(brief=brief) for each in self._yielding())
        gaps = 2 * MARGIN + GAP * (len(self._yielding()) + len(stay) - 1)
        more = 0 if brief else self._more_letters()
        return gaps + words + more + sum(each.width() for each in stay)

    def _more_letters(self) -> int:
        one = self.units.fontMetrics().horizontalAdvance("X")
        return one * (USUALLY_SHOWN - LEAST_SHOWN)

    def _make_room(self) -> None:
        make_room(self._yielding(), needed=self._needed(brief=False), room=self.width())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._needed(brief=True), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self._make_room()
        return super().event(event)

    def _show_colour(self) -> None:
        """A line of the unit's colour below the bar."""
        code = self._session.unit_code
        edge = unit_colour(code).name() if code else colour("rule").name()
        self.setStyleSheet(f"#topBar {{ border-bottom: 3px solid {edge}; }}")

    def _caption(self, code: str, of: QComboBox) -> BriefLabel:
        name(of, code)
        of.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        caption = BriefLabel(tr(code))
        caption.setContentsMargins(GAP, 0, 0, 0)
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


def _named(text: str) -> BriefLabel:
    made = BriefLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setObjectName("appName")
    made.setAlignment(Qt.AlignmentFlag.AlignVCenter)
    return made
