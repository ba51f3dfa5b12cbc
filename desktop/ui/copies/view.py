"""A list of copies; what is in the chosen one beside the button that puts it back."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from desktop.services.upkeep import Copy, Restored
from desktop.ui.copies.presenter import Chosen, CopiesPresenter, CopyLine, inside_lines, told
from desktop.ui.desk import Desk
from desktop.ui.tasks import Order
from desktop.ui.texts import tr
from desktop.ui.widgets.basics import button, card, label
from desktop.ui.widgets.grid import Grid
from desktop.ui.widgets.lines_model import LinesModel
from desktop.ui.widgets.page import Page

NAME = 3


class CopiesModel(LinesModel[CopyLine]):
    def __init__(self) -> None:
        super().__init__(
            ("ui.copies.when", "ui.copies.why", "ui.copies.size", "ui.copies.file"),
            lambda line: (line.when, line.why, line.size, line.name),
        )


class CopiesView(Page):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "ui.copies", "ui.copies.help")
        self.presenter = CopiesPresenter(desk.services)
        self.chosen: Chosen | None = None
        self._over: Callable[[], None] | None = None
        self.copy_now = button("ui.preferences.copy", self.back_up, drawing="copy")
        self.copy_to = button("ui.preferences.copy_to", self.back_up_to)
        self.other = button("ui.copies.other", self.pick, drawing="search")
        self.restore = button("ui.copies.restore", self.ask, drawing="undo", role="primary")
        self.model = CopiesModel()
        self.grid = Grid(self.model, "ui.copies")
        self.inside = label()
        self._lay_out_page()
        self.grid.selectionModel().currentRowChanged.connect(lambda *_: self._look_at_line())
        self._show_chosen(None)

    def _lay_out_page(self) -> None:
        row = QHBoxLayout()
        for each in (self.copy_now, self.copy_to, self.other):
            row.addWidget(each)
        row.addStretch(1)
        frame, within = card()
        self.inside.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        within.addWidget(label(tr("ui.copies.inside"), "heading"))
        within.addWidget(self.inside)
        within.addWidget(self.restore, 0, Qt.AlignmentFlag.AlignLeft)
        self.grid.widths(170, 240, 100, 380, stretch=NAME)
        self.content.addLayout(row)
        self.content.addWidget(self.grid, 1)
        self.content.addWidget(frame)

    def enter(self, dossier_id: str = "") -> None:
        """``dossier_id``: what was told when a copy had been put back."""
        super().enter(dossier_id)
        if dossier_id:
            self.notice.tell("done", tr("ui.copies.restored"), dossier_id)
        self.refresh()

    def refresh(self) -> None:
        self.desk.tasks.run(
            lambda _: self.presenter.lines(), done=self._show, failed=self.fail, channel="copies"
        )

    def _show(self, lines: Sequence[CopyLine]) -> None:
        self.model.show(lines)
        self.grid.selectRow(0)
        self._look_at_line()

    # ---- making one

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

    # ---- looking into one

    def _look_at_line(self) -> None:
        row = self.grid.currentIndex().row()
        line = self.model.lines[row] if 0 <= row < len(self.model.lines) else None
        if line is not None and line.usable:
            self.look(line.copy.file)
        else:
            self._show_chosen(None)

    def pick(self) -> None:
        kinds = tr("ui.copies.kinds")
        file = self.desk.picker.open_file(self, tr("ui.copies.other_title"), kinds)
        if file:
            self.grid.clearSelection()
            self.look(file)

    def look(self, file: Path) -> None:
        self._show_chosen(None)
        self.notice.hide()
        self._looked()
        self._over = self.lasting("ui.busy.copy_look")
        self.desk.tasks.run(
            lambda _: self.presenter.look(file),
            done=self._show_chosen,
            failed=self.fail,
            finished=self._looked,
            channel="copies.look",
            order=Order.LATEST,
        )

    def _looked(self) -> None:
        """Also of a look that another one has followed: nobody says when that one ends."""
        over, self._over = self._over, None
        if over:
            over()

    def _show_chosen(self, chosen: Chosen | None) -> None:
        self.chosen = chosen
        lines = [chosen.inside.file.name, *inside_lines(chosen.inside)] if chosen else []
        self.inside.setText("\n".join(lines) or tr("ui.copies.none"))
        self.restore.setEnabled(chosen is not None)

    # ---- putting it back

    def ask(self) -> None:
        chosen = self.chosen
        if chosen is None:
            return
        question = tr("ui.copies.ask", file=chosen.inside.file.name)
        detail, yes = self.presenter.question(chosen), tr("ui.copies.yes")
        if self.desk.picker.confirm(self, question, detail, yes):
            self._restore(chosen.inside.file)

    def _restore(self, file: Path) -> None:
        self.notice.hide()
        self.setEnabled(False)
        self.desk.tasks.run(
            lambda _: self.presenter.restore(file),
            done=self._restored,
            failed=self.fail,
            finished=self.lasting("ui.busy.restore", lambda: self.setEnabled(True)),
        )

    def _restored(self, done: Restored) -> None:
        """Every page shows what is not so any more: the window is made anew."""
        self.desk.session.data_replaced.emit(told(done))
