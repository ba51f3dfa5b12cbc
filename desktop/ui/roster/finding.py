"""F3 in the roster: cells of the people shown that hold what is looked for."""

from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut

from desktop.ui.desk import Desk
from desktop.ui.roster.people_view import PeopleView
from desktop.ui.roster.presenter import Found, RosterPresenter
from desktop.ui.widgets.grid_finding import Cells, GridFinding


class RosterFinding:
    """Words typed above narrow the list; here one goes from cell to cell and all stay."""

    def __init__(self, desk: Desk, presenter: RosterPresenter, people: PeopleView) -> None:
        self._presenter, self._people = presenter, people
        self.cells = GridFinding(desk, people.grid, "roster.find")
        self.bar = self.cells.bar
        self.bar.left.connect(self.cells.forget)
        people.put_find_bar(self.bar)
        for keys, step in (("F3", 1), ("Shift+F3", -1)):
            QShortcut(QKeySequence(keys), people).activated.connect(partial(self.cells.go, step))

    def show(self, found: Found) -> None:
        """These people, with the columns of now."""
        keys = [field.key for field in self._people.model.fields]
        self.cells.show(Cells(lambda: self._presenter.folded(found, keys)))
