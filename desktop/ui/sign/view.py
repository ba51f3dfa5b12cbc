"""The signing screen: what is signed on the left, the key and the PIN on the right."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.services.api import SignSummary
from desktop.ui.desk import Desk
from desktop.ui.formats import dossier_title
from desktop.ui.sign.key_view import KeyView
from desktop.ui.sign.presenter import SignPresenter, summary_lines
from desktop.ui.tasks import Order
from desktop.ui.texts import tr
from desktop.ui.widgets.basics import button, card, label, make_primary, name, set_role
from desktop.ui.widgets.busy import BusyBar
from desktop.ui.widgets.empty import EmptyState
from desktop.ui.widgets.page import Page
from forms.model import Dossier

PIN_WIDTH = 220


class SignView(Page):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "ui.sign.title", "ui.sign.help")
        self.presenter = SignPresenter(desk.services)
        self._wanted = ""
        self._signing = False
        self._key_offered = False
        self.choice = QComboBox()
        self.form = QFormLayout()
        self.key = KeyView(desk, self.presenter)
        self.pin = QLineEdit()
        self.pin_caption = label(role="strong")
        self.pin_wrong = label(role="wrong")
        self.busy = BusyBar(None)
        self.sign_button = button("ui.sign.sign", self.sign, drawing="sign", role="primary")
        self.send_button = button(
            "ui.sign.to_outbox", self._to_outbox, drawing="send", role="primary"
        )
        self.back_button = button("ui.sign.to_declarations", self._to_declarations)
        self.password = button("ui.sign.practice_password", self._practice_password, role="link")
        self._signed_id = ""
        self._lay_out_page()
        self._connect()
        self._order_tabs()

    # ---- layout

    def _lay_out_page(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(self._what(), 4)
        row.addWidget(self._how(), 7)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row, 1)
        self.pages = QStackedWidget()
        self.pages.addWidget(whole)
        self.pages.addWidget(self._empty())
        self._offer_sending(signed=False)
        self.content.addWidget(self.send_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.content.addWidget(self.pages, 1)

    def _what(self) -> QWidget:
        frame, column = card()
        name(self.choice, "ui.sign.choice")
        column.addWidget(label(tr("ui.sign.what"), "heading"))
        column.addWidget(self.choice)
        column.addSpacing(6)
        self.form.setHorizontalSpacing(14)
        self.form.setVerticalSpacing(8)
        column.addLayout(self.form)
        column.addStretch()
        return frame

    def _how(self) -> QWidget:
        frame, column = card()
        column.addWidget(label(tr("ui.sign.how"), "heading"))
        column.addWidget(self.key)
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.setFixedWidth(PIN_WIDTH)
        self.pin_caption.setWordWrap(False)
        self.pin_caption.setBuddy(self.pin)
        self.pin_wrong.hide()
        row = QHBoxLayout()
        row.addWidget(self.pin_caption)
        row.addWidget(self.pin)
        row.addWidget(self.sign_button)
        row.addWidget(self.password)
        row.addStretch()
        column.addLayout(row)
        column.addWidget(self.pin_wrong)
        column.addWidget(self.busy)
        column.addWidget(label(tr("ui.sign.pin_promise"), "quiet"))
        column.addStretch()
        return frame

    def _empty(self) -> EmptyState:
        return EmptyState("sign", tr("ui.sign.empty"), tr("ui.sign.empty_text"), self.back_button)

    def _order_tabs(self) -> None:
        key = self.key
        self.in_tab_order(
            self.send_button,
            self.choice,
            key.token,
            key.file,
            key.pick_module,
            key.reload,
            key.pick_file,
            key.list,
            self.pin,
            self.sign_button,
            self.password,
        )

    def _connect(self) -> None:
        self.choice.currentIndexChanged.connect(lambda _: self._chosen())
        self.key.changed.connect(self._show_possible)
        self.key.failed.connect(self.fail)
        self.pin.textChanged.connect(lambda _: self._show_possible())
        self.pin.returnPressed.connect(self.sign)
        self.desk.session.unit_changed.connect(self._other_unit)
        self.desk.session.dossiers_changed.connect(self.refresh)
        self._show_possible()

    # ---- which dossier

    def _other_unit(self) -> None:
        self.notice.hide()
        self._offer_sending(signed=False)
        self.refresh()

    def enter(self, dossier_id: str = "") -> None:
        if dossier_id:
            self.notice.hide()
            self._offer_sending(signed=False)
        self._wanted = dossier_id
        self._offer_practice_key()
        self.refresh()

    def _offer_practice_key(self) -> None:
        practice = self.desk.practice
        if practice and practice.key_file and not self._key_offered:
            self._key_offered = True
            make = practice.key_file
            self.desk.tasks.run(lambda _: make(), done=self.key.use_key_file, failed=self.fail)

    def refresh(self) -> None:
        unit_code = self.desk.session.unit_code
        self.desk.tasks.run(
            lambda _: self.presenter.waiting(unit_code),
            done=self._listed,
            failed=self.fail,
            channel="sign.list",
            order=Order.LATEST,
        )

    def _listed(self, dossiers: tuple[Dossier, ...]) -> None:
        wanted = self._wanted or self.dossier_id
        self.choice.blockSignals(True)
        self.choice.clear()
        for dossier in dossiers:
            self.choice.addItem(dossier_title(dossier), dossier.id)
        self.choice.setCurrentIndex(max(0, self.choice.findData(wanted)))
        self.choice.blockSignals(False)
        self.pages.setCurrentIndex(0 if dossiers else 1)
        self._chosen()

    @property
    def dossier_id(self) -> str:
        return str(self.choice.currentData() or "")

    def _chosen(self) -> None:
        dossier_id = self.dossier_id
        self.pin.clear()
        self._say_wrong("")
        self.key.show_dossier(dossier_id)
        if dossier_id:
            self.desk.tasks.run(
                lambda _: self.presenter.summary(dossier_id),
                done=self._show_summary,
                failed=self.fail,
                channel="sign.summary",
                order=Order.LATEST,
            )
        self._show_possible()

    def _show_summary(self, summary: SignSummary) -> None:
        while self.form.rowCount():
            self.form.removeRow(0)
        for what, value in summary_lines(summary):
            caption = label(what, "quiet")
            caption.setMinimumWidth(110)
            self.form.addRow(caption, label(value, "strong"))

    # ---- signing

    def _show_possible(self) -> None:
        kind = "pin" if self.key.uses_token else "password"
        self.pin_caption.setText(tr(f"ui.sign.{kind}"))
        self.pin.setAccessibleName(tr(f"ui.sign.{kind}"))
        ready = bool(self.dossier_id) and self.key.ready and not self._signing
        self.pin.setEnabled(ready)
        self.sign_button.setEnabled(ready and bool(self.pin.text()))
        practice = self.desk.practice
        known = practice is not None and bool(practice.key_password)
        self.password.setVisible(known and not self.key.uses_token)

    def _practice_password(self) -> None:
        if self.desk.practice:
            self.pin.setText(self.desk.practice.key_password)
            self.sign_button.setFocus()

    def sign(self) -> None:
        """The PIN leaves its field at once and is held by the one call alone."""
        if not self.sign_button.isEnabled():
            return
        pin = self.pin.text()
        self.pin.clear()
        self.notice.hide()
        self._say_wrong("")
        self._hold(signing=True)
        if self.key.uses_token and self.key.module:
            self._sign_with_token(self.dossier_id, self.key.module, pin, self.key.serial)
        elif self.key.key_file:
            self._sign_with_file(self.dossier_id, self.key.key_file, pin)

    def _sign_with_token(self, dossier_id: str, module: Path, pin: str, serial: str | None) -> None:
        self.desk.tasks.run(
            lambda report: self.presenter.sign_with_token(dossier_id, module, pin, serial, report),
            done=self._signed,
            failed=self._refused,
            progress=self.busy.report,
            finished=lambda: self._hold(signing=False),
        )

    def _sign_with_file(self, dossier_id: str, key_file: Path, password: str) -> None:
        self.desk.tasks.run(
            lambda report: self.presenter.sign_with_key_file(
                dossier_id, key_file, password, report
            ),
            done=self._signed,
            failed=self._refused,
            progress=self.busy.report,
            finished=lambda: self._hold(signing=False),
        )

    def _hold(self, *, signing: bool) -> None:
        self._signing = signing
        self.choice.setEnabled(not signing)
        self.key.setEnabled(not signing)
        if signing:
            self.busy.begin("ui.busy.sign")
        else:
            self.busy.end()
        self._show_possible()
        if not signing and not self.pin_wrong.isHidden():
            self.pin.setFocus()

    def _signed(self, dossier: Dossier) -> None:
        self._signed_id = dossier.id
        self._wanted = ""
        title = tr("ui.signed.title", dossier=dossier_title(dossier))
        self.notice.tell("done", title, tr("ui.signed.text"))
        self._offer_sending(signed=True)
        self.send_button.setFocus()
        self.desk.session.dossiers_changed.emit()

    def _offer_sending(self, *, signed: bool) -> None:
        """One next step at a time: sending what was just signed, else preparing something."""
        self.send_button.setVisible(signed)
        make_primary(self.back_button, "form", primary=not signed)

    def _refused(self, error: BaseException) -> None:
        beside = self.presenter.beside_the_pin(error)
        if beside:
            self._say_wrong(beside)
        else:
            self.fail(error)

    def _say_wrong(self, text: str) -> None:
        self.pin_wrong.setText(text)
        self.pin_wrong.setVisible(bool(text))
        set_role(self.pin, "wrong" if text else "")

    def _to_outbox(self) -> None:
        self.desk.session.page_wanted.emit("outbox", self._signed_id)

    def _to_declarations(self) -> None:
        self.desk.session.page_wanted.emit("declarations", "")
