"""One page on the screen, as large as wanted."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.preview.painting import paint_page
from desktop.ui.theme import colour
from forms.paper.document import PaperDocument, Text


class SheetView(QWidget):
    """White in every theme: it shows what the paper will look like."""

    def __init__(self) -> None:
        super().__init__()
        self._document: PaperDocument | None = None
        self._number = 0
        self._scale = 1.0

    def show_page(self, document: PaperDocument, number: int, scale: float) -> None:
        """``number`` from 0; ``scale``: pixels for one point."""
        self._document, self._number, self._scale = document, number, scale
        self.setAccessibleDescription(
            " ".join(mark.text for mark in document.pages[number].marks if isinstance(mark, Text))
        )
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        if self._document is None:
            return QSize(1, 1)
        return QSize(
            round(self._document.width * self._scale), round(self._document.height * self._scale)
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._document is None:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("print_paper"))
        painter.scale(self._scale, self._scale)
        paint_page(painter, self._document.pages[self._number])
        painter.end()
