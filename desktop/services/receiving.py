"""Taking in a receipt that came by another way than the outbox: by hand, from a file.

It goes into the inbox like any letter, which moves its dossier and writes the journal.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from desktop.services.api import Taken
from desktop.services.ports import Clock, Reading, Store
from desktop.services.rooms import Notice, SendingRoom
from desktop.services.sending import labels
from desktop.services.signing_cases import package_of
from desktop.services.verifying import read_limited
from forms.model import Dossier, DossierState
from forms.states import ANSWERED
from resources.faults import DataFault
from sync.model import Answer, Destination, Parcel, ParcelState, Settlement, Verdict

MOST_BYTES = 4 * 1024 * 1024
NOBODY = Destination(url="", ca_pem="")
"""no gateway was ever named: then no receipt can be believed"""

BELIEVED = {
    ParcelState.ACCEPTED: DossierState.ACCEPTED,
    ParcelState.REFUSED: DossierState.REJECTED,
}
"""only a verified receipt leads there"""

UNBELIEVED = "event.receipt_unbelieved"

Keep = Callable[[bytes, str, str], str | None]
"""(document, name of its file, unit) → the dossier under which the inbox keeps it now, if any"""
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """A receipt with the dossier it speaks of and the package that was handed in."""

    dossier: Dossier
    parcel: Parcel
    queued: bool
    """the parcel is in the outbox; else it was made up to judge the receipt"""
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeReceipt:
    """Judged exactly as a receipt that a gateway gave."""

    store: Store
    sending: SendingRoom
    keep: Keep
    clock: Clock
    default: Callable[[], Destination | None]
    """whose certificates are believed for a dossier that was never put into the outbox"""

    def __call__(self, receipt: Path) -> Taken:
        """Raises DataFault ``receipt.no_dossier`` and as reading a notice does."""
        content = read_limited(receipt, MOST_BYTES)
        handed = self._match(self.sending.read_notice(content), content)
        settlement = self.sending.judge(handed.parcel, handed.answer, self.clock())
        told = self.keep(content, receipt.name, handed.dossier.unit_code)
        if settlement.state not in BELIEVED:
            return self._unbelieved(handed, settlement, told=told == handed.dossier.id)
        if self._dossier(handed).state not in ANSWERED:
            self._take(handed, settlement)
        return Taken(dossier=self._dossier(handed), verified=True)

    def _match(self, notice: Notice, content: bytes) -> Handed:
        answer = Answer(
            verdict=Verdict.ACCEPTED, transaction=notice.transaction, receipt=content, raw=content
        )
        believed = self.default() or NOBODY
        with self.store.reading() as work:
            dossier = matching(work, notice)
            queued = work.parcels.of_dossier(dossier.id)
            parcel = queued or made_up(work, dossier, believed, self.clock)
        return Handed(dossier=dossier, parcel=parcel, queued=queued is not None, answer=answer)

    def _unbelieved(self, handed: Handed, settlement: Settlement, *, told: bool) -> Taken:
        """Only noted: an unbelieved receipt must neither count nor stop the sending.

        ``told``: the letter stands under this dossier, whose journal speaks of it already.
        """
        _LOG.warning("receipt for %s not believed: %s", handed.dossier.id, settlement.outcome)
        if handed.queued and not told:
            self.store.outbox.settle(_noted(handed, settlement))
        elif not told:
            self._note(handed, settlement)
        return Taken(dossier=self._dossier(handed), verified=False)

    def _note(self, handed: Handed, settlement: Settlement) -> None:
        with self.store.begin() as work:
            work.dossiers.note(
                handed.dossier.id,
                now=self.clock(),
                event=UNBELIEVED,
                detail=settlement.outcome,
                answer=handed.answer.raw,
            )
            work.commit()

    def _dossier(self, handed: Handed) -> Dossier:
        with self.store.reading() as work:
            return work.dossiers.get(handed.dossier.id)

    def _take(self, handed: Handed, settlement: Settlement) -> None:
        if handed.queued:
            self.store.outbox.settle(settlement)
        else:
            self._take_carried(handed.dossier, settlement)

    def _take_carried(self, dossier: Dossier, settlement: Settlement) -> None:
        """Signed, carried by hand, answered: the whole way in one transaction."""
        now = self.clock()
        receipt, number = settlement.receipt or b"", settlement.number or ""
        after = BELIEVED[settlement.state]
        with self.store.begin() as work:
            work.dossiers.move(dossier.id, DossierState.WAITING, now=now, event="event.carried")
            work.dossiers.store_receipt(dossier.id, receipt, number, settlement.transaction or "")
            work.dossiers.move(dossier.id, after, now=now, event=settlement.outcome)
            work.commit()


def _noted(handed: Handed, settlement: Settlement) -> Settlement:
    """For the journal, with the parcel left as it was."""
    return Settlement(
        parcel_id=handed.parcel.id,
        at=settlement.at,
        state=handed.parcel.state,
        outcome=UNBELIEVED,
        next_try=handed.parcel.next_try,
        answer=handed.answer.raw,
        detail=settlement.outcome,
    )


def matching(work: Reading, notice: Notice) -> Dossier:
    """By transaction, number or package; else the one signed dossier of unit, period and procedure.

    Raises DataFault ``receipt.no_dossier``, ``receipt.several_dossiers``.
    """
    of_unit = list(_signed_of(work, notice))
    for dossier in of_unit:
        named = notice.transaction and dossier.transaction == notice.transaction
        known = named or (notice.number and dossier.number == notice.number)
        if known or _package_hash(work, dossier) == notice.sha256.lower():
            return dossier
    unknown = [dossier for dossier in of_unit if dossier.state not in ANSWERED]
    if notice.sha256 or not unknown:
        raise DataFault("receipt.no_dossier", unit=notice.unit_code, period=notice.period)
    if len(unknown) > 1:
        raise DataFault("receipt.several_dossiers", unit=notice.unit_code, period=notice.period)
    return unknown[0]


def _signed_of(work: Reading, notice: Notice) -> Iterator[Dossier]:
    unsigned = {DossierState.DRAFT, DossierState.CHECKED}
    for dossier in work.dossiers.all(notice.unit_code):
        same = (dossier.period.wire, dossier.procedure) == (notice.period, notice.procedure)
        if same and dossier.state not in unsigned:
            yield dossier


def _package_hash(work: Reading, dossier: Dossier) -> str:
    return sha256(package_of(work.dossiers.files(dossier.id), dossier.id)[1]).hexdigest()


def made_up(work: Reading, dossier: Dossier, believed: Destination, clock: Clock) -> Parcel:
    """The parcel that would have been sent, for the judge to compare with."""
    name, content = package_of(work.dossiers.files(dossier.id), dossier.id)
    return Parcel(
        id="",
        dossier_id=dossier.id,
        destination=believed,
        file_name=name,
        sha256=sha256(content).hexdigest(),
        size=len(content),
        labels=labels(dossier, work.units.get(dossier.unit_code)),
        state=ParcelState.WAITING,
        attempts=0,
        next_try=clock(),
    )
