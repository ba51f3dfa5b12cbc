"""Tells in which thread the window calls its use cases."""

import threading
from collections.abc import Callable
from typing import Any

AT_ONCE = frozenset({"now", "practice", "wrong_in", "carry.providers", "roster.fields"})
"""what costs nothing: the clock, the mode the program was started in, a look at a few fields, and
data of the program"""
ROOMS = frozenset(
    {
        *("months", "workbooks", "roster", "token_desk", "secrets", "trust"),
        *("home", "carry", "outbox", "inbox", "upkeep"),
    }
)
"""the use cases that stand together under a name of their own"""


class Overheard:
    """Stands before the use cases and passes everything on; remembers what was asked of them in
    the thread it was made in, which is the window's."""

    def __init__(self, whole: Any, room: str = "", within: "Overheard | None" = None) -> None:
        mine = vars(self)
        mine["_whole"] = whole
        mine["_room"] = room
        mine["_window"] = within._window if within else threading.get_ident()
        mine["in_the_window"] = within.in_the_window if within else []

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._whole, name)
        if not self._room and name in ROOMS:
            return Overheard(found, f"{name}.", self)
        if not callable(found):
            self._hear(name)
            return found
        return self._heard(name, found)

    def __setattr__(self, name: str, value: object) -> None:
        self._hear(name)
        setattr(self._whole, name, value)

    def _heard(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def heard(*given: Any, **named: Any) -> Any:
            self._hear(name)
            return call(*given, **named)

        return heard

    def _hear(self, name: str) -> None:
        told = f"{self._room}{name}"
        if threading.get_ident() == self._window and told not in AT_ONCE:
            self.in_the_window.append(told)
