"""Parcels at rest, without their bytes until they are asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, or_, select, update
from sqlalchemy.engine import RowMapping
from sqlalchemy.sql import ColumnElement

from desktop.store.dossiers import SqlDossiers
from desktop.store.session import Session
from desktop.store.tables import parcel
from resources.faults import UsageFault
from sync.model import HANDED_OVER, Destination, Parcel, ParcelState

LISTED = [column for column in parcel.c if column.name not in {"content", "claimed_at"}]


@dataclass(frozen=True, slots=True)
class SqlParcels:
    session: Session

    def enqueue(self, new: Parcel, content: bytes) -> None:
        """Raises UsageFault ``parcel.exists`` (one to a dossier), ``dossier.unknown``."""
        SqlDossiers(self.session).get(new.dossier_id)
        same = or_(parcel.c.id == new.id, parcel.c.dossier_id == new.dossier_id)
        if self.session.value(select(parcel.c.id).where(same)) is not None:
            raise UsageFault("parcel.exists", dossier=new.dossier_id)
        self.session.change(insert(parcel), {**_values(new), "content": content})

    def all(self) -> Sequence[Parcel]:
        stored = self.session.rows(select(*LISTED).order_by(parcel.c.position))
        return [read_parcel(one) for one in stored]

    def of_dossier(self, dossier_id: str) -> Parcel | None:
        found = self.session.first(select(*LISTED).where(parcel.c.dossier_id == dossier_id))
        return read_parcel(found) if found else None

    def readdress(self, parcel_id: str, destination: Destination) -> None:
        """Raises UsageFault ``parcel.unknown``."""
        self.get(parcel_id)
        change = update(parcel).where(parcel.c.id == parcel_id)
        self.session.change(change.values(**_place(destination)))

    def hand_over(self, parcel_id: str) -> bool:
        return self._changed(
            parcel.c.id == parcel_id,
            parcel.c.state == ParcelState.WAITING,
            parcel.c.upload_url.is_(None),
            parcel.c.transaction_code.is_(None),
            next_try=HANDED_OVER,
        )

    def take_back(self, parcel_id: str, now: datetime) -> bool:
        return self._changed(
            parcel.c.id == parcel_id,
            parcel.c.state == ParcelState.WAITING,
            parcel.c.next_try >= HANDED_OVER,
            next_try=now,
            attempts=parcel.c.attempts + 1,
        )

    def _changed(self, *conditions: ColumnElement[bool], **values: object) -> bool:
        """One statement, so that nobody claims it in between."""
        return bool(self.session.change(update(parcel).where(*conditions).values(**values)))

    def get(self, parcel_id: str) -> Parcel:
        """Raises UsageFault ``parcel.unknown``."""
        found = self.session.first(select(*LISTED).where(parcel.c.id == parcel_id))
        if found is None:
            raise UsageFault("parcel.unknown")
        return read_parcel(found)


def read_parcel(row: RowMapping) -> Parcel:
    return Parcel(
        id=row["id"],
        dossier_id=row["dossier_id"],
        destination=Destination(
            url=row["url"],
            ca_pem=row["ca_pem"],
            adapter=row["adapter"],
            client_id=row["client_id"],
            pins=tuple(row["pins"].split()),
        ),
        file_name=row["file_name"],
        sha256=row["sha256"],
        size=row["size"],
        labels=row["labels"],
        state=ParcelState(row["state"]),
        attempts=row["attempts"],
        next_try=row["next_try"],
        upload_url=row["upload_url"],
        transaction=row["transaction_code"],
    )


def _values(new: Parcel) -> dict[str, object]:
    return {
        "id": new.id,
        "dossier_id": new.dossier_id,
        **_place(new.destination),
        "file_name": new.file_name,
        "sha256": new.sha256,
        "size": new.size,
        "labels": new.labels,
        "state": new.state,
        "attempts": new.attempts,
        "next_try": new.next_try,
        "upload_url": new.upload_url,
        "transaction_code": new.transaction,
    }


def _place(destination: Destination) -> dict[str, str]:
    """A pin holds no space."""
    return {
        "url": destination.url,
        "ca_pem": destination.ca_pem,
        "adapter": destination.adapter,
        "client_id": destination.client_id,
        "pins": " ".join(destination.pins),
    }
