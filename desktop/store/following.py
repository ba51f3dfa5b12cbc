"""How a dossier follows its parcel. Pure: what may follow what stands in ``forms.states``."""

from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from desktop.services.ports import JournalEntry
from forms.model import DossierState
from forms.states import ANSWERED, may_follow
from sync.model import ParcelState, Settlement

Moves = list[JournalEntry]

TARGET = {
    ParcelState.WAITING: DossierState.WAITING,
    ParcelState.SENDING: DossierState.SENDING,
    ParcelState.SENT: DossierState.SENT,
    ParcelState.ACCEPTED: DossierState.ACCEPTED,
    ParcelState.REFUSED: DossierState.REJECTED,
    ParcelState.FAILED: DossierState.SEND_FAILED,
}

DUE = (ParcelState.WAITING, ParcelState.SENT)
"""claimed when their time has come: to be sent, or to be asked about"""
CLAIMABLE = (*DUE, ParcelState.FAILED)
"""claimed when named by the user, whatever their time"""
FINAL = (ParcelState.ACCEPTED, ParcelState.REFUSED)
"""a verified answer stands: nothing that comes later changes it"""

CLAIMED = "event.sending"
RETRIED = "event.retried"
RELEASED = "event.released"


def steps(before: DossierState, parcel: ParcelState) -> tuple[DossierState, ...]:
    """The legal steps from ``before`` towards the parcel's state; none where the dossier stays.

    A dossier that the gateway has whole (``sent``) stays so while the parcel is only asked
    about. One whose sending had failed waits again before it is sent. One that has a verified
    answer goes on by the agency's notices alone, never by what becomes of its parcel.
    """
    target = TARGET[parcel]
    if target is before or before in ANSWERED:
        return ()
    if may_follow(before, target):
        return (target,)
    waiting = DossierState.WAITING
    if may_follow(before, waiting) and may_follow(waiting, target):
        return (waiting, target)
    return ()


def moves(at: datetime, before: DossierState, parcel: ParcelState, event: str) -> Moves:
    """The journal's entries for the steps, none where the dossier stays."""
    path = (before, *steps(before, parcel))
    return [
        JournalEntry(at=at, event=event if end is path[-1] else RETRIED, before=start, after=end)
        for start, end in pairwise(path)
    ]


def settled(settlement: Settlement, before: DossierState) -> Moves:
    """As ``moves``, but always ending with the settlement itself and the gateway's bytes."""
    *leading, last = moves(settlement.at, before, settlement.state, settlement.outcome) or [
        JournalEntry(at=settlement.at, event=settlement.outcome, before=before, after=before)
    ]
    answer = settlement.answer or settlement.receipt or b""
    return [*leading, replace(last, detail=settlement.detail, answer=answer)]


def takes_receipt(settlement: Settlement, before: DossierState) -> bool:
    """Only the first verified answer is the dossier's receipt."""
    verified = settlement.state in FINAL and settlement.receipt is not None
    return verified and before not in ANSWERED
