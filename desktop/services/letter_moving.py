"""How a believed letter moves its dossier: by the table of states, and never backwards in time."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop.services.inbox_api import Letter, Said, Verified
from desktop.services.letter_judging import Judged
from desktop.services.letter_reading import Incoming, dated_of
from desktop.services.ports import Clock, Store, UnitOfWork
from forms.model import Dossier, DossierState
from forms.states import ANSWERED, steps
from sync.model import Parcel, ParcelState, Settlement

RANK: Mapping[DossierState | None, int] = {
    DossierState.PROCESSING: 1,
    DossierState.SUPPLEMENT: 2,
    DossierState.DONE: 3,
    DossierState.REJECTED: 3,
}
"""which of two notices of the same second comes after the other"""
SETTLED = frozenset({ParcelState.ACCEPTED, ParcelState.REFUSED})
PROVEN, CARRIED, LATE = "event.notice_proves_receipt", "event.carried", "event.notice_late"
UNBELIEVED, UNCLEAR = "event.notice_unbelieved", "event.notice_unclear"
LATE_CODE = "inbox.late"
Moved = tuple[bool, Said | None]
"""whether the dossier's state changed, and the doubt that is left"""
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Note:
    """The journal of one dossier, with the notice's bytes in every entry."""

    work: UnitOfWork
    dossier_id: str
    now: datetime
    document: bytes

    def say(self, event: str, detail: str = "") -> None:
        self.work.dossiers.note(
            self.dossier_id, now=self.now, event=event, detail=detail, answer=self.document
        )

    def move(self, after: DossierState, event: str) -> None:
        self.work.dossiers.move(
            self.dossier_id, after, now=self.now, event=event, answer=self.document
        )


def settle_parcel(store: Store, incoming: Incoming, judged: Judged, clock: Clock) -> None:
    """A parcel on its way follows first, as it does when its own receipt comes."""
    parcel, dossier = judged.parcel, judged.dossier
    if parcel is None or dossier is None or not judged.queued or not judged.counts:
        return
    if dossier.state not in ANSWERED and parcel.state not in SETTLED:
        store.outbox.settle(settlement_of(incoming, judged, parcel, clock()))


def settlement_of(incoming: Incoming, judged: Judged, parcel: Parcel, now: datetime) -> Settlement:
    notice = incoming.notice
    accepted = "outcome.accepted" if judged.state is DossierState.ACCEPTED else PROVEN
    refused = judged.state is DossierState.REJECTED
    return Settlement(
        parcel_id=parcel.id,
        at=now,
        state=ParcelState.REFUSED if refused else ParcelState.ACCEPTED,
        outcome="outcome.refused" if refused else accepted,
        next_try=now,
        transaction=notice.transaction if notice else None,
        number=(notice.number or None) if notice else None,
        receipt=incoming.document,
        answer=incoming.document or b"",
        detail=notice.error_text if notice else "",
    )


def follow(work: UnitOfWork, incoming: Incoming, judged: Judged, now: datetime) -> Moved:
    """Within the caller's transaction."""
    if judged.dossier is None or incoming.document is None:
        return False, judged.doubt
    note = Note(work, judged.dossier.id, now, incoming.document)
    if not judged.counts:
        event = UNCLEAR if judged.verified is Verified.YES else UNBELIEVED
        note.say(event, judged.doubt.code if judged.doubt else "")
        return False, judged.doubt
    at = work.dossiers.get(judged.dossier.id)
    if at.state is judged.state:
        return at.state is not judged.dossier.state, None
    letters = work.letters.all(incoming.unit_code, dossier_id=at.id)
    if is_overtaken(letters, incoming, judged):
        return too_late(note)
    return move(note, at, incoming, judged)


def move(note: Note, dossier: Dossier, incoming: Incoming, judged: Judged) -> Moved:
    """What was carried by hand was waiting for an answer all along."""
    notice, after = incoming.notice, judged.state
    carried = dossier.state is DossierState.SIGNED
    before = DossierState.WAITING if carried else dossier.state
    path = steps(before, after) if notice and after else ()
    if notice is None or not path:
        return too_late(note)
    if carried:
        note.move(before, CARRIED)
    if dossier.state not in ANSWERED:
        number, transaction = notice.number, notice.transaction
        note.work.dossiers.store_receipt(dossier.id, note.document, number, transaction)
    for step in path:
        note.move(step, f"event.notice_{judged.kind.value}" if step is after else PROVEN)
    _LOG.info("%s moved by a verified notice of kind %s", dossier.id, judged.kind.value)
    return True, None


def too_late(note: Note) -> Moved:
    note.say(LATE)
    return False, Said(code=LATE_CODE)


def is_overtaken(letters: Sequence[Letter], incoming: Incoming, judged: Judged) -> bool:
    """A notice that the agency wrote later has moved the dossier already."""
    mine, rank = dated_of(incoming), RANK.get(judged.state, 0)
    moved = [(one.dated, RANK.get(one.state_after, 0)) for one in letters if one.moved]
    return any(at and mine and (mine, rank) < (at, their) for at, their in moved)
