"""Choose or drop files; one line for each signature, its details below."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout

from desktop.ui.desk import Desk
from desktop.ui.tasks import Job
from desktop.ui.texts import tr
from desktop.ui.theme import icon
from desktop.ui.verify.presenter import SignedLine, VerifyPresenter, of_files, told
from desktop.ui.widgets.basics import button, card, label
from desktop.ui.widgets.busy import BusyBar
from desktop.ui.widgets.grid import Grid
from desktop.ui.widgets.lines_model import LinesModel
from desktop.ui.widgets.page import Page

VERDICT = 1


class SignaturesModel(LinesModel[SignedLine]):
    def __init__(self) -> None:
        super().__init__(
            ("ui.verify.file", "ui.verify.verdict", "ui.verify.signer"),
            lambda line: (line.file, line.verdict, line.signer),
        )

    def decoration(self, line: SignedLine, column: int, role: int) -> Any:
        if column == VERDICT and role == Qt.ItemDataRole.DecorationRole:
            return icon(line.look)
        return None


class VerifyView(Page):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "ui.verify", "ui.verify.help")
        self.presenter = VerifyPresenter(desk.services)
        self.choose = button("ui.verify.choose", self.pick, drawing="search", role="primary")
        self.online = QCheckBox(tr("ui.verify.online"))
        self.model = SignaturesModel()
        self.grid = Grid(self.model, "ui.verify")
        self.details = label()
        self.busy = BusyBar(self.stop)
        self._job: Job | None = None
        self.setAcceptDrops(True)
        self._lay_out_page()
        self.grid.selectionModel().currentRowChanged.connect(lambda *_: self._show_details())

    def _lay_out_page(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.choose)
        row.addWidget(self.online)
        row.addStretch(1)
        frame, inside = card()
        self.details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.details.setText(tr("ui.verify.empty"))
        inside.addWidget(self.details)
        self.content.addLayout(row)
        self.content.addWidget(self.busy)
        self.content.addWidget(self.grid, 1)
        self.content.addWidget(frame)
        self.grid.horizontalHeader().setStretchLastSection(True)

    def pick(self) -> None:
        title, kinds = tr("ui.verify.title"), tr("ui.verify.kinds")
        self.check(self.desk.picker.open_files(self, title, kinds))

    def check(self, files: Sequence[Path]) -> None:
        if not files:
            return
        if self._job:
            return
        online, found = self.online.isChecked(), list[SignedLine]()
        self.notice.hide()
        self.choose.setEnabled(False)
        self.busy.begin("ui.busy.verify")
        self.busy.say(of_files(0, files))
        self._job = self.desk.tasks.run(
            lambda report: self.presenter.check(files, found, report, online=online),
            failed=self._failed,
            progress=partial(self._at, files),
            finished=partial(self._ended, files, found),
            channel="verify",
        )

    def _at(self, files: Sequence[Path], done: int, whole: int) -> None:
        self.busy.say(of_files(done, files))
        self.busy.report(done, whole)

    def _failed(self, error: BaseException) -> None:
        self.fail(error)
        self._job = None

    def _ended(self, files: Sequence[Path], found: Sequence[SignedLine]) -> None:
        """However it ended: what was found is shown."""
        job, self._job = self._job, None
        self.busy.end()
        self.choose.setEnabled(True)
        if job is None:
            return
        self._show(found)
        done = len({line.file for line in found}) if job.is_cancelled else len(files)
        self.notice.tell(*told(found, len(files), done))

    def stop(self) -> None:
        if self._job:
            self._job.cancel()
            self.busy.cancel.setEnabled(False)

    def _show(self, lines: Sequence[SignedLine]) -> None:
        self.model.show(lines)
        self.grid.resizeColumnsToContents()
        self.grid.selectRow(0)
        self._show_details()

    def _show_details(self) -> None:
        row = self.grid.currentIndex().row()
        known = 0 <= row < len(self.model.lines)
        told = "\n".join(self.model.lines[row].details) if known else tr("ui.verify.empty")
        self.details.setText(told)

    # ---- files dropped on the page

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        urls = event.mimeData().urls()
        self.check([Path(url.toLocalFile()) for url in urls if url.isLocalFile()])
