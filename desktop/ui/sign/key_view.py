"""Which key signs: a USB token and its certificate, or a key file in practice."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from desktop.ui.desk import Desk
from desktop.ui.sign.presenter import SignPresenter, TokenView
from desktop.ui.sign.table import CertificatesModel
from desktop.ui.tasks import Order
from desktop.ui.texts import tr, without_mnemonic
from desktop.ui.widgets.basics import button, label
from desktop.ui.widgets.busy import BusyBar
from desktop.ui.widgets.grid import Grid

MODULE = "sign/module"
KEY_FILE = "sign/key_file"
LIST_HEIGHT = 290


class KeyView(QWidget):
    """Emits ``changed`` when another key is chosen, ``failed`` when a token cannot be read."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, desk: Desk, presenter: SignPresenter) -> None:
        super().__init__()
        self.desk = desk
        self.presenter = presenter
        self.dossier_id = ""
        self.module = _known_file(desk.settings.text(MODULE))
        self.key_file = _known_file(desk.settings.text(KEY_FILE))
        self.model = CertificatesModel()
        self.list = Grid(self.model, "ui.certificate.list")
        self.token = QRadioButton(tr("ui.sign.token"))
        self.file = QRadioButton(tr("ui.sign.file"))
        self.where = label(role="quiet")
        self.warning = label(role="wrong")
        self.busy = BusyBar(None)
        self.pick_module = button("ui.sign.pick_module", self.choose_module, drawing="token")
        self.reload = button("ui.sign.reload", self.read_token)
        self.pick_file = button("ui.sign.pick_file", self.choose_file)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        group = QButtonGroup(self)
        for choice in (self.token, self.file):
            group.addButton(choice)
            choice.setAccessibleName(without_mnemonic(choice.text()))
        choices = QHBoxLayout()
        choices.addWidget(self.token)
        choices.addWidget(self.file)
        choices.addStretch()
        tools = QHBoxLayout()
        tools.addWidget(self.where, 1)
        tools.addWidget(self.pick_module)
        tools.addWidget(self.reload)
        tools.addWidget(self.pick_file)
        self.list.widths(165, 122, 100, 240, stretch=3)
        self.list.setFixedHeight(LIST_HEIGHT)
        self.list.wrap_all()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(choices)
        column.addLayout(tools)
        column.addWidget(self.busy)
        column.addWidget(self.list)
        column.addWidget(self.warning)

    def _connect(self) -> None:
        practice = self.desk.services.practice
        self.file.setVisible(practice)
        self.token.setVisible(practice)
        (self.file if practice else self.token).setChecked(True)
        self.token.toggled.connect(lambda _: self._chosen())
        self.list.selectionModel().selectionChanged.connect(lambda *_: self.changed.emit())
        self._show_choice()

    def _chosen(self) -> None:
        self._show_choice()
        if self.uses_token:
            self.read_token()
        self.changed.emit()

    def _show_choice(self) -> None:
        for part in (self.list, self.pick_module, self.reload, self.warning):
            part.setVisible(self.uses_token)
        self.pick_file.setVisible(not self.uses_token)
        self.reload.setEnabled(self.module is not None)
        chosen = self.module if self.uses_token else self.key_file
        kind = "module" if self.uses_token else "file"
        if chosen:
            self.where.setText(tr(f"ui.sign.{kind}_chosen", name=chosen.name))
        else:
            self.where.setText(tr(f"ui.sign.{kind}_missing"))

    @property
    def uses_token(self) -> bool:
        return self.token.isChecked()

    @property
    def serial(self) -> str | None:
        """Of the certificate chosen; None when there is none or the driver shows none."""
        rows = self.list.selectionModel().selectedRows()
        line = self.model.line(rows[0]) if rows else None
        return line.serial if line else None

    @property
    def ready(self) -> bool:
        if not self.uses_token:
            return self.key_file is not None
        return self.module is not None and (self.serial is not None or self._blind)

    _blind = False

    def choose_module(self) -> None:
        chosen = self.desk.picker.open_file(self, tr("ui.pick.module"), tr("ui.kinds.module"))
        if chosen:
            self.module = chosen
            self.desk.settings.remember(MODULE, str(chosen))
            self._show_choice()
            self.read_token()

    def choose_file(self) -> None:
        chosen = self.desk.picker.open_file(self, tr("ui.pick.key_file"), tr("ui.kinds.key_file"))
        if chosen:
            self.desk.settings.remember(KEY_FILE, str(chosen))
            self.use_key_file(chosen)

    def use_key_file(self, chosen: Path) -> None:
        self.key_file = chosen
        self._show_choice()
        self.changed.emit()

    def show_dossier(self, dossier_id: str) -> None:
        """Another dossier may be of another MST: the certificates are judged again."""
        self.dossier_id = dossier_id
        if self.uses_token:
            self.read_token()

    def read_token(self) -> None:
        module, dossier_id = self.module, self.dossier_id
        if module is None or not dossier_id:
            return
        self.model.show(())
        self.warning.setText("")
        self.busy.begin("ui.busy.token")
        self.desk.tasks.run(
            lambda _: self.presenter.tokens(module, dossier_id),
            done=self._show_tokens,
            failed=self.failed.emit,
            finished=self.busy.end,
            channel="sign.tokens",
            order=Order.LATEST,
        )

    def _show_tokens(self, seen: TokenView) -> None:
        self._blind = seen.blind and not seen.lines
        self.model.show(seen.lines)
        first = seen.first_usable
        if first is not None:
            self.list.selectRow(first)
        self.warning.setText(seen.warning or self._nothing(seen))
        self.changed.emit()

    def _nothing(self, seen: TokenView) -> str:
        if not seen.tokens:
            return tr("ui.sign.no_token")
        if self._blind:
            return tr("ui.sign.blind")
        return "" if seen.first_usable is not None else tr("ui.sign.none_usable")


def _known_file(text: str) -> Path | None:
    return Path(text) if text and Path(text).is_file() else None
