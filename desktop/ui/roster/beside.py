"""What is looked up beside the list when the people may be others."""

from collections.abc import Callable
from typing import Any

from desktop.services.roster_api import States
from desktop.ui.roster.people_view import PeopleView
from desktop.ui.roster.presenter import RosterPresenter

Latest = Callable[[str, Callable[[], Any], Callable[[Any], None]], None]
"""(channel, work off the UI thread, what is done with its answer)"""


class Beside:
    """Steps to undo, old addresses, what is said of whom, names made ready to be searched."""

    def __init__(self, presenter: RosterPresenter, people: PeopleView, latest: Latest) -> None:
        self._presenter, self._people, self._latest = presenter, people, latest

    def look(self, unit: str) -> None:
        """What lasts is done one after the other: the window is not to share the processor with
        more than it must."""
        presenter, people = self._presenter, self._people
        self._latest("roster.steps", lambda: presenter.doable(unit), people.show_doable)
        self._latest("roster.beside", lambda: presenter.beside(unit), self._show)

    def _show(self, found: tuple[int, States]) -> None:
        old, states = found
        self._people.show_old(old)
        self._people.model.show_states(states)
