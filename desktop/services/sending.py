"""Into the outbox, and the outbox onward."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from uuid import UUID, uuid4

from desktop.services.destinations import Destinations
from desktop.services.ports import Clock, Store, UnitOfWork
from desktop.services.progress import Progress
from desktop.services.rooms import SendingRoom
from desktop.services.signing_cases import package_of
from forms.model import Dossier, DossierState, Unit
from resources.faults import UsageFault
from sync.model import Destination, Parcel, ParcelState, Settlement
from sync.ports import Watch

PAUSED, YES, NO = "outbox.paused", "1", "0"
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class EnqueueDossier:
    """The dossier's state and its parcel change together or not at all."""

    store: Store
    destinations: Destinations
    clock: Clock
    new_id: Callable[[], UUID] = uuid4

    def __call__(self, dossier_id: str, destination: Destination | None = None) -> Parcel:
        """The parcel, an earlier one where there is one.

        Raises UsageFault ``dossier.not_signed``, ``send.other_gateway``, ``send.handed_over`` and
        as ``Destinations.chosen``.
        """
        with self.store.begin() as work:
            if (waiting := work.parcels.of_dossier(dossier_id)) is not None:
                refuse_handed_over(waiting)
                return self._sent_on(work, waiting, destination)
            require_signed(work.dossiers.get(dossier_id))
        chosen = self.destinations.chosen(destination)
        with self.store.begin() as work:
            parcel = self._enqueue(work, work.dossiers.get(dossier_id), chosen)
            work.commit()
        _LOG.info("enqueued %s as %s: %d bytes", dossier_id, parcel.id, parcel.size)
        return parcel

    def _sent_on(self, work: UnitOfWork, waiting: Parcel, asked: Destination | None) -> Parcel:
        """The parcel that is there already, at its new address where it may have one."""
        if asked is None or asked == waiting.destination:
            return waiting
        chosen = self.destinations.chosen(asked)
        refuse_second_gateway(waiting, chosen)
        work.parcels.readdress(waiting.id, chosen)
        work.dossiers.note(
            waiting.dossier_id, now=self.clock(), event="event.readdressed", detail=chosen.url
        )
        self.destinations.remember(work, chosen)
        work.commit()
        return replace(waiting, destination=chosen)

    def _enqueue(self, work: UnitOfWork, dossier: Dossier, destination: Destination) -> Parcel:
        name, content = package_of(work.dossiers.files(dossier.id), dossier.id)
        now = self.clock()
        parcel = Parcel(
            id=str(self.new_id()),
            dossier_id=dossier.id,
            destination=destination,
            file_name=name,
            sha256=sha256(content).hexdigest(),
            size=len(content),
            labels=labels(dossier, work.units.get(dossier.unit_code)),
            state=ParcelState.WAITING,
            attempts=0,
            next_try=now,
        )
        work.dossiers.move(dossier.id, DossierState.WAITING, now=now, event="event.enqueued")
        work.parcels.enqueue(parcel, content)
        self.destinations.remember(work, destination)
        return parcel


@dataclass(frozen=True, slots=True, kw_only=True)
class DrainOutbox:
    """One round; what fails for now stays for the next."""

    store: Store
    sending: SendingRoom
    destinations: Destinations
    clock: Clock

    def __call__(
        self,
        dossier_id: str | None = None,
        progress: Progress | None = None,
        watch: Watch | None = None,
    ) -> Sequence[Settlement]:
        """A named dossier goes also while the outbox is paused: somebody wants it now.

        Raises UsageFault ``dossier.not_queued`` for a dossier without a parcel,
        ``send.handed_over``.
        """
        wanted = self._parcel(dossier_id) if dossier_id else None
        if wanted is not None:
            self.sending.forgive(wanted.destination)
        settled = self.sending.drain(
            self.store.outbox,
            lambda destination: self.sending.gateway_for(self.destinations.allowed(destination)),
            self.sending.judge,
            now=self.clock,
            parcel_id=wanted.id if wanted else None,
            progress=progress,
            watch=watch,
            paused=self.is_paused,
        )
        for one in settled:
            _LOG.info("parcel %s: %s, %s", one.parcel_id, one.state, one.outcome)
        return settled

    def is_paused(self) -> bool:
        """For every program on this data, and after a restart too."""
        with self.store.reading() as work:
            return work.settings.get(PAUSED) == YES

    def pause(self, paused: bool) -> None:
        """What is on its way stops at its next piece and goes on there later."""
        with self.store.begin() as work:
            work.settings.put(PAUSED, YES if paused else NO)
            work.commit()
        _LOG.info("outbox paused: %s", paused)

    def _parcel(self, dossier_id: str) -> Parcel:
        with self.store.reading() as work:
            work.dossiers.get(dossier_id)
            parcel = work.parcels.of_dossier(dossier_id)
        if parcel is None:
            raise UsageFault("dossier.not_queued", dossier=dossier_id)
        refuse_handed_over(parcel)
        return parcel


def refuse_second_gateway(waiting: Parcel, asked: Destination) -> None:
    """A package that one gateway may have never goes to another as well.

    A mistyped address or certificate can be put right: as long as no upload was begun, no
    gateway has any of it, and the same gateway may be reached with another certificate.
    """
    untouched = waiting.upload_url is None and waiting.transaction is None
    untouched = untouched and waiting.state is not ParcelState.SENDING
    there = waiting.destination
    if (asked.url, asked.adapter) != (there.url, there.adapter) and not untouched:
        raise UsageFault("send.other_gateway", url=waiting.destination.url)


def refuse_handed_over(parcel: Parcel) -> None:
    """Another computer sends it; whoever wants to send it here takes it back first."""
    if parcel.handed_over:
        raise UsageFault("send.handed_over", dossier=parcel.dossier_id)


def labels(dossier: Dossier, unit: Unit) -> dict[str, str]:
    """What a gateway asks beside the bytes."""
    return {
        "unit_code": unit.code,
        "tax_code": unit.tax_code,
        "procedure": dossier.procedure,
        "period": dossier.period.wire,
    }


def require_signed(dossier: Dossier) -> Dossier:
    if dossier.state in {DossierState.DRAFT, DossierState.CHECKED}:
        raise UsageFault("dossier.not_signed", dossier=dossier.id)
    return dossier
