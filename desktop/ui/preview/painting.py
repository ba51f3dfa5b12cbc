"""Draws pages with Qt: the same marks on a screen and on a printer."""

from collections.abc import Iterable
from functools import cache

from PySide6.QtCore import QByteArray, QLineF, QPointF, QRectF
from PySide6.QtGui import QFont, QFontDatabase, QPainter, QPen

from desktop.ui.theme import colour
from forms.paper.document import Box, Mark, Page, Stroke, Text
from forms.paper.faces import FONT_FILES, Face
from resources import read_bytes

_DRAWN = 100
"""pixels that letters have when they are measured; then they are made as large as wanted"""
_THIN = 0.5


def paint_page(painter: QPainter, page: Page) -> None:
    """One point of the page is one unit of the painter."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour("print_ink"), _THIN))
    _paint_lines(painter, page.marks)
    for mark in page.marks:
        if isinstance(mark, Text):
            _paint_text(painter, mark)


def _paint_lines(painter: QPainter, marks: Iterable[Mark]) -> None:
    for mark in marks:
        if isinstance(mark, Stroke):
            painter.drawLine(QLineF(mark.x1, mark.y1, mark.x2, mark.y2))
        elif isinstance(mark, Box):
            painter.drawRect(QRectF(mark.x, mark.y, mark.side, mark.side))


def _paint_text(painter: QPainter, mark: Text) -> None:
    painter.save()
    painter.translate(mark.x, mark.baseline)
    painter.scale(mark.size / _DRAWN, mark.size / _DRAWN)
    painter.setFont(_font(mark.face))
    painter.drawText(QPointF(0, 0), mark.text)
    painter.restore()


def load_faces() -> None:
    """While the window's own thread is at it: what paints elsewhere finds them ready."""
    for face in Face:
        _font(face)


@cache
def _font(face: Face) -> QFont:
    """Never hinted and never kerned: every letter is as wide as it was when the page was set."""
    content = QByteArray(read_bytes(FONT_FILES[face]))
    families = QFontDatabase.applicationFontFamilies(
        QFontDatabase.addApplicationFontFromData(content)
    )
    font = QFont(families)
    font.setPixelSize(_DRAWN)
    font.setBold(face is Face.BOLD)
    font.setItalic(face is Face.ITALIC)
    font.setKerning(False)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font
