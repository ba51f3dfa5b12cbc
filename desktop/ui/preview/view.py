"""A form at a time, a page at a time; print and save beside it."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QScrollArea

from desktop.services.rooms import PrintedForm
from desktop.ui.declarations.typing_work import CHANGES
from desktop.ui.desk import Desk
from desktop.ui.preview.presenter import Preview, PreviewPresenter
from desktop.ui.preview.printer import print_document
from desktop.ui.preview.sheet import SheetView
from desktop.ui.tasks import Job, Order
from desktop.ui.texts import tr
from desktop.ui.widgets.basics import button, label, name
from desktop.ui.widgets.busy import BusyBar
from desktop.ui.widgets.page import Page

FIT = 0.0
"""the page is as wide as the window"""
ZOOMS = (FIT, 1.0, 1.5, 2.0)
_SEEN = 96 / 72
"""pixels for a point at 100 %"""
_EDGE = 24
PATIENCE = 1000
"""milliseconds until work says how far it is and can be cancelled"""


class PreviewView(Page):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "ui.nav.preview", "ui.preview.help")
        self.presenter = PreviewPresenter(desk.services)
        self.preview: Preview | None = None
        self.number = 0
        self.print_to = print_document
        self._job: Job | None = None
        self._make_controls()
        self._lay_out_page()
        self._show_page()
        desk.session.unit_changed.connect(self._other_unit)

    def _make_controls(self) -> None:
        self.back_button = button("ui.preview.back", self.go_back, drawing="back")
        self.save_button = button("ui.preview.save", self.save, drawing="report")
        self.print_button = button(
            "ui.preview.print", self.print_form, drawing="print", role="primary"
        )
        self.print_button.setShortcut(QKeySequence.StandardKey.Print)
        self.forms = QComboBox()
        name(self.forms, "ui.preview.forms")
        self.forms.currentIndexChanged.connect(lambda _: self.go_to(0))
        self.before = button("ui.preview.before", lambda: self.go_to(self.number - 1))
        self.after = button("ui.preview.after", lambda: self.go_to(self.number + 1))
        self.before.setShortcut(QKeySequence("Ctrl+PgUp"))
        self.after.setShortcut(QKeySequence("Ctrl+PgDown"))
        self.place = label()
        self.zoom = QComboBox()
        name(self.zoom, "ui.preview.zoom")
        for each in ZOOMS:
            words = tr("ui.preview.fit") if each == FIT else f"{round(each * 100)} %"
            self.zoom.addItem(words, each)
        self.zoom.currentIndexChanged.connect(lambda _: self._show_page())
        self.busy = BusyBar(self._cancel)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE)
        self._patience.timeout.connect(self.busy.show)
        self._make_keys()

    def _make_keys(self) -> None:
        for keys, act in (
            (QKeySequence(QKeySequence.StandardKey.ZoomIn), lambda: self._zoom_by(1)),
            (QKeySequence(QKeySequence.StandardKey.ZoomOut), lambda: self._zoom_by(-1)),
            (QKeySequence("Ctrl+Home"), lambda: self.go_to(0)),
            (QKeySequence("Ctrl+End"), lambda: self.go_to(self._last())),
        ):
            short = QShortcut(keys, self)
            short.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            short.activated.connect(act)

    def _lay_out_page(self) -> None:
        for each in (self.back_button, self.save_button, self.print_button):
            self.tools.addWidget(each)
        row = QHBoxLayout()
        row.addWidget(self.forms, 1)
        for control in (self.before, self.place, self.after, self.zoom):
            row.addWidget(control)
        self.sheet = SheetView()
        self.area = QScrollArea()
        self.area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.area.setWidget(self.sheet)
        name(self.area, "ui.nav.preview")
        self.content.addWidget(self.busy)
        self.content.addLayout(row)
        self.content.addWidget(self.area, 1)
        self.in_tab_order(
            self.forms, self.before, self.after, self.zoom, self.area, self.save_button
        )

    # ---- what is shown

    def enter(self, dossier_id: str = "") -> None:
        """After what is still being stored, so that the paper says what was typed last."""
        wanted = dossier_id or (self.preview.about if self.preview else "")
        self.notice.hide()
        if wanted:
            self._begin("ui.busy.preview")
            self._job = self.desk.tasks.run(
                lambda report: self.presenter.open(wanted, report),
                done=self._show,
                failed=self._failed,
                progress=self.busy.report,
                finished=self._ended,
                channel=CHANGES,
                order=Order.IN_TURN,
            )

    def _begin(self, code: str) -> None:
        """What ends within a second is not worth a word."""
        self.busy.begin(code)
        self.busy.hide()
        self._patience.start()

    def _ended(self) -> None:
        self._job = None
        self._patience.stop()
        self.busy.end()
        self._show_page()

    def _cancel(self) -> None:
        if self._job:
            self.busy.cancel.setEnabled(False)
            self._job.cancel()

    def _failed(self, error: BaseException) -> None:
        self._forget()
        self.fail(error)

    def _other_unit(self) -> None:
        self.notice.hide()
        self.set_help(tr("ui.preview.help"))
        self._forget()

    def _forget(self) -> None:
        self.preview = None
        self.forms.clear()
        self._show_page()

    def _show(self, preview: Preview) -> None:
        self.preview = None
        self.forms.clear()
        self.forms.addItems(list(self.presenter.names(preview)))
        self.preview = preview
        self.set_help(preview.title)
        self.back_button.setText(self.presenter.back_words(preview))
        self.go_to(0)

    def form(self) -> PrintedForm | None:
        chosen = self.forms.currentIndex()
        return self.preview.forms[chosen] if self.preview and chosen >= 0 else None

    def go_to(self, number: int) -> None:
        """A page of the form, from 0."""
        self.number = max(0, min(number, self._last()))
        self._show_page()
        self.area.verticalScrollBar().setValue(0)

    def _show_page(self) -> None:
        form = self.form()
        self.sheet.setVisible(form is not None)
        for each in (self.save_button, self.print_button):
            each.setEnabled(form is not None and self._job is None)
        self.before.setEnabled(form is not None and self.number > 0)
        self.after.setEnabled(form is not None and self.number < form.pages - 1)
        if form is None:
            self.place.clear()
            return
        self.place.setText(tr("ui.preview.page", page=self.number + 1, pages=form.pages))
        self.sheet.show_page(form.document, self.number, self._scale(form))

    def _last(self) -> int:
        form = self.form()
        return form.pages - 1 if form else 0

    def _zoom_by(self, steps: int) -> None:
        wanted = self.zoom.currentIndex() + steps
        if 0 <= wanted < self.zoom.count():
            self.zoom.setCurrentIndex(wanted)

    def _scale(self, form: PrintedForm) -> float:
        zoom = float(self.zoom.currentData())
        if zoom != FIT:
            return zoom * _SEEN
        return max(1, self.area.viewport().width() - _EDGE) / form.document.width

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_page()

    # ---- what is done

    def go_back(self) -> None:
        self.desk.session.page_wanted.emit(*self.presenter.back(self.preview))

    def print_form(self) -> None:
        form = self.form()
        printing = self.print_to(form.document, self) if form else None
        if form is None or printing is None:
            return
        self._begin("ui.busy.print")
        self._job = self.desk.tasks.run(
            printing,
            done=lambda taken: self._printed(form, taken=taken),
            failed=self.fail,
            progress=self.busy.report,
            finished=self._ended,
        )
        self._show_page()

    def _printed(self, form: PrintedForm, *, taken: bool) -> None:
        if taken:
            self.notice.tell("done", tr("ui.preview.printed", form=form.code))
        else:
            self.notice.tell("error", tr("ui.preview.not_printed", form=form.code))

    def save(self) -> None:
        form = self.form()
        if form is None:
            return
        title, kinds = tr("ui.preview.save_title"), tr("ui.preview.kinds")
        path = self.desk.picker.save_file(self, title, form.name, kinds)
        if path:
            self.desk.tasks.run(
                lambda _: self.presenter.save(form, path),
                done=lambda saved: self.notice.tell("done", tr("ui.preview.saved"), str(saved)),
                failed=self.fail,
            )
