"""Pages to the system's printer. The person chooses it in the system's own window."""

from collections.abc import Callable

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from desktop.ui.preview.painting import paint_page
from forms.paper.document import PaperDocument

_INCH = 72.0
"""points"""
Chosen = Callable[[QPrinter, QWidget], bool]
"""whether the person wants it printed"""


def ask(printer: QPrinter, parent: QWidget) -> bool:
    """The system's printing window."""
    return QPrintDialog(printer, parent).exec() == QDialog.DialogCode.Accepted


def print_document(document: PaperDocument, parent: QWidget, *, chosen: Chosen = ask) -> bool:
    """False when the person thought better of it, or the printer does not take it."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(document.title)
    printer.setPageLayout(page_layout(document))
    printer.setFullPage(True)
    pages = len(document.pages)
    printer.setFromTo(1, pages)
    if not chosen(printer, parent):
        return False
    first, last = printer.fromPage() or 1, printer.toPage() or pages
    return _draw(document, printer, range(first, min(last, pages) + 1))


def page_layout(document: PaperDocument) -> QPageLayout:
    """The sheet lies as the form does."""
    across = document.width > document.height
    short, long = sorted((document.width, document.height))
    size = QPageSize(
        QSizeF(short, long), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch
    )
    way = QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait
    return QPageLayout(size, way, QMarginsF())


def _draw(document: PaperDocument, printer: QPrinter, numbers: range) -> bool:
    painter = QPainter()
    if not painter.begin(printer):
        return False
    for place, number in enumerate(numbers):
        if place:
            printer.newPage()
        painter.save()
        painter.scale(printer.resolution() / _INCH, printer.resolution() / _INCH)
        paint_page(painter, document.pages[number - 1])
        painter.restore()
    return painter.end()
