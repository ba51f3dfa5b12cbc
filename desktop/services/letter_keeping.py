"""Keeping a letter: once, with its files, and with what it makes of its dossier, all together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from desktop.services.inbox_api import Letter, LetterFile, LetterKind, Origin, Verified
from desktop.services.inbox_ports import Kept
from desktop.services.letter_judging import Judged, judge
from desktop.services.letter_moving import follow, settle_parcel
from desktop.services.letter_reading import (
    Enclosed,
    Incoming,
    dated_of,
    missing,
    named_apart,
    period_of,
    reasons_in,
    try_notice,
)
from desktop.services.ports import Clock, Store, UnitOfWork
from desktop.services.receiving import NOBODY
from forms.xml.notice import Notice
from sync.model import Destination

WITH_REASONS = frozenset({LetterKind.SUPPLEMENT, LetterKind.REFUSAL, LetterKind.OTHER})


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepLetter:
    """The only one who stores letters."""

    store: Store
    clock: Clock

    def __call__(self, incoming: Incoming, believed: Destination) -> tuple[Letter, bool]:
        """The letter as kept, and whether it is new here.

        The same again changes nothing; only proof that was wanting before, or a file that the
        notice names and that was not here, is added to what is known.
        """
        with self.store.reading() as work:
            before = work.letters.get(incoming.id)
            judged = judge(work, incoming, believed, self.clock)
        if before is not None and not teaches(before, incoming, judged):
            return before, False
        if counts_now(before, judged):
            settle_parcel(self.store, incoming, judged, self.clock)
        with self.store.begin() as work:
            kept = self._kept(work, incoming, judged)
            work.letters.put(kept)
            work.commit()
        return kept.letter, before is None

    def _kept(self, work: UnitOfWork, incoming: Incoming, judged: Judged) -> Kept:
        before = work.letters.kept(incoming.id)
        if before is not None and not counts_now(before.letter, judged):
            return with_files(before, joined(before, incoming), incoming.notice)
        now = self.clock()
        moved, doubt = follow(work, incoming, judged, now)
        letter = letter_of(incoming, replace(judged, doubt=doubt), moved=moved, now=now)
        bare = Kept(letter=letter, document=incoming.document, contents=())
        return with_files(bare, joined(before, incoming), incoming.notice)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepReceipt:
    """A notice that somebody hands in as a receipt: one more letter."""

    keep: KeepLetter
    default: Callable[[], Destination | None]

    def __call__(self, document: bytes, source: str, unit_code: str) -> str | None:
        """The dossier under which it is kept now; None where it is under none."""
        incoming = Incoming(
            unit_code=unit_code,
            origin=Origin.TAKEN,
            source=source,
            document=document,
            notice=try_notice(document),
        )
        letter, _ = self.keep(incoming, self.default() or NOBODY)
        return letter.dossier_id


def counts_now(before: Letter | None, judged: Judged) -> bool:
    """What was believed once is not gone through again, nor what is doubted still."""
    if before is None:
        return True
    return before.verified is not Verified.YES and judged.verified is Verified.YES


def teaches(before: Letter, incoming: Incoming, judged: Judged) -> bool:
    return counts_now(before, judged) or bool(new_files(before, incoming))


def new_files(before: Letter, incoming: Incoming) -> set[str]:
    """Digests that the notice names, whose bytes come only now."""
    named = incoming.notice.digests if incoming.notice else frozenset()
    here = {file.sha256 for file in incoming.enclosed if file.content is not None}
    return missing(before.files, here & named)


def joined(before: Kept | None, incoming: Incoming) -> tuple[Enclosed, ...]:
    """What was here, with what the notice names and comes now; each by a name of its own."""
    if before is None:
        return named_apart(incoming.enclosed)
    wanted = new_files(before.letter, incoming)
    new = [file for file in incoming.enclosed if file.sha256 in wanted]
    pairs = zip(before.letter.files, before.contents, strict=True)
    old = [
        Enclosed(name=file.name, size=file.size, sha256=file.sha256, content=content)
        for file, content in pairs
        if file.sha256 not in wanted
    ]
    return named_apart([*old, *new])


def with_files(kept: Kept, files: Sequence[Enclosed], notice: Notice | None) -> Kept:
    believed = kept.letter.verified is Verified.YES
    signed_itself = believed and kept.document is None
    named = notice.digests if notice and believed else frozenset()
    told = tuple(
        LetterFile(
            name=file.name,
            size=file.size,
            sha256=file.sha256,
            vouched=signed_itself or file.sha256 in named,
            kept=file.content is not None,
        )
        for file in files
    )
    contents = tuple(file.content for file in files)
    return replace(kept, letter=replace(kept.letter, files=told), contents=contents)


def letter_of(incoming: Incoming, judged: Judged, *, moved: bool, now: datetime) -> Letter:
    """Without its files."""
    notice = incoming.notice
    return Letter(
        id=incoming.id,
        unit_code=incoming.unit_code,
        kind=judged.kind,
        origin=incoming.origin,
        source=incoming.source,
        received_at=now,
        dated=dated_of(incoming),
        period=period_of(notice.period) if notice else incoming.period,
        dossier_id=judged.dossier.id if judged.dossier else None,
        number=notice.number if notice else "",
        transaction=notice.transaction if notice else "",
        agency=notice.agency_name if notice else "",
        state_after=judged.state,
        moved=moved,
        verified=judged.verified,
        doubt=judged.doubt,
        deadline=notice.promised if notice else None,
        text=(notice.error_text or notice.result) if notice else "",
        reasons=reasons_in(notice) if notice and judged.kind in WITH_REASONS else (),
        files=(),
        read=False,
    )
