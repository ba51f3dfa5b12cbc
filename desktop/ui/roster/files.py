"""The roster as files: written to a workbook, and the empty template."""

from collections.abc import Callable
from pathlib import Path

from desktop.services.progress import Progress
from desktop.services.roster_api import RosterQuery
from desktop.ui.roster.presenter import RosterPresenter
from desktop.ui.tasks import Job, Order
from desktop.ui.texts import tr
from desktop.ui.widgets.page import Page


class RosterFiles:
    """Asks where to write, writes off the UI thread, and says so on the page."""

    def __init__(self, page: Page, presenter: RosterPresenter) -> None:
        self._page, self._presenter = page, presenter
        self._job: Job | None = None

    def export(self, query: RosterQuery) -> None:
        out = self._where_to("ui.roster.export_title", "ui.roster.export_name")
        if out:
            self._write(lambda told: self._presenter.export(query, out, told), "ui.roster.exported")

    def save_template(self) -> None:
        out = self._where_to("ui.roster.template_title", "ui.roster.template_name")
        if out:
            self._write(lambda _: self._presenter.template(out), "ui.roster.template_saved")

    def _stop(self) -> None:
        if self._job:
            self._job.cancel()

    def _where_to(self, title: str, name: str) -> Path | None:
        picker = self._page.desk.picker
        return picker.save_file(self._page, tr(title), tr(name), tr("ui.kinds.xlsx"))

    def _write(self, work: Callable[[Progress], Path], code: str) -> None:
        """Stopped half-way, the file that was there before is there still."""
        page = self._page
        self._job = page.desk.tasks.run(
            work,
            done=lambda path: page.notice.tell("done", tr(code), str(path)),
            failed=page.fail,
            stopped=page.say_stopped,
            progress=page.report,
            finished=page.lasting("ui.busy.roster_file", stop=self._stop),
            channel="roster.file",
            order=Order.IN_TURN,
        )
