"""The ways of carrying away behind one door. Delegation only."""

from collections.abc import Sequence
from pathlib import Path

from desktop.services.carry_api import CarriedBook
from desktop.services.carry_rooms import CarryRoom
from desktop.services.carrying_book import ExportWorkbook
from desktop.services.covering import Words
from desktop.services.ports import Clock, Store


class CarryCases:
    """``desktop.services.carry_api.CarryApi``."""

    def __init__(self, *, store: Store, room: CarryRoom, words: Words, clock: Clock) -> None:
        self._room = room
        self._workbook = ExportWorkbook(store=store, room=room, words=words, clock=clock)

    @property
    def providers(self) -> Sequence[str]:
        return self._room.providers

    def workbook(self, dossier_id: str, provider: str, out: Path) -> CarriedBook:
        return self._workbook(dossier_id, provider, out)
