"""What to do on the portal by hand: its address, the steps, the values to paste."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.ui.inbox.presenter import Portal
from desktop.ui.texts import tr
from desktop.ui.theme import scaled
from desktop.ui.widgets.basics import button, label

WIDTH = 560
Open = Callable[[str], object]


def open_in_browser(address: str) -> object:
    return QDesktopServices.openUrl(QUrl(address))


class PortalDialog(QDialog):
    """Stays open beside the browser."""

    def __init__(self, parent: QWidget, portal: Portal, browse: Open = open_in_browser) -> None:
        super().__init__(parent)
        self.setModal(False)
        self.setWindowTitle(tr("ui.portal"))
        self.setMinimumWidth(scaled(WIDTH))
        self.portal = portal
        self.browse = browse
        column = QVBoxLayout(self)
        column.addWidget(label(portal.title, role="heading"))
        steps = [f"{number}. {step}" for number, step in enumerate(portal.steps, 1)]
        column.addWidget(label("\n".join(steps)))
        column.addLayout(self._values())
        column.addLayout(self._buttons())

    def _values(self) -> QGridLayout:
        grid = QGridLayout()
        self.fields: list[QLineEdit] = []
        for row, (what, value) in enumerate(self.portal.values):
            field = QLineEdit(value)
            field.setReadOnly(True)
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
        row.addWidget(label(self.portal.address, role="quiet"), 1)
        row.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignRight)
        row.addWidget(button("ui.close", self.hide))
        return row

    def _copy(self, value: str) -> None:
        QGuiApplication.clipboard().setText(value)

    def _open(self) -> None:
        self.browse(self.portal.address)
