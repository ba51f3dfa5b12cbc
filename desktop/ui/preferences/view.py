"""The page of settings: a card for each matter, changes hold at once."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.services.upkeep import Copy
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.preferences.more_gateway import MoreOfGateway
from desktop.ui.preferences.papers_card import PapersCard
from desktop.ui.preferences.presenter import GatewayMore, PreferencesPresenter, Shown
from desktop.ui.preferences.proxy_card import ProxyCard
from desktop.ui.texts import language, tr
from desktop.ui.widgets.basics import button, card, label, name
from desktop.ui.widgets.caption import caption
from desktop.ui.widgets.page import Page
from resources.messages import LANGUAGES
from sync.model import Destination

WIDEST = 820


class PreferencesView(Page):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "ui.preferences", "ui.preferences.help")
        self.presenter = PreferencesPresenter(desk.services)
        self._known: Destination | None = None
        self._ca_file: Path | None = None
        self.language = self._choice("ui.preferences.language", self._choose_language)
        self.theme = self._choice("ui.preferences.theme", self._choose_theme)
        self.letters = self._choice("ui.preferences.size", self._choose_size)
        self.url = QLineEdit()
        self.ca = label(role="quiet")
        self.choose_ca = button("ui.preferences.choose_ca", self.pick_ca)
        self.save = button("ui.preferences.save", self.save_gateway, drawing="check")
        self.more = MoreOfGateway()
        self.proxy = ProxyCard(desk)
        self.proxy.done.connect(lambda code: self.notice.tell("done", tr(code)))
        self.proxy.failed.connect(self.fail)
        self.papers = PapersCard(self.save_papers)
        self.copy_now = button("ui.preferences.copy", self.back_up, drawing="copy")
        self.copy_to = button("ui.preferences.copy_to", self.back_up_to)
        self.copies = button("ui.preferences.all_copies", self._to_copies, drawing="undo")
        self.copied = label(role="quiet")
        self.about = label(role="quiet")
        self.unit = label()
        self.change_unit = button("ui.preferences.change_unit", self._to_unit, drawing="unit")
        self._lay_out_cards()
        self._fill_choices()
        desk.session.unit_changed.connect(self._show_unit)

    def _choice(self, code: str, chosen: Callable[[], object]) -> QComboBox:
        made = QComboBox()
        name(made, code)
        made.activated.connect(lambda _: chosen())
        return made

    def _lay_out_cards(self) -> None:
        held = QWidget()
        held.setMaximumWidth(theme.scaled(WIDEST))
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        who, how = self._unit_card(), self._look_card()
        send = (self._gateway_card(), self.proxy, self.papers)
        cards = (who, how, *send, self._copy_card(), self._about_card())
        for each in cards:
            column.addWidget(each)
        row = QHBoxLayout()
        row.addWidget(held, 1)
        row.addStretch(0)
        self.content.addLayout(row)
        self.content.addStretch(1)

    def _unit_card(self) -> QWidget:
        frame, inside = card()
        inside.addWidget(label(tr("ui.preferences.unit"), "heading"))
        inside.addWidget(self.unit)
        inside.addLayout(_row(self.change_unit))
        return frame

    def _look_card(self) -> QWidget:
        frame, inside = card()
        inside.addWidget(label(tr("ui.preferences.look"), "heading"))
        form = QFormLayout()
        for code, entry in (
            ("ui.preferences.language", self.language),
            ("ui.preferences.theme", self.theme),
            ("ui.preferences.size", self.letters),
        ):
            form.addRow(caption(code, entry), entry)
        inside.addLayout(form)
        frame.setVisible(self.desk.appearance is not None)
        return frame

    def _gateway_card(self) -> QWidget:
        frame, inside = card()
        inside.addWidget(label(tr("ui.preferences.gateway"), "heading"))
        practice = self.desk.services.practice
        code = "ui.preferences.gateway_practice" if practice else "ui.preferences.gateway_text"
        inside.addWidget(label(tr(code), "help"))
        name(self.url, "ui.preferences.url")
        self.url.setPlaceholderText(tr("ui.preferences.url_example"))
        form = QFormLayout()
        form.addRow(caption("ui.preferences.url", self.url), self.url)
        inside.addLayout(form)
        inside.addLayout(_row(self.choose_ca, self.ca))
        inside.addWidget(self.more)
        inside.addLayout(_row(self.save))
        for each in (self.url, self.choose_ca, self.save, self.more):
            each.setEnabled(not practice)
        return frame

    def _copy_card(self) -> QWidget:
        frame, inside = card()
        inside.addWidget(label(tr("ui.preferences.copies"), "heading"))
        inside.addWidget(label(tr("ui.preferences.copies_text"), "help"))
        inside.addWidget(self.copied)
        inside.addLayout(_row(self.copy_now, self.copy_to, self.copies))
        return frame

    def _about_card(self) -> QWidget:
        frame, inside = card()
        inside.addWidget(label(tr("ui.preferences.about"), "heading"))
        selectable = Qt.TextInteractionFlag.TextSelectableByMouse
        self.about.setTextInteractionFlags(selectable)
        inside.addWidget(self.about)
        return frame

    # ---- how it looks

    def _fill_choices(self) -> None:
        look = self.desk.appearance
        if look is None:
            return
        for lang in LANGUAGES:
            self.language.addItem(tr(f"ui.language.{lang}"), lang)
        for each in theme.CHOICES:
            self.theme.addItem(tr(f"ui.theme.{each}"), each)
        for percent in theme.SCALES:
            self.letters.addItem(tr("ui.preferences.percent", percent=percent), percent)
        self.language.setCurrentIndex(self.language.findData(language()))
        self.theme.setCurrentIndex(self.theme.findData(look.theme))
        self.letters.setCurrentIndex(self.letters.findData(look.size))

    def _choose_language(self) -> None:
        if self.desk.appearance:
            self.desk.appearance.choose_language(str(self.language.currentData()))

    def _choose_theme(self) -> None:
        if self.desk.appearance:
            self.desk.appearance.choose_theme(str(self.theme.currentData()))

    def _choose_size(self) -> None:
        if self.desk.appearance:
            self.desk.appearance.choose_size(int(self.letters.currentData()))

    # ---- whose papers these are

    def begin(self) -> None:
        self._show_unit()

    def _show_unit(self) -> None:
        unit = self.desk.session.unit
        known = {"code": unit.code, "name": unit.name, "tax_code": unit.tax_code} if unit else {}
        self.unit.setText(tr("ui.preferences.unit_is", **known) if known else "")
        self.change_unit.setEnabled(unit is not None)

    def _to_unit(self) -> None:
        self.desk.session.page_wanted.emit("unit", self.desk.session.unit_code)

    def _to_copies(self) -> None:
        self.desk.session.page_wanted.emit("copies", "")

    # ---- what is stored

    def enter(self, dossier_id: str = "") -> None:
        super().enter(dossier_id)
        self.refresh()

    def refresh(self) -> None:
        self.proxy.refresh()
        self.desk.tasks.run(
            lambda _: self.presenter.shown(), done=self._show, failed=self.fail, channel="settings"
        )

    def _show(self, shown: Shown) -> None:
        self._known = shown.destination
        self._ca_file = None
        self.url.setText(shown.destination.url if shown.destination else "")
        self.ca.setText(_ca_words(shown.destination))
        known = shown.destination
        more = GatewayMore(client_id=known.client_id, pins=known.pins) if known else GatewayMore()
        self.more.show_known(more, secret_kept=shown.secret_kept)
        self.papers.show_settings(shown.papers)
        self.copied.setText(self.presenter.copy_words(shown.last_copy))
        self.about.setText("\n".join(self.presenter.about_lines(shown.about)))

    def pick_ca(self) -> None:
        title = tr("ui.preferences.choose_ca_title")
        chosen = self.desk.picker.open_file(self, title, tr("ui.preferences.ca_kinds"))
        if chosen:
            self._ca_file = chosen
            self.ca.setText(tr("ui.preferences.ca_file", file=chosen.name))

    def save_gateway(self) -> None:
        url, file, known = self.url.text(), self._ca_file, self._known
        more = self.more.typed()
        self.notice.hide()
        self.desk.tasks.run(
            lambda _: self.presenter.save_gateway(url, file, known, more),
            done=lambda _: self._saved(),
            failed=self.fail,
        )

    def _saved(self) -> None:
        self.notice.tell("done", tr("ui.preferences.saved"))
        self.desk.session.dossiers_changed.emit()
        self.refresh()

    def save_papers(self) -> None:
        settings = self.papers.typed()
        self.notice.hide()
        self.desk.tasks.run(
            lambda _: self.presenter.save_papers(settings),
            done=lambda _: self._saved(),
            failed=self.fail,
        )

    def back_up(self) -> None:
        self._copy(None)

    def back_up_to(self) -> None:
        folder = self.desk.picker.folder(self, tr("ui.preferences.copy_title"))
        if folder:
            self._copy(folder)

    def _copy(self, folder: Path | None) -> None:
        self.notice.hide()
        self.desk.tasks.run(
            lambda _: self.presenter.back_up(folder),
            done=self._copied,
            failed=self.fail,
            finished=self.lasting("ui.busy.copy"),
        )

    def _copied(self, copy: Copy) -> None:
        self.notice.tell("done", tr("ui.preferences.copied"), str(copy.file))
        self.refresh()


def _ca_words(destination: Destination | None) -> str:
    known = destination is not None and destination.ca_pem
    return tr("ui.preferences.ca_known" if known else "ui.preferences.ca_none")


def _row(*parts: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    for part in parts:
        row.addWidget(part, 1 if isinstance(part, QLabel) else 0)
    row.addStretch(0 if isinstance(parts[-1], QLabel) else 1)
    return row
