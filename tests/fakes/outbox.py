"""An outbox in memory, and parcels to put into it."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from threading import Lock
from uuid import UUID

from sync.model import Destination, Parcel, ParcelState, Settlement
from sync.states import may_follow
from tests.fakes.clock import Clock

CONTENT = b"<Hoso>goi tin khong co that</Hoso>"
GATEWAY = Destination(url="https://127.0.0.1:8443", ca_pem="")
LABELS = {
    "unit_code": "ZZ0001Z",
    "tax_code": "9900000016",
    "procedure": "600",
    "period": "11/2026",
}
DUE = {ParcelState.WAITING, ParcelState.SENT}


def parcel(number: int = 1, content: bytes = CONTENT, **changes: object) -> Parcel:
    """A parcel that waits and is due; the same number gives the same id."""
    made = Parcel(
        id=str(UUID(int=number, version=4)),
        dossier_id=f"ZZ0001Z-2026-11-600-{number}",
        destination=GATEWAY,
        file_name="BHXHDienTu.xml",
        sha256=sha256(content).hexdigest(),
        size=len(content),
        labels=LABELS,
        state=ParcelState.WAITING,
        attempts=0,
        next_try=Clock()(),
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # the tests name any field


@dataclass
class MemoryOutbox:
    """``sync.ports.Outbox`` without a file; refuses what the table of states forbids."""

    parcels: dict[str, Parcel] = field(default_factory=dict)
    contents: dict[str, bytes] = field(default_factory=dict)
    claimed: dict[str, datetime] = field(default_factory=dict)
    settlements: list[Settlement] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    @classmethod
    def holding(cls, parcels: Iterable[Parcel], content: bytes = CONTENT) -> "MemoryOutbox":
        held = {each.id: each for each in parcels}
        return cls(held, dict.fromkeys(held, content))

    def claim(self, now: datetime, parcel_id: str | None = None) -> Parcel | None:
        with self._lock:
            found = [each for each in self.parcels.values() if self._meant(each, now, parcel_id)]
            if not found:
                return None
            taken = replace(min(found, key=lambda each: each.next_try), state=ParcelState.SENDING)
            self.parcels[taken.id], self.claimed[taken.id] = taken, now
            return taken

    def _meant(self, each: Parcel, now: datetime, parcel_id: str | None) -> bool:
        if parcel_id is not None:
            return each.id == parcel_id and each.state in {*DUE, ParcelState.FAILED}
        return each.state in DUE and each.next_try <= now

    def content(self, parcel_id: str) -> bytes:
        return self.contents[parcel_id]

    def remember_upload(self, parcel_id: str, upload_url: str) -> None:
        self.parcels[parcel_id] = replace(self.parcels[parcel_id], upload_url=upload_url or None)

    def renew(self, parcel_id: str, now: datetime) -> None:
        if self.parcels[parcel_id].state is ParcelState.SENDING:
            self.claimed[parcel_id] = now

    def settle(self, settlement: Settlement) -> None:
        before = self.parcels[settlement.parcel_id]
        assert may_follow(before.state, settlement.state)
        self.settlements.append(settlement)
        self.parcels[before.id] = replace(
            before,
            state=settlement.state,
            attempts=before.attempts + 1,
            next_try=settlement.next_try,
            transaction=settlement.transaction or before.transaction,
        )

    def release_stale(self, before: datetime) -> int:
        stale = [
            each
            for each in self.parcels.values()
            if each.state is ParcelState.SENDING and self.claimed[each.id] < before
        ]
        for each in stale:
            tried = each.attempts + 1
            self.parcels[each.id] = replace(each, state=ParcelState.WAITING, attempts=tried)
        return len(stale)

    @property
    def only(self) -> Parcel:
        (one,) = self.parcels.values()
        return one
