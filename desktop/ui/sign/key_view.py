"""Which key signs: a USB token and its certificate, or a key file in practice."""

from pathlib import Path, PureWindowsPath

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop.services.token_api import FoundDriver, LastKey
from desktop.ui.desk import Desk
from desktop.ui.sign.keys import CertificateLine, PinState, TokenView, best_driver, driver_words
from desktop.ui.sign.presenter import SignPresenter
from desktop.ui.sign.table import CertificatesModel
from desktop.ui.tasks import Order
from desktop.ui.texts import tr, without_mnemonic
from desktop.ui.widgets.basics import button, label, name
from desktop.ui.widgets.busy import BusyBar
from desktop.ui.widgets.grid import Grid

MODULE = "sign/module"
KEY_FILE = "sign/key_file"
LIST_HEIGHT = 124
WATCH_EVERY = 2_000
"""milliseconds; the service asks the driver only when something was plugged in or pulled out"""


class KeyView(QWidget):
    """Emits ``changed`` when another key is chosen, ``failed`` when a token cannot be read, and
    ``check_wanted`` when the person asks why."""

    changed = Signal()
    failed = Signal(object)
    check_wanted = Signal()

    def __init__(self, desk: Desk, presenter: SignPresenter) -> None:
        super().__init__()
        self.desk = desk
        self.presenter = presenter
        self.dossier_id = self._unit_code = self._last_serial = ""
        self.module = _known_file(desk.settings.text(MODULE))
        self.key_file = _known_file(desk.settings.text(KEY_FILE))
        self.found: tuple[FoundDriver, ...] = ()
        self.seen = TokenView()
        self.model = CertificatesModel()
        self._by_hand = False
        self._make_parts()
        self._lay_out()
        self._connect()

    def _make_parts(self) -> None:
        self.list = Grid(self.model, "ui.certificate.list")
        self.token = QRadioButton(tr("ui.sign.token"))
        self.file = QRadioButton(tr("ui.sign.file"))
        self.drivers = QComboBox()
        name(self.drivers, "ui.sign.drivers")
        self.where = label(role="quiet")
        self.warning = label(role="wrong")
        self.busy = BusyBar(None)
        self.pick_module = button("ui.sign.pick_module", self.choose_module)
        self.reload = button("ui.sign.reload", self.look_again, drawing="token")
        # the page puts it beside its heading
        self.check = button("ui.sign.check_token", self.check_wanted.emit, role="link")
        self.pick_file = button("ui.sign.pick_file", self.choose_file)
        self.timer = QTimer(self)
        self.timer.setInterval(WATCH_EVERY)

    def _lay_out(self) -> None:
        group = QButtonGroup(self)
        choices = QHBoxLayout()
        for choice in (self.token, self.file):
            group.addButton(choice)
            choice.setAccessibleName(without_mnemonic(choice.text()))
            choices.addWidget(choice)
        choices.addStretch()
        tools = QHBoxLayout()
        tools.addWidget(self.drivers, 1)
        tools.addWidget(self.where, 1)
        for each in (self.pick_module, self.reload, self.pick_file):
            tools.addWidget(each)
        self.drivers.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.list.widths(170, 122, 96, 220, stretch=3)
        self.list.setFixedHeight(LIST_HEIGHT)
        self.list.wrap_all()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(choices)
        column.addLayout(tools)
        for part in (self.busy, self.list, self.warning):
            column.addWidget(part)

    def _connect(self) -> None:
        practice = self.desk.services.practice
        self.file.setVisible(practice)
        self.token.setVisible(practice)
        (self.file if practice else self.token).setChecked(True)
        self.token.toggled.connect(lambda _: self._kind_chosen())
        self.drivers.activated.connect(lambda _: self._driver_chosen())
        self.list.selectionModel().selectionChanged.connect(lambda *_: self.changed.emit())
        self.timer.timeout.connect(self.watch)
        self._show_choice()

    def _kind_chosen(self) -> None:
        self._show_choice()
        self.look_for_token()
        self.changed.emit()

    def _show_choice(self) -> None:
        token = self.uses_token
        for part in (self.drivers, self.list, self.pick_module, self.reload, self.check):
            part.setVisible(token)
        self.warning.setVisible(token and bool(self.warning.text()))
        self.pick_file.setVisible(not token)
        self.where.setVisible(not token)
        if self.key_file:
            self.where.setText(tr("ui.sign.file_chosen", name=self.key_file.name))
        else:
            self.where.setText(tr("ui.sign.file_missing"))
        self._show_drivers()

    def _show_drivers(self) -> None:
        """Every driver that was found, and the one chosen where it is none of them."""
        lines = [(each.module.path, driver_words(each, _name(each.module.path)))
                 for each in self.found]  # fmt: skip
        module = str(self.module) if self.module else ""
        if module and module not in dict(lines):
            lines.insert(0, (module, _name(module)))
        self.drivers.clear()
        for path, words in lines or [("", tr("ui.sign.no_driver"))]:
            self.drivers.addItem(words, path)
        self.drivers.setCurrentIndex(max(0, self.drivers.findData(module)))
        self.drivers.setToolTip(module)

    # ---- what is chosen

    @property
    def uses_token(self) -> bool:
        return self.token.isChecked()

    @property
    def line(self) -> CertificateLine | None:
        """The certificate chosen; None when there is none or the driver shows none."""
        rows = self.list.selectionModel().selectedRows()
        return self.model.line(rows[0]) if rows else None

    @property
    def serial(self) -> str | None:
        return self.line.serial if self.line else None

    @property
    def identity(self) -> str:
        """Tells this key from every other one that may be chosen here."""
        return f"{self.path}|{self.pin.label}|{self.serial}"

    @property
    def pin(self) -> PinState:
        """Of the token that holds the certificate chosen, else of the worst token here."""
        if not self.uses_token:
            return PinState()
        if self.line:
            return self.line.pin
        return self.seen.blind or self.seen.worst_pin

    @property
    def path(self) -> Path | None:
        return self.module if self.uses_token else self.key_file

    @property
    def ready(self) -> bool:
        if not self.uses_token:
            return self.key_file is not None
        some = self.serial is not None or self.seen.blind is not None
        return self.module is not None and some and not self.pin.locked

    # ---- finding the token

    def show_dossier(self, dossier_id: str, unit_code: str) -> None:
        """Certificates are judged for the unit of this dossier, whichever dossier it is."""
        other_unit = unit_code != self._unit_code
        self.dossier_id, self._unit_code = dossier_id, unit_code
        if other_unit:
            self.found, self._last_serial = (), ""
        self.look_for_token()

    def look_for_token(self) -> None:
        """The driver of the unit's last signing, or the one chosen by hand, is read at once; the
        others are looked for meanwhile. No driver is touched while nobody looks."""
        if not (self.uses_token and self.dossier_id and self.isVisible()):
            return
        unit_code = self._unit_code
        self.desk.tasks.run(
            lambda _: self.presenter.last_key(unit_code),
            done=self._remembered,
            failed=self.failed.emit,
            channel="sign.last_key",
            order=Order.LATEST,
        )

    def _remembered(self, known: LastKey | None) -> None:
        if known:
            self._last_serial = known.serial
            if not self._by_hand:
                self.module = _known_file(known.module) or self.module
        self._show_drivers()
        self.read_token()
        if not self.found:
            self.find_drivers()

    def find_drivers(self) -> None:
        unit_code = self._unit_code
        if self.module is None:
            self.busy.begin("ui.busy.drivers")
        self.desk.tasks.run(
            lambda _: self.presenter.drivers(unit_code),
            done=self._drivers_found,
            failed=self.failed.emit,
            finished=self.busy.end,
            channel="sign.drivers",
            order=Order.LATEST,
        )

    def _drivers_found(self, found: tuple[FoundDriver, ...]) -> None:
        self.found = found
        best = best_driver(found)
        here = bool(self.seen.pins)
        if best and (self.module is None or (best.tokens and not here and not self._by_hand)):
            self._use(Path(best.module.path))
        self._show_drivers()
        if self.module is None:
            self._say(tr("ui.sign.no_driver_text"))

    def _driver_chosen(self) -> None:
        path = str(self.drivers.currentData() or "")
        if path:
            self._by_hand = True
            self._use(Path(path))

    def choose_module(self) -> None:
        chosen = self.desk.picker.open_file(self, tr("ui.pick.module"), tr("ui.kinds.module"))
        if chosen:
            self._by_hand = True
            self.desk.settings.remember(MODULE, str(chosen))
            self._use(chosen)

    def _use(self, module: Path) -> None:
        self.module = module
        self._show_drivers()
        self.read_token(again=True)

    def look_again(self) -> None:
        """The person says that something changed."""
        self.read_token(again=True)
        self.find_drivers()

    def choose_file(self) -> None:
        chosen = self.desk.picker.open_file(self, tr("ui.pick.key_file"), tr("ui.kinds.key_file"))
        if chosen:
            self.desk.settings.remember(KEY_FILE, str(chosen))
            self.use_key_file(chosen)

    def use_key_file(self, chosen: Path) -> None:
        self.key_file = chosen
        self._show_choice()
        self.changed.emit()

    # ---- reading the token

    def read_token(self, *, again: bool = False, quiet: bool = False) -> None:
        """``quiet``: after a failure that was said already."""
        module, dossier_id = self.module, self.dossier_id
        if module is None or not dossier_id or not self.uses_token:
            return
        self.busy.begin("ui.busy.token")
        self.desk.tasks.run(
            lambda _: self.presenter.tokens(module, dossier_id, again=again),
            done=self._show_tokens,
            failed=(lambda _: self._show_tokens(TokenView())) if quiet else self._unread,
            finished=self.busy.end,
            channel="sign.tokens",
            order=Order.LATEST,
        )

    _watching = False

    def watch(self) -> None:
        """Shows what was plugged in or pulled out; says nothing of a driver that fails."""
        module, dossier_id = self.module, self.dossier_id
        idle = self.isEnabled() and not self._watching and self.busy.isHidden()
        if module is None or not dossier_id or not self.uses_token or not idle:
            return
        self._watching = True
        self.desk.tasks.run(
            lambda _: self.presenter.tokens(module, dossier_id),
            done=lambda seen: self._show_tokens(seen) if module == self.module else None,
            failed=lambda _: self._show_tokens(TokenView()),
            finished=self._watched,
        )

    def _watched(self) -> None:
        self._watching = False

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.timer.stop()

    def _unread(self, error: BaseException) -> None:
        self._show_tokens(TokenView())
        self.failed.emit(error)

    def _show_tokens(self, seen: TokenView) -> None:
        if seen != self.seen or not self.model.lines:
            serial = self.serial or self._last_serial
            self.seen = seen
            self.model.show(seen.lines)
            place = seen.place(serial)
            if place is not None:
                self.list.selectRow(place)
        self._say(self._nothing(seen))
        self.changed.emit()

    def _say(self, text: str) -> None:
        self.warning.setText(text)
        self.warning.setVisible(bool(text) and self.uses_token)

    def _nothing(self, seen: TokenView) -> str:
        if not seen.pins:
            return tr("ui.sign.no_token")
        if seen.blind:
            return tr("ui.sign.blind")
        return "" if seen.place("") is not None else tr("ui.sign.none_usable")


def _known_file(text: str) -> Path | None:
    return Path(text) if text and Path(text).is_file() else None


def _name(path: str) -> str:
    """Of the file, in either way of writing paths."""
    return PureWindowsPath(path).name
