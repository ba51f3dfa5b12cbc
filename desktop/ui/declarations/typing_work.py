"""What is typed into a draft: stored in the order of typing, undone and done again."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from desktop.ui.cells import Cell
from desktop.ui.declarations.edits import Edit
from desktop.ui.declarations.grid_view import DraftGridView
from desktop.ui.declarations.presenter import DeclarationsPresenter, Opened
from desktop.ui.desk import Desk
from desktop.ui.tasks import Order
from desktop.ui.texts import tr
from desktop.ui.widgets.notice import Notice
from forms.model import Part

CHANGES = "declarations.changes"
T = TypeVar("T")


class TypingWork:
    """``opened``: the dossier on the screen; ``show``: takes it as it is after a change."""

    def __init__(
        self,
        desk: Desk,
        presenter: DeclarationsPresenter,
        draft: DraftGridView,
        notice: Notice,
        *,
        opened: Callable[[], Opened | None],
        show: Callable[[Opened], None],
        fail: Callable[[BaseException], None],
    ) -> None:
        self._desk, self._presenter, self._draft, self._notice = desk, presenter, draft, notice
        self._opened, self._show, self._fail = opened, show, fail
        draft.typed.connect(self.change)
        draft.told.connect(notice.tell)

    def change(self, part: Part, cells: Sequence[Cell], told: str = "") -> None:
        dossier_id = self._open_id()
        if dossier_id:
            self._do(
                lambda: self._presenter.change(dossier_id, part, cells),
                lambda now: self._changed(now, len(cells), told),
                lambda: self._draft.model.answered(cells),
            )

    def undo(self) -> None:
        self._back(self._presenter.undo, "ui.sheet.undone")

    def redo(self) -> None:
        self._back(self._presenter.redo, "ui.sheet.redone")

    def _open_id(self) -> str:
        """Empty where nothing is open that may be changed."""
        opened = self._opened()
        return opened.dossier.id if opened and opened.editable else ""

    def _back(self, work: Callable[[str], tuple[Edit | None, Opened]], code: str) -> None:
        dossier_id = self._open_id()
        if dossier_id:
            self._draft.grid.finish_typing()
            self._do(lambda: work(dossier_id), lambda did: self._went_back(*did, code))

    def _do(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        last: Callable[[], None] | None = None,
    ) -> None:
        self._notice.hide()
        self._desk.tasks.run(
            lambda _: work(),
            done=done,
            failed=self._fail,
            finished=last,
            channel=CHANGES,
            order=Order.IN_TURN,
        )

    def _changed(self, opened: Opened, cells: int, told: str) -> None:
        self._show(opened)
        if cells > 1:
            self._notice.tell("done", tr("ui.sheet.changed", cells=cells), told)

    def _went_back(self, edit: Edit | None, opened: Opened, code: str) -> None:
        self._show(opened)
        if edit is not None:
            line, key = next(iter(edit.after))
            self._draft.go_to(edit.part, line, key)
            self._notice.tell("done", tr(code, cells=len(edit.after)), "")
