"""A parcel handed to another computer that sends it: sealed into a file, and taken back."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.services.folders import usable_folder, write_file
from desktop.services.ports import Clock, Store
from resources.faults import UsageFault
from sync.model import Destination, Parcel
from sync.sealed import SUFFIX, Sealed, SealedParcel, write_sealed
from sync.sealing import lock

Enqueue = Callable[[str, Destination | None], Parcel]
"""as ``EnqueueDossier``"""

HANDED, TAKEN_BACK = "event.handed_over", "event.taken_back"
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """The file is whole on its disk before the parcel is marked; the other way round a full disk
    would leave a dossier that nobody sends."""

    store: Store
    enqueue: Enqueue
    clock: Clock
    practice: bool

    def __call__(
        self, dossier_id: str, out: Path, destination: Destination | None, password: str
    ) -> Path:
        """``password``: empty leaves the file open. Raises UsageFault ``handover.begun``,
        ``sealed.password_short``, as ``EnqueueDossier`` and as ``folders`` do."""
        parcel = self._parcel(dossier_id, destination)
        content = write_sealed(self._sealed(parcel))
        if password:
            content = lock(content, password)
        path = write_file(usable_folder(out) / f"{dossier_id}{SUFFIX}", content)
        try:
            self._mark(parcel)
        except UsageFault:
            path.unlink(missing_ok=True)
            raise
        _LOG.info("handed over %s as %s", dossier_id, parcel.id)
        return path

    def _parcel(self, dossier_id: str, destination: Destination | None) -> Parcel:
        """The one that was handed over already, to be written once more; else one to send."""
        with self.store.reading() as work:
            known = work.parcels.of_dossier(dossier_id)
        if known is not None and known.handed_over and destination in (None, known.destination):
            return known
        parcel = self.enqueue(dossier_id, destination)
        if not parcel.untouched:
            raise UsageFault("handover.begun", dossier=dossier_id)
        return parcel

    def _sealed(self, parcel: Parcel) -> Sealed:
        with self.store.reading() as work:
            dossier = work.dossiers.get(parcel.dossier_id)
            region = work.units.get(dossier.unit_code).region
        one = SealedParcel(
            parcel=replace(parcel, next_try=self.clock()),
            content=self.store.outbox.content(parcel.id),
            region=region,
        )
        return Sealed(made=self.clock(), practice=self.practice, parcels=(one,))

    def _mark(self, parcel: Parcel) -> None:
        """Raises UsageFault ``handover.begun`` where it was claimed meanwhile."""
        with self.store.begin() as work:
            if not work.parcels.hand_over(parcel.id):
                raise UsageFault("handover.begun", dossier=parcel.dossier_id)
            work.dossiers.note(parcel.dossier_id, now=self.clock(), event=HANDED)
            work.commit()


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBack:
    """Sent from here again. Should the other computer send it too, the gateway knows the parcel
    by its id and files it once."""

    store: Store
    clock: Clock

    def __call__(self, dossier_id: str) -> Parcel:
        """Raises UsageFault ``handover.not_handed``, ``dossier.not_queued``."""
        now = self.clock()
        with self.store.begin() as work:
            parcel = work.parcels.of_dossier(work.dossiers.get(dossier_id).id)
            if parcel is None:
                raise UsageFault("dossier.not_queued", dossier=dossier_id)
            if not work.parcels.take_back(parcel.id, now):
                raise UsageFault("handover.not_handed", dossier=dossier_id)
            work.dossiers.note(dossier_id, now=now, event=TAKEN_BACK)
            work.commit()
        return replace(parcel, next_try=now, attempts=parcel.attempts + 1)
