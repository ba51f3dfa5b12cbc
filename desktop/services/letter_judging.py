"""What a letter is about, and whether it is believed: by the same proof as a receipt.

Pure but for looking: nothing is stored or moved here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from desktop.services.inbox_api import LetterKind, Said, Verified
from desktop.services.letter_papers import opinion_of
from desktop.services.letter_reading import Incoming
from desktop.services.ports import Clock, Reading
from desktop.services.receipts import doubt_about, doubt_of_signature
from desktop.services.receiving import made_up, matching
from forms.model import Dossier, DossierState
from forms.outcomes import (
    PROCESSING,
    RECEIVED,
    REFUSAL,
    RESULT,
    SUPPLEMENT,
    outcome_of_code,
)
from forms.xml.notice import Notice
from resources.faults import DataFault
from sync.model import Answer, Destination, Parcel, Verdict

KINDS: Mapping[str, LetterKind] = {
    RECEIVED: LetterKind.RECEIPT,
    PROCESSING: LetterKind.PROCESSING,
    RESULT: LetterKind.RESULT,
    SUPPLEMENT: LetterKind.SUPPLEMENT,
    REFUSAL: LetterKind.REFUSAL,
}
NOT_SIGNED = "receipt.not_signed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """``doubt`` with ``Verified.YES``: it is genuine, and still may change nothing.

    ``state``: what it says has become of the dossier, believed or not.
    """

    kind: LetterKind
    verified: Verified
    doubt: Said | None = None
    dossier: Dossier | None = None
    parcel: Parcel | None = None
    """in the outbox, or made up to judge by"""
    queued: bool = False
    state: DossierState | None = None

    @property
    def counts(self) -> bool:
        """May move the dossier, as far as the table of states lets it."""
        return self.verified is Verified.YES and self.doubt is None and self.state is not None


def judge(work: Reading, incoming: Incoming, believed: Destination, clock: Clock) -> Judged:
    """``believed``: whose authority counts where the dossier itself was sent to nobody."""
    notice = incoming.notice
    if incoming.document is None:
        return about_files(incoming, believed, clock())
    if notice is None:
        return unbelieved(LetterKind.OTHER, "inbox.unreadable")
    kind, state, meaning = meaning_of(notice)
    if notice.unit_code != incoming.unit_code:
        return unbelieved(kind, "inbox.other_unit", unit=notice.unit_code[:20])
    if kind is LetterKind.STATEMENT:
        return about_month(work, notice, incoming.document, believed, clock())
    found = replace(about_dossier(work, notice, incoming.document, believed, clock), kind=kind)
    return replace(found, doubt=found.doubt or meaning, state=state)


def about_files(incoming: Incoming, believed: Destination, now: datetime) -> Judged:
    """Of what came without a notice: a paper alone may be signed itself."""
    contents = [each.content for each in incoming.enclosed if each.content is not None]
    alone = incoming.kind is LetterKind.PAPER and len(contents) == 1
    opinion = opinion_of(contents[0], believed.ca_pem, now) if alone else None
    verified, doubt = opinion or (Verified.UNSIGNED, incoming.doubt)
    return Judged(kind=incoming.kind, verified=verified, doubt=doubt)


def meaning_of(notice: Notice) -> tuple[LetterKind, DossierState | None, Said | None]:
    """Kind, the state that it tells of, and what is unclear about that."""
    if is_about_month(notice):
        return LetterKind.STATEMENT, None, None
    outcome = outcome_of_code(notice.result_code)
    if outcome is None:
        unknown = {"result": notice.result_code[:20]}
        return LetterKind.OTHER, None, Said(code="inbox.unknown_meaning", params=unknown)
    if outcome.name != REFUSAL and not notice.number:
        return KINDS[outcome.name], None, Said(code="inbox.no_number")
    return KINDS[outcome.name], outcome.state, None


def is_about_month(notice: Notice) -> bool:
    """Of the unit's month and of no dossier: no procedure, number or package is named."""
    return not (notice.procedure or notice.number or notice.sha256)


def about_month(
    work: Reading, notice: Notice, document: bytes, believed: Destination, now: datetime
) -> Judged:
    doubt = doubt_of_signature(document, believed.ca_pem, now)
    if doubt is None and notice.tax_code != work.units.get(notice.unit_code).tax_code:
        return unbelieved(LetterKind.STATEMENT, "inbox.other_unit", unit=notice.tax_code[:20])
    return judged_by(doubt, LetterKind.STATEMENT)


def about_dossier(
    work: Reading, notice: Notice, document: bytes, believed: Destination, clock: Clock
) -> Judged:
    try:
        dossier = matching(work, notice)
    except DataFault as fault:
        doubt = doubt_of_signature(document, believed.ca_pem, clock())
        code = doubt or fault.code
        return judged_by(code, LetterKind.OTHER)
    queued = work.parcels.of_dossier(dossier.id)
    parcel = queued or made_up(work, dossier, believed, clock)
    answer = Answer(
        verdict=Verdict.RECEIVED, transaction=notice.transaction, receipt=document, raw=document
    )
    doubt = doubt_about(document, notice, parcel, answer, clock())
    found = judged_by(doubt, LetterKind.OTHER)
    return replace(found, dossier=dossier, parcel=parcel, queued=queued is not None)


def judged_by(doubt: str | None, kind: LetterKind) -> Judged:
    """``doubt``: a code of ``receipt.toml``; what it says of receipts is said of letters there."""
    if doubt is None:
        return Judged(kind=kind, verified=Verified.YES)
    verified = Verified.UNSIGNED if doubt == NOT_SIGNED else Verified.NO
    said = Said(code=doubt.replace("receipt.", "inbox.", 1))
    return Judged(kind=kind, verified=verified, doubt=said)


def unbelieved(kind: LetterKind, code: str, **params: str) -> Judged:
    return Judged(kind=kind, verified=Verified.NO, doubt=Said(code=code, params=params))
