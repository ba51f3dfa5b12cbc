"""Painting the cells of a great grid: one question for each, in place of one for each of its roles.

Qt's own way asks a model some eight times for every cell and builds a style for each; with a
hundred thousand rows under the wheel that is the time there is.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QPainter, QStaticText, QTransform
from PySide6.QtWidgets import QStyleOptionViewItem

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


def paint_look(painter: QPainter, option: QStyleOptionViewItem, look: Look, ink: QColor) -> None:
    """The drawing, then the text, on one line, cut with an ellipsis where it is too long."""
    cell: QRect = option.rect
    left, right = cell.left() + MARGIN, cell.right() - MARGIN
    if look.drawing is not None:
        top = cell.top() + (cell.height() - PICTURE) // 2
        look.drawing.paint(painter, QRect(left - 3, top, PICTURE, PICTURE))
        left += PICTURE + 1
    if not look.text or right <= left:
        return
    text, width, height = _laid_out(look.text, right - left, option.font.toString())
    start = right - width if look.right else left
    painter.setFont(option.font)
    painter.setPen(ink)
    painter.drawStaticText(QPointF(start, cell.top() + (cell.height() - height) / 2), text)


@lru_cache(KNOWN)
def _laid_out(text: str, room: int, font_said: str) -> tuple[QStaticText, float, float]:
    """(text ready to be drawn, its width, its height)"""
    font = QFont()
    font.fromString(font_said)
    shown = QFontMetrics(font).elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, room)
    made = QStaticText(shown)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.prepare(QTransform(), font)
    return made, made.size().width(), made.size().height()
