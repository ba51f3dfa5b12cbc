"""The ways of carrying away behind one door. Delegation only."""

from collections.abc import Sequence
from pathlib import Path

from desktop.services.carry_api import CarriedBook, TakenOver
from desktop.services.carry_rooms import CarryRoom
from desktop.services.carrying_book import ExportWorkbook
from desktop.services.covering import Words
from desktop.services.destinations import Destinations
from desktop.services.handing_over import HandOver, TakeBack
from desktop.services.ports import Clock, Store
from desktop.services.rooms import SigningRoom
from desktop.services.sending import EnqueueDossier
from desktop.services.taking_over import TakeOver
from sync.model import Destination, Parcel


class CarryCases:
    """``desktop.services.carry_api.CarryApi``."""

    def __init__(
        self,
        *,
        store: Store,
        room: CarryRoom,
        signing: SigningRoom,
        enqueue: EnqueueDossier,
        destinations: Destinations,
        words: Words,
        clock: Clock,
    ) -> None:
        practice = destinations.practice
        self._room = room
        self._workbook = ExportWorkbook(store=store, room=room, words=words, clock=clock)
        self._hand_over = HandOver(store=store, enqueue=enqueue, clock=clock, practice=practice)
        self._take_back = TakeBack(store=store, clock=clock)
        self._take_over = TakeOver(
            store=store,
            signing=signing,
            room=room,
            destinations=destinations,
            clock=clock,
            practice=practice,
        )

    @property
    def providers(self) -> Sequence[str]:
        return self._room.providers

    def workbook(self, dossier_id: str, provider: str, out: Path) -> CarriedBook:
        return self._workbook(dossier_id, provider, out)

    def hand_over(
        self,
        dossier_id: str,
        out: Path,
        *,
        destination: Destination | None = None,
        password: str = "",
    ) -> Path:
        return self._hand_over(dossier_id, out, destination, password)

    def take_over(
        self, file: Path, *, password: str = "", trusted: bool = False
    ) -> Sequence[TakenOver]:
        return self._take_over(file, password, trusted=trusted)

    def take_back(self, dossier_id: str) -> Parcel:
        return self._take_back(dossier_id)
