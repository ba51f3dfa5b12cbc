"""Pages to the system's printer. The person chooses it in the system's own window."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from desktop.ui.preview.painting import load_faces, paint_page
from desktop.ui.tasks import Cancelled, Report
from forms.paper.document import Page, PaperDocument

_INCH = 72.0
"""points"""
Chosen = Callable[[QPrinter, QWidget], bool]
"""whether the person wants it printed"""
Printing = Callable[[Report], bool]
"""prints page by page and says whether the printer took them"""


def ask(printer: QPrinter, parent: QWidget) -> bool:
    """The system's printing window."""
    return QPrintDialog(printer, parent).exec() == QDialog.DialogCode.Accepted


def print_document(
    document: PaperDocument, parent: QWidget, *, chosen: Chosen = ask
) -> Printing | None:
    """What prints the pages chosen, to be called off the UI thread; None when the person thought
    better of it."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(document.title)
    printer.setPageLayout(page_layout(document))
    printer.setFullPage(True)
    pages = len(document.pages)
    printer.setFromTo(1, pages)
    if not chosen(printer, parent):
        return None
    load_faces()
    first, last = printer.fromPage() or 1, printer.toPage() or pages
    return partial(_draw, document, printer, range(first, min(last, pages) + 1))


def page_layout(document: PaperDocument) -> QPageLayout:
    """The sheet lies as the form does."""
    across = document.width > document.height
    short, long = sorted((document.width, document.height))
    size = QPageSize(
        QSizeF(short, long), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch
    )
    way = QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait
    return QPageLayout(size, way, QMarginsF())


def _draw(document: PaperDocument, printer: QPrinter, numbers: range, report: Report) -> bool:
    """A print that is cancelled half-way is taken back, as far as the printer lets it be."""
    painter = QPainter()
    if not painter.begin(printer):
        return False
    try:
        for place, number in enumerate(numbers):
            report(place, len(numbers))
            if place:
                printer.newPage()
            _draw_page(painter, document.pages[number - 1], printer.resolution() / _INCH)
    except Cancelled:
        printer.abort()
        raise
    finally:
        painter.end()
    return True


def _draw_page(painter: QPainter, page: Page, scale: float) -> None:
    painter.save()
    painter.scale(scale, scale)
    paint_page(painter, page)
    painter.restore()
