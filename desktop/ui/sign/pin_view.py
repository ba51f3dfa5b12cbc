"""The last row before signing: for whom, the PIN, and the button."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.desk import Desk
from desktop.ui.sign.pin_field import PinField
from desktop.ui.texts import tr, without_mnemonic
from desktop.ui.widgets.basics import button, label, set_role


class PinView(QWidget):
    """Emits ``confirmed`` when the person wants to sign."""

    confirmed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.signing_for = label(role="strong")
        self.field = PinField()
        self.caption = label(role="strong")
        self.on_device = label(tr("ui.sign.pin_pad"), "strong")
        self.why_not = label(role="quiet")
        self.wrong = label(role="wrong")
        self.button = button("ui.sign.sign", self._confirm, drawing="sign", role="primary")
        self.password = button("ui.sign.practice_password", self._practice_password, role="link")
        self._lay_out()
        self.field.textChanged.connect(lambda _: self._show_button())
        self.field.returnPressed.connect(self._confirm)

    def _lay_out(self) -> None:
        self.caption.setWordWrap(False)
        self.caption.setBuddy(self.field)
        self.on_device.setWordWrap(False)
        self.wrong.hide()
        row = QHBoxLayout()
        for part in (self.caption, self.field, self.on_device, self.button, self.password):
            row.addWidget(part)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.signing_for)
        column.addLayout(row)
        column.addWidget(self.why_not)
        column.addWidget(self.wrong)

    _ready = False
    _pad = False

    def show_state(self, *, kind: str, pad: bool, ready: bool, why_not: str) -> None:
        """``kind``: pin or password. ``pad``: the PIN is typed on the device."""
        caption = tr(f"ui.sign.{kind}")
        self.caption.setText(caption)
        self.field.setAccessibleName(without_mnemonic(caption))
        self._ready, self._pad = ready, pad
        self.caption.setVisible(not pad)
        self.field.setVisible(not pad)
        self.on_device.setVisible(pad)
        self.field.setEnabled(ready)
        self.why_not.setText(why_not)
        self.why_not.setVisible(bool(why_not))
        practice = self.desk.practice
        known = practice is not None and bool(practice.key_password)
        self.password.setVisible(known and kind == "password")
        self._show_button()

    def _show_button(self) -> None:
        self.button.setEnabled(self._ready and (self._pad or bool(self.field.text())))

    def say_wrong(self, text: str) -> None:
        self.wrong.setText(text)
        self.wrong.setVisible(bool(text))
        set_role(self.field, "wrong" if text else "")

    def _confirm(self) -> None:
        if self.button.isEnabled():
            self.confirmed.emit()

    def _practice_password(self) -> None:
        if self.desk.practice:
            self.field.setText(self.desk.practice.key_password)
            self.button.setFocus()
