"""The proxy's login: put into the key store, told that it is there, forgotten again."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from desktop.ui.desk import Desk
from desktop.ui.preferences.proxy_presenter import ProxyPresenter, ProxyShown, ProxyTyped
from desktop.ui.tasks import Order
from desktop.ui.texts import tr
from desktop.ui.widgets.basics import button, label, name, set_role
from desktop.ui.widgets.caption import caption

CHANNEL = "settings.proxy"


class ProxyCard(QFrame):
    """Emits ``done`` with the code of what was done, ``failed`` with what went wrong."""

    done = Signal(str)
    failed = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        set_role(self, "card")
        self.desk = desk
        self.presenter = ProxyPresenter(desk.services.secrets)
        self.place, self.user, self.password = QLineEdit(), QLineEdit(), QLineEdit()
        self.place.setPlaceholderText(tr("ui.preferences.proxy_example"))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.system, self.state = label(role="quiet"), label(role="strong")
        self.keep_button = button("ui.preferences.proxy_keep", self.keep, drawing="check")
        self.forget_button = button("ui.preferences.proxy_forget", self.forget)
        self._lay_out()
        self.place.editingFinished.connect(self.refresh)
        self.setEnabled(not desk.services.practice)

    def _lay_out(self) -> None:
        form = QFormLayout()
        for code, entry in (
            ("ui.preferences.proxy_place", self.place),
            ("ui.preferences.proxy_user", self.user),
            ("ui.preferences.proxy_password", self.password),
        ):
            name(entry, code)
            form.addRow(caption(code, entry), entry)
        foot = QHBoxLayout()
        foot.addWidget(self.keep_button)
        foot.addWidget(self.forget_button)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.addWidget(label(tr("ui.preferences.proxy"), "heading"))
        column.addWidget(label(tr("ui.preferences.proxy_text"), "help"))
        column.addWidget(self.system)
        column.addLayout(form)
        column.addWidget(self.state)
        column.addLayout(foot)

    # ---- what is known

    def refresh(self) -> None:
        place = self.place.text()
        self.desk.tasks.run(
            lambda _: self.presenter.shown(place),
            done=self.show_known,
            failed=self.failed.emit,
            channel=CHANNEL,
            order=Order.LATEST,
        )

    def show_known(self, shown: ProxyShown) -> None:
        if not self.place.text():
            self.place.setText(shown.place)
        if not self.user.isModified():
            self.user.setText(shown.user)
        self.system.setText(self.presenter.system_words(shown))
        self.state.setText(self.presenter.state_words(shown))
        self.state.setVisible(bool(self.state.text()))
        self.forget_button.setVisible(bool(shown.user))

    # ---- what is wanted

    def keep(self) -> None:
        """The password leaves the field at once, whatever comes of it."""
        typed = ProxyTyped(
            place=self.place.text(), user=self.user.text(), password=self.password.text()
        )
        self.password.clear()
        self.desk.tasks.run(
            lambda _: self.presenter.keep(typed),
            done=lambda _: self._done("ui.preferences.proxy_kept"),
            failed=self.failed.emit,
        )

    def forget(self) -> None:
        place = self.place.text()
        self.desk.tasks.run(
            lambda _: self.presenter.forget(place),
            done=lambda _: self._done("ui.preferences.proxy_forgotten"),
            failed=self.failed.emit,
        )

    def _done(self, code: str) -> None:
        self.user.setText("")
        self.refresh()
        self.done.emit(code)
