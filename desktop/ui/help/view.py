"""The window of guides: beside the work, not in its way."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.help.presenter import Page, page_of, pages
from desktop.ui.texts import tr
from desktop.ui.widgets.basics import button, label, name
from desktop.ui.widgets.explained import PROPERTY
from desktop.ui.widgets.lines_model import FIELD_KEY
from desktop.ui.widgets.yielding import open_at

WIDTH, HEIGHT = 420, 520


class GuideDialog(QDialog):
    """Stays open while one goes on typing in the grid."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("ui.guide"))
        self.setModal(False)
        open_at(self, WIDTH, HEIGHT)
        self.title = label(role="heading")
        self.text = label()
        self.source = label(role="quiet")
        self.words = QLineEdit()
        self.words.setPlaceholderText(tr("ui.guide.search"))
        name(self.words, "ui.guide.search")
        self.found = QListWidget()
        name(self.found, "ui.guide.found")
        self._lay_out()
        self.words.textChanged.connect(self._search)
        self.found.currentItemChanged.connect(lambda item, _: self._choose(item))

    def _lay_out(self) -> None:
        selectable = Qt.TextInteractionFlag.TextSelectableByMouse
        column = QVBoxLayout(self)
        for part in (self.title, self.text, self.source):
            part.setTextInteractionFlags(selectable)
            column.addWidget(part)
        column.addSpacing(10)
        column.addWidget(self.words)
        column.addWidget(self.found, 1)
        column.addWidget(button("ui.close", self.hide), 0, Qt.AlignmentFlag.AlignRight)

    def show_field(self, key: str) -> None:
        self._show(page_of(key))
        self._search(self.words.text())
        self.show()
        self.raise_()

    def _show(self, page: Page) -> None:
        self.title.setText(page.title)
        self.text.setText(page.text)
        self.source.setText(page.source)

    def _search(self, typed: str) -> None:
        self.found.blockSignals(True)
        self.found.clear()
        for page in pages(typed):
            item = QListWidgetItem(page.title)
            item.setData(Qt.ItemDataRole.UserRole, page)
            self.found.addItem(item)
        self.found.blockSignals(False)

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._show(item.data(Qt.ItemDataRole.UserRole))


def field_key_of(widget: QWidget | None) -> str:
    """Of the cell or field that has the keyboard; empty where it is none."""
    while widget is not None:
        known = widget.property(PROPERTY)
        if isinstance(known, str) and known:
            return known
        if isinstance(widget, QTableView) and widget.currentIndex().isValid():
            return _key_of_cell(widget)
        widget = widget.parentWidget()
    return ""


def _key_of_cell(table: QTableView) -> str:
    """Of a table with a field a row, or a field a column."""
    here, across = table.currentIndex(), Qt.Orientation.Horizontal
    found = here.data(FIELD_KEY) or table.model().headerData(here.column(), across, FIELD_KEY)
    return found if isinstance(found, str) else ""


def focused_key() -> str:
    return field_key_of(QApplication.focusWidget())
