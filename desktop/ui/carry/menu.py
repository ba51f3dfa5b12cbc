"""A button with the other ways of carrying away."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from desktop.ui.carry.presenter import PASSWORD, CarryPresenter, Said
from desktop.ui.desk import Desk
from desktop.ui.texts import tr, words
from desktop.ui.widgets.basics import button
from desktop.ui.widgets.page import Page
from resources.faults import Fault


class CarryMenu:
    """``chosen``: the dossier that the page shows, empty for none. ``parcels``: whole parcels may
    be handed over and taken in here too; else only drafts are written, for other programs."""

    def __init__(
        self, desk: Desk, page: Page, chosen: Callable[[], str], *, parcels: bool = False
    ) -> None:
        self._desk, self._page, self._chosen = desk, page, chosen
        self.presenter = CarryPresenter(desk.services)
        self.menu = QMenu(page)
        self.books = [
            self._action(f"ui.carry.{code}", partial(self.workbook, code))
            for code in self.presenter.providers
        ]
        self.hand: QAction | None = None
        self.back: QAction | None = None
        if parcels:
            self._add_parcels()
        code = "ui.carry.button" if parcels else "ui.carry.books"
        self.button = button(code, self._open, drawing="report" if parcels else "excel")

    def _add_parcels(self) -> None:
        self.hand = self._action("ui.carry.sealed", self.hand_over)
        self.menu.addSeparator()
        self._action("ui.carry.take", self.take)
        self.back = self._action("ui.carry.back", self.take_back)

    def _action(self, code: str, act: Callable[[], None]) -> QAction:
        made = QAction(tr(code), self.menu)
        made.triggered.connect(lambda: act())
        self.menu.addAction(made)
        return made

    def allow(self, *, dossier: bool, hand: bool = False, back: bool = False) -> None:
        """What may be done with the dossier that is shown now."""
        for each in self.books:
            each.setEnabled(dossier)
        if self.hand and self.back:
            self.hand.setEnabled(dossier and hand)
            self.back.setEnabled(dossier and back)

    def _open(self) -> None:
        self.menu.popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))

    def workbook(self, provider: str) -> None:
        dossier_id = self._chosen()
        folder = self._desk.picker.folder(self._page, tr("ui.pick.export"))
        if folder and dossier_id:
            self._run(lambda: self.presenter.workbook(dossier_id, provider, folder))

    def hand_over(self) -> None:
        dossier_id, picker = self._chosen(), self._desk.picker
        folder = picker.folder(self._page, tr("ui.pick.export"))
        if not folder or not dossier_id:
            return
        password = picker.secret(self._page, tr("ui.carry.ask_new"))
        if password is not None:
            self._run(lambda: self.presenter.hand_over(dossier_id, folder, password))

    def take(self) -> None:
        kinds = tr("ui.kinds.sealed")
        file = self._desk.picker.open_file(self._page, tr("ui.carry.pick"), kinds)
        if file:
            self._take(file, "", trusted=False)

    def _take(self, file: Path, password: str, *, trusted: bool) -> None:
        self._desk.tasks.run(
            lambda _: self.presenter.take_over(file, password, trusted=trusted),
            done=self._taken,
            failed=lambda error: self._asked(error, file, password, trusted=trusted),
            finished=self._page.lasting("ui.busy.carry_in"),
        )

    def _taken(self, said: Said) -> None:
        """It may have brought a unit that was not known here."""
        self._desk.session.units_changed.emit()
        self._say(said)

    def _asked(self, error: BaseException, file: Path, password: str, *, trusted: bool) -> None:
        """A password or a yes may be all that is missing."""
        wanted, picker = self.presenter.wants(error), self._desk.picker
        if wanted == PASSWORD and not password:
            if typed := picker.secret(self._page, tr("ui.carry.ask")):
                self._take(file, typed, trusted=trusted)
        elif wanted and isinstance(error, Fault) and not trusted:
            detail = words(error.code, error.params)
            if picker.confirm(self._page, tr("ui.carry.sure"), detail, tr("ui.carry.yes")):
                self._take(file, password, trusted=True)
        else:
            self._page.fail(error)

    def take_back(self) -> None:
        dossier_id = self._chosen()
        if dossier_id:
            self._run(lambda: self.presenter.take_back(dossier_id), "ui.busy.carry_back")

    def _run(self, work: Callable[[], Said], code: str = "ui.busy.carry") -> None:
        self._desk.tasks.run(
            lambda _: work(),
            done=self._say,
            failed=self._page.fail,
            finished=self._page.lasting(code),
        )

    def _say(self, said: Said) -> None:
        self._page.notice.tell(*said)
        self._desk.session.dossiers_changed.emit()
