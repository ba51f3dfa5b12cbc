"""A chart of bars by month: read by eye, by tip, by screen reader; a click opens the month."""

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.ui.formats import grouped
from desktop.ui.home.presenter import Bars
from desktop.ui.texts import tr
from desktop.ui.theme import colour, scaled

HEIGHT, FOOT, HEAD, GAP = 132, 22, 20, 0.35
COLOURS = ("chart_1", "chart_2", "chart_3", "chart_4")
MILLION = 1_000_000
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
OPENING = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}


class BarChart(QWidget):
    """Emits ``chosen`` with the place of a month."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.bars: Bars | None = None
        self.current = -1
        self.setMinimumHeight(scaled(HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_bars(self, bars: Bars) -> None:
        self.bars = bars
        self.current = len(bars.months) - 1
        self.setAccessibleName(bars.title)
        self.setAccessibleDescription("; ".join(map(bars.words, range(len(bars.months)))))
        self.update()

    # ---- where things are

    def column(self, place: int) -> QRectF:
        """All that belongs to one month."""
        width = self.width() / max(1, len(self.bars.months) if self.bars else 1)
        return QRectF(place * width, 0, width, self.height())

    def place_at(self, point: QPointF) -> int:
        if self.bars is None or not self.bars.months:
            return -1
        return min(int(point.x() / self.column(0).width()), len(self.bars.months) - 1)

    # ---- drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if self.bars is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        most = max(self.bars.totals, default=0)
        for place in range(len(self.bars.months)):
            self._paint_month(painter, place, most)
        painter.end()

    def _paint_month(self, painter: QPainter, place: int, most: int) -> None:
        bars, column = self.bars, self.column(place)
        if bars is None:
            return
        foot, head = scaled(FOOT), scaled(HEAD)
        whole = self.height() - foot - head
        left, wide = column.x() + column.width() * GAP / 2, column.width() * (1 - GAP)
        top = float(self.height() - foot)
        for number, (_, values) in enumerate(bars.parts):
            high = whole * values[place] / most if most else 0
            top -= high
            painter.fillRect(QRectF(left, top, wide, high), colour(COLOURS[number]))
        self._write(painter, column, place, top - head)
        if self.hasFocus() and place == self.current:
            painter.setPen(QPen(colour("accent"), 2))
            painter.drawRect(column.adjusted(2, 2, -2, -2))

    def _write(self, painter: QPainter, column: QRectF, place: int, above: float) -> None:
        bars = self.bars
        if bars is None:
            return
        painter.setPen(colour("quiet"))
        foot = QRectF(column.x(), self.height() - scaled(FOOT), column.width(), scaled(FOOT))
        painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, bars.months[place].wire)
        painter.setPen(colour("ink"))
        head = QRectF(column.x(), above, column.width(), scaled(HEAD))
        painter.drawText(head, Qt.AlignmentFlag.AlignCenter, short(bars.totals[place]))

    # ---- hands

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = self.place_at(event.position())
        if place >= 0:
            self.current = place
            self.chosen.emit(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if self.bars is None or not self.bars.months:
            super().keyPressEvent(event)
        elif key in STEPS:
            self.current = (self.current + STEPS[key]) % len(self.bars.months)
            self.update()
        elif key in OPENING:
            self.chosen.emit(self.current)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and self.bars is not None:
            place = self.place_at(QPointF(event.pos()))
            if place >= 0:
                QToolTip.showText(event.globalPos(), self.bars.words(place), self)
                return True
        return super().event(event)


def short(amount: int) -> str:
    """``1234567890`` → ``1.235 tr``: millions, for a chart has little room."""
    if amount < MILLION:
        return grouped(amount)
    return tr("ui.home.millions", amount=grouped(round(amount / MILLION)))
