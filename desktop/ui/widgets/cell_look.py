"""Painting the cells of a great grid: one question for each, in place of one for each of its roles.

Qt's own way asks a model some eight times for every cell and builds a style for each; with a
hundred thousand rows under the wheel that is the time there is.
"""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QPainter, QStaticText, QTransform

MARGIN = 9
"""px beside the text, as the stylesheet gives other cells"""
PICTURE = 16
KNOWN = 8_000
"""so many texts are kept laid out"""


class Look(NamedTuple):
    """What one cell shows."""

    text: str
    right: bool = False
    """figures stand on the right"""
    paper: QColor | None = None
    drawing: QIcon | None = None


Looks = Callable[[int, int], Look]
"""(row, column) → what stands there"""


class _LaidOut(NamedTuple):
    """A text ready to be drawn, with its size in px."""

    text: QStaticText
    width: float
    height: float


class CellPainter:
    """Paints in the letters of the first cell: another size of letters makes the grid anew."""

    def __init__(self) -> None:
        self._font: QFont | None = None
        self._known: dict[tuple[str, int], _LaidOut] = {}

    def paint(self, painter: QPainter, cell: QRect, look: Look, ink: QColor, font: QFont) -> None:
        """The drawing, then the text, on one line, cut with an ellipsis where it is too long."""
        left, right = cell.left() + MARGIN, cell.right() - MARGIN
        if look.drawing is not None:
            top = cell.top() + (cell.height() - PICTURE) // 2
            look.drawing.paint(painter, QRect(left - 3, top, PICTURE, PICTURE))
            left += PICTURE + 1
        if not look.text or right <= left:
            return
        asked = look.text, right - left
        text, width, height = self._known.get(asked) or self._lay_out(*asked, font)
        start = right - width if look.right else left
        painter.setPen(ink)
        painter.drawStaticText(QPointF(start, cell.top() + (cell.height() - height) / 2), text)

    def _lay_out(self, text: str, room: int, font: QFont) -> _LaidOut:
        if len(self._known) > KNOWN:
            self._known.clear()
        self._font = self._font or QFont(font)
        line, cut = " ".join(text.split()), Qt.TextElideMode.ElideRight
        made = QStaticText(QFontMetrics(self._font).elidedText(line, cut, room))
        made.setTextFormat(Qt.TextFormat.PlainText)
        made.prepare(QTransform(), self._font)
        size = made.size()
        found = self._known[text, room] = _LaidOut(made, size.width(), size.height())
        return found
