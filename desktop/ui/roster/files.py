"""The roster as files: written to a workbook, and the empty template."""

from collections.abc import Callable
from pathlib import Path

from desktop.services.roster_api import RosterQuery
from desktop.ui.roster.presenter import RosterPresenter
from desktop.ui.tasks import Order
from desktop.ui.texts import tr
from desktop.ui.widgets.page import Page


class RosterFiles:
    """Asks where to write, writes off the UI thread, and says so on the page."""

    def __init__(self, page: Page, presenter: RosterPresenter) -> None:
        self._page, self._presenter = page, presenter

    def export(self, query: RosterQuery) -> None:
        out = self._where_to("ui.roster.export_title", "ui.roster.export_name")
        if out:
            self._write(lambda: self._presenter.export(query, out), "ui.roster.exported")

    def save_template(self) -> None:
        out = self._where_to("ui.roster.template_title", "ui.roster.template_name")
        if out:
            self._write(lambda: self._presenter.template(out), "ui.roster.template_saved")

    def _where_to(self, title: str, name: str) -> Path | None:
        picker = self._page.desk.picker
        return picker.save_file(self._page, tr(title), tr(name), tr("ui.kinds.xlsx"))

    def _write(self, work: Callable[[], Path], code: str) -> None:
        page = self._page
        page.desk.tasks.run(
            lambda _: work(),
            done=lambda path: page.notice.tell("done", tr(code), str(path)),
            failed=page.fail,
            finished=page.lasting("ui.busy.roster_file"),
            channel="roster.file",
            order=Order.IN_TURN,
        )
