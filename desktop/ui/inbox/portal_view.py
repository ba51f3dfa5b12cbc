"""What to do on the portal by hand: its address, the steps, the values to paste."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.ui.inbox.presenter import Portal
from desktop.ui.texts import tr
from desktop.ui.widgets.basics import button, label
from desktop.ui.widgets.place import Place
from desktop.ui.widgets.yielding import open_at

WIDTH, HEIGHT = 560, 420
Open = Callable[[str], object]


def open_in_browser(address: str) -> object:
    return QDesktopServices.openUrl(QUrl(address))


class PortalDialog(QDialog):
    """Stays open beside the browser."""

    def __init__(self, parent: QWidget, portal: Portal, browse: Open = open_in_browser) -> None:
        super().__init__(parent)
        self.setModal(False)
        self.setWindowTitle(tr("ui.portal"))
        open_at(self, WIDTH, HEIGHT)
        self.portal = portal
        self.browse = browse
        column = QVBoxLayout(self)
        column.addWidget(label(portal.title, role="heading"))
        column.addWidget(self._place(), 1)
        column.addLayout(self._buttons())

    def _place(self) -> Place:
        """Scrolls in a small window; the buttons stay below it."""
        steps = [f"{number}. {step}" for number, step in enumerate(self.portal.steps, 1)]
        held = QWidget()
        inside = QVBoxLayout(held)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(label("\n".join(steps)))
        inside.addLayout(self._values())
        inside.addWidget(label(self.portal.address, role="quiet"))
        inside.addStretch(1)
        place = Place()
        place.setWidget(held)
        return place

    def _values(self) -> QGridLayout:
        grid = QGridLayout()
        self.fields: list[QLineEdit] = []
        for row, (what, value) in enumerate(self.portal.values):
            field = QLineEdit(value)
            field.setReadOnly(True)
            field.setCursorPosition(0)
            field.setAccessibleName(what)
            copy = button("ui.portal.copy", partial(self._copy, value), drawing="copy")
            copy.setAccessibleName(tr("ui.portal.copy_named", name=what))
            for place, widget in enumerate((label(what), field, copy)):
                grid.addWidget(widget, row, place)
            self.fields.append(field)
        grid.setColumnStretch(1, 1)
        return grid

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.open_button = button("ui.portal.open", self._open, drawing="send", role="primary")
        row.addStretch(1)
        row.addWidget(self.open_button)
        row.addWidget(button("ui.close", self.hide))
        return row

    def _copy(self, value: str) -> None:
        QGuiApplication.clipboard().setText(value)

    def _open(self) -> None:
        self.browse(self.portal.address)
