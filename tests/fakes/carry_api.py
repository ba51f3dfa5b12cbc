"""Carrying away, for the window: writes what it is told, asks what it is told to ask."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from desktop.services.carry_api import CarriedBook, TakenOver
from forms.findings import Finding
from forms.model import Dossier
from resources.faults import Fault
from sync.model import HANDED_OVER, Destination, Parcel

BEFORE = datetime(2026, 11, 1, tzinfo=UTC)


@dataclass
class FakeCarryApi:
    """``parcels``: those of the program, by dossier."""

    parcels: dict[str, Parcel]
    enqueue: Callable[[str], Parcel]
    dossier: Callable[[str], Dossier]
    providers: Sequence[str] = ("vnpt", "kbhxh")
    told: tuple[Finding, ...] = ()
    asks: list[Fault] = field(default_factory=list)
    """raised one after the other by taking a file in"""
    given: list[tuple[str, bool]] = field(default_factory=list)
    """(password, trusted) of every try to take a file in"""

    def workbook(self, dossier_id: str, provider: str, out: Path) -> CarriedBook:
        out.mkdir(parents=True, exist_ok=True)
        path = out / f"{provider}.xlsx"
        path.write_bytes(b"PK")
        return CarriedBook(path=path, findings=self.told)

    def hand_over(
        self,
        dossier_id: str,
        out: Path,
        *,
        destination: Destination | None = None,
        password: str = "",
    ) -> Path:
        path = out / f"{dossier_id}.tokhai-outbox"
        path.write_bytes(password.encode())
        self.parcels[dossier_id] = replace(self.enqueue(dossier_id), next_try=HANDED_OVER)
        return path

    def take_over(
        self, file: Path, *, password: str = "", trusted: bool = False
    ) -> Sequence[TakenOver]:
        self.given.append((password, trusted))
        if self.asks:
            raise self.asks.pop(0)
        return [
            TakenOver(dossier=self.dossier(each.dossier_id), parcel=each, new=True)
            for each in self.parcels.values()
        ]

    def take_back(self, dossier_id: str) -> Parcel:
        parcel = self.parcels[dossier_id]
        self.parcels[dossier_id] = replace(parcel, next_try=BEFORE)
        return self.parcels[dossier_id]
