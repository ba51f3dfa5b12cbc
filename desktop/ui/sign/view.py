"""The signing screen: what is signed on the left, the key and the PIN on the right."""

from threading import Event

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desktop.services.api import Remark, SignSummary
from desktop.services.signing_batch import SignedBatch
from desktop.ui.desk import Desk
from desktop.ui.formats import dossier_title
from desktop.ui.sign.choice_view import LEAST_HEIGHT, ChoiceView
from desktop.ui.sign.key_view import KeyView
from desktop.ui.sign.keys import FINAL_TRY, told
from desktop.ui.sign.pin_view import PinView
from desktop.ui.sign.presenter import NotToldYet, SigningOrder, SignPresenter
from desktop.ui.sign.summary import signing_for, stopped
from desktop.ui.sign.told_view import ToldView
from desktop.ui.tasks import Order
from desktop.ui.texts import tr
from desktop.ui.theme import scaled
from desktop.ui.widgets.basics import button, card, label, make_primary, name
from desktop.ui.widgets.busy import BusyBar
from desktop.ui.widgets.empty import EmptyState
from desktop.ui.widgets.page import Page
from forms.model import Dossier


class SignView(Page):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "ui.sign.title", "ui.sign.help")
        self.presenter = SignPresenter(desk.services)
        self._wanted: tuple[str, ...] = ()
        self._late: tuple[Remark, ...] = ()
        self._late_of = ""
        self._summed: tuple[str, ...] = ()
        self._signing = self._key_offered = False
        self._signed_id = ""
        self.choice = ChoiceView()
        self.key = KeyView(desk, self.presenter)
        self.told = ToldView()
        self.pin_row = PinView(desk)
        self.pin, self.pin_wrong = self.pin_row.field, self.pin_row.wrong
        self.sign_button = self.pin_row.button
        self.password = self.pin_row.password
        self.busy = BusyBar(self.stop)
        self._stopped_by_person = Event()
        self.under_way = label(role="quiet")
        self.send_button = button(
            "ui.sign.to_outbox", self._to_outbox, drawing="send", role="primary"
        )
        self.rest_button = button("ui.sign.rest", self._go_on, drawing="sign", role="primary")
        self.back_button = button("ui.sign.to_declarations", self._to_declarations)
        self._lay_out_page()
        self._connect()
        self._order_tabs()

    # ---- layout

    def _lay_out_page(self) -> None:
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(self.choice, 4)
        row.addWidget(self._how(), 7)
        self.pages = QStackedWidget()
        self.pages.addWidget(whole)
        self.pages.addWidget(self._empty())
        after = QHBoxLayout()
        after.addWidget(self.rest_button)
        after.addWidget(self.send_button)
        after.addStretch()
        self._offer_next(sending=False, rest=False)
        self.content.addLayout(after)
        self.content.addWidget(self.pages, 1)

    def _how(self) -> QWidget:
        frame, column = card()
        self.under_way.hide()
        head = QHBoxLayout()
        head.addWidget(label(tr("ui.sign.how"), "heading"), 1)
        head.addWidget(self.key.check)
        column.addLayout(head)
        column.addWidget(self._key_and_told(), 1)
        for part in (self.pin_row, self.busy, self.under_way):
            column.addWidget(part)
        column.addWidget(label(tr("ui.sign.pin_promise"), "quiet"))
        return frame

    def _key_and_told(self) -> QScrollArea:
        """What may be long scrolls; the PIN and its button are always in sight."""
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.key)
        column.addWidget(self.told)
        column.addStretch(1)
        area = QScrollArea()
        name(area, "ui.sign.told")
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setMinimumHeight(scaled(LEAST_HEIGHT))
        area.setWidget(inside)
        inside.setAutoFillBackground(False)
        area.viewport().setAutoFillBackground(False)
        return area

    def _empty(self) -> EmptyState:
        return EmptyState("sign", tr("ui.sign.empty"), tr("ui.sign.empty_text"), self.back_button)

    def _order_tabs(self) -> None:
        key, choice = self.key, self.choice
        self.in_tab_order(
            self.rest_button,
            self.send_button,
            choice.all,
            choice.list,
            choice.area,
            choice.why,
            key.check,
            key.token,
            key.file,
            key.drivers,
            key.pick_module,
            key.reload,
            key.pick_file,
            key.list,
            self.pin,
            self.sign_button,
            self.password,
        )

    def _connect(self) -> None:
        self.choice.changed.connect(self._chosen)
        self.key.changed.connect(self._key_changed)
        self.key.failed.connect(self.fail)
        self.key.check_wanted.connect(lambda: self.desk.session.page_wanted.emit("token", ""))
        self.told.changed.connect(self._show_possible)
        self.pin_row.confirmed.connect(self.sign)
        self.desk.session.unit_changed.connect(self._other_unit)
        self.desk.session.dossiers_changed.connect(self.refresh)
        self._key_changed()

    # ---- which dossiers

    def _other_unit(self) -> None:
        self.notice.hide()
        self._offer_next(sending=False, rest=False)
        self.refresh()

    def begin(self) -> None:
        self.refresh()

    def enter(self, dossier_id: str = "") -> None:
        if dossier_id:
            self.notice.hide()
            self._offer_next(sending=False, rest=False)
            self._wanted = (dossier_id,)
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
        ticked = self._wanted or self.choice.ids
        self._wanted = ()
        self.pages.setCurrentIndex(0 if dossiers else 1)
        self.choice.show_dossiers(dossiers, ticked)
        first = dossiers[0].id if dossiers else ""
        self.key.show_dossier(first, self.desk.session.unit_code)

    def _chosen(self) -> None:
        ids = self.choice.ids
        self._summed = ()
        self.pin.clear()
        self.pin_row.say_wrong("")
        self.desk.tasks.run(
            lambda _: self.presenter.summaries(ids),
            done=self._show_summaries,
            failed=self.fail,
            channel="sign.summary",
            order=Order.LATEST,
        )
        self._show_possible()

    def _show_summaries(self, summaries: tuple[SignSummary, ...]) -> None:
        self.choice.show_summaries(summaries)
        self.pin_row.signing_for.setText(signing_for(summaries))
        self._summed = tuple(each.dossier.id for each in summaries)
        self._show_possible()

    # ---- what stands between the person and the PIN

    def _key_changed(self) -> None:
        if self.key.identity != self._late_of:
            self._late = ()
        self._show_told()

    def _show_told(self) -> None:
        self.told.show_told(told(self.key.pin, self._remarks()), self.key.identity)
        self.in_tab_order(self.key.list, *self.told.ticks.values(), self.pin, self.sign_button)
        self._show_possible()

    def _remarks(self) -> tuple[Remark, ...]:
        """On the key chosen: those seen before it is opened, and those it showed when it was."""
        early = self.key.line.remarks if self.key.line else ()
        known = {each.code for each in early}
        return (*early, *(each for each in self._late if each.code not in known))

    def _show_possible(self) -> None:
        why_not = self._why_not()
        self.pin_row.show_state(
            kind="pin" if self.key.uses_token else "password",
            pad=self.key.pin.pad,
            ready=not why_not and not self._signing and self._summed == self.choice.ids,
            why_not=why_not,
        )

    def _why_not(self) -> str:
        """The one thing to do before the PIN; empty when there is none."""
        if not self.choice.ids:
            return tr("ui.sign.first.dossier")
        if self.key.pin.locked:
            return tr("ui.sign.first.unlock")
        if not self.key.ready:
            return tr("ui.sign.first.token" if self.key.uses_token else "ui.sign.first.file")
        return "" if self.told.agreed else tr("ui.sign.first.tick")

    # ---- signing

    def sign(self) -> None:
        """The PIN leaves its field at once and is held by the one call alone."""
        order = self._order()
        if order is None or not self.sign_button.isEnabled():
            return
        secret = "" if self.key.pin.pad else self.pin.take()
        self.pin.clear()
        self.notice.hide()
        self.pin_row.say_wrong("")
        self._stopped_by_person.clear()
        self._hold(signing=True)
        self.busy.cancel.setVisible(len(order.dossiers) > 1)
        stopped = self._stopped_by_person.is_set
        self.desk.tasks.run(
            lambda report: self.presenter.sign(order, secret, report, stopped),
            done=lambda batch: self._signed(order, batch),
            failed=self._refused,
            progress=lambda done, whole: self._progress(order, done, whole),
            finished=self._ended,
        )

    def stop(self) -> None:
        """The dossier that is under way is signed whole; none is begun after it."""
        self._stopped_by_person.set()
        self.busy.cancel.setEnabled(False)
        self.busy.say(tr("ui.sign.stopping"))

    def _order(self) -> SigningOrder | None:
        if self.key.path is None:
            return None
        return SigningOrder(
            dossiers=self.choice.chosen,
            key=self.key.path,
            uses_token=self.key.uses_token,
            serial=self.key.serial if self.key.uses_token else None,
            last_try=self.told.is_ticked(FINAL_TRY),
            told=frozenset(each.code for each in self._remarks()),
        )

    def _progress(self, order: SigningOrder, done: int, whole: int) -> None:
        self.busy.report(done, whole)
        self.under_way.setText(self.presenter.under_way(order, done))
        self.under_way.show()

    def _hold(self, *, signing: bool) -> None:
        self._signing = signing
        self.choice.setEnabled(not signing)
        self.key.setEnabled(not signing)
        self.told.setEnabled(not signing)
        self.under_way.hide()
        if signing:
            self.busy.begin("ui.busy.sign")
        else:
            self.busy.end()
        self._show_possible()

    def _ended(self) -> None:
        self.told.forget(FINAL_TRY)
        self._hold(signing=False)
        if not self.pin_wrong.isHidden():
            self.pin.setFocus()

    def _signed(self, order: SigningOrder, batch: SignedBatch) -> None:
        signed = ", ".join(map(dossier_title, batch.signed))
        self._signed_id = batch.signed[-1].id if batch.signed else self._signed_id
        if batch.fault is None and batch.untried:
            self._left(order, batch)
        elif batch.fault is None:
            self.notice.tell("done", tr("ui.signed.title", dossier=signed), tr("ui.signed.text"))
            self._offer_next(sending=True, rest=False)
            self.send_button.setFocus()
        else:
            self._stopped(order, batch, batch.fault)
        self.desk.session.dossiers_changed.emit()

    def _left(self, order: SigningOrder, batch: SignedBatch) -> None:
        """The person stopped: the rest stays ticked, ready to go on."""
        self._wanted = batch.untried
        self._tell_batch("warning", order, batch, "")

    def _tell_batch(self, look: str, order: SigningOrder, batch: SignedBatch, why: str) -> None:
        titles = {each.id: dossier_title(each) for each in order.dossiers}
        title = tr("ui.batch.stopped", done=len(batch.signed), count=len(order.dossiers))
        self.notice.tell(look, title, stopped(batch, why, titles))
        self._offer_next(sending=bool(batch.signed), rest=True)

    def _stopped(self, order: SigningOrder, batch: SignedBatch, fault: BaseException) -> None:
        """The rest stays ticked, ready to go on."""
        self._wanted = (*((batch.failed,) if batch.failed else ()), *batch.untried)
        if len(order.dossiers) == 1:
            self._refused(fault)
            return
        self.pin_row.say_wrong(self.presenter.beside_the_pin(fault))
        self._tell_batch("error", order, batch, self.desk.explain(fault).text)
        self.key.read_token(again=True, quiet=True)

    def _offer_next(self, *, sending: bool, rest: bool) -> None:
        """One next step at a time: the rest, else sending what was signed, else preparing."""
        self.rest_button.setVisible(rest)
        self.send_button.setVisible(sending)
        make_primary(self.send_button, "send", primary=sending and not rest)
        make_primary(self.back_button, "form", primary=not sending)

    def _refused(self, error: BaseException) -> None:
        """Nothing is signed. What the token says of its PIN is read again."""
        if isinstance(error, NotToldYet):
            self._late, self._late_of = error.remarks, self.key.identity
            self._show_told()
            self.pin_row.say_wrong(tr("ui.sign.read_first"))
            return
        beside = self.presenter.beside_the_pin(error)
        if beside:
            self.pin_row.say_wrong(beside)
        else:
            self.fail(error)
        self.key.read_token(again=True, quiet=True)

    def _go_on(self) -> None:
        """With the rest, which is ticked already: only the PIN is missing."""
        self.rest_button.hide()
        self.notice.hide()
        (self.sign_button if self.key.pin.pad else self.pin).setFocus()

    def _to_outbox(self) -> None:
        self.desk.session.page_wanted.emit("outbox", self._signed_id)

    def _to_declarations(self) -> None:
        self.desk.session.page_wanted.emit("declarations", "")
