"""Taking in letters from files: what somebody downloaded, or was given on a stick."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from desktop.services.inbox_api import LetterKind, Origin, Said, TakenLetter, TakeWatch
from desktop.services.letter_files import (
    Piece,
    ReadWorkbook,
    Sort,
    pieces_of,
    read_book,
    said,
    sort_of,
)
from desktop.services.letter_keeping import KeepLetter
from desktop.services.letter_reading import Incoming, enclosed
from desktop.services.ports import Store
from desktop.services.receiving import NOBODY
from forms.model import Period, Unit
from resources.faults import DataFault, SurroundingsFault, UsageFault
from signing.files import has_office_signature
from sync.model import Destination

UNREAD = Said(code="inbox.not_read")
UNSIGNED_BOOK = Said(code="inbox.unsigned_workbook")
SIGNED_BOOK = Said(code="inbox.signed_workbook")
"""what Office signs cannot be checked here, and is not called unsigned"""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeLetters:
    """One file that cannot be taken in never keeps out the others."""

    store: Store
    keep: KeepLetter
    read_workbook: ReadWorkbook
    default: Callable[[], Destination | None]

    def __call__(
        self,
        files: Sequence[Path],
        *,
        unit_code: str | None = None,
        watch: TakeWatch | None = None,
    ) -> tuple[TakenLetter, ...]:
        with self.store.reading() as work:
            units = {unit.code: unit for unit in work.units.all()}
        pieces = list(pieces_of(files))
        taking = Taking(self, Units(units, unit_code), self.default() or NOBODY, watch)
        return tuple(taking.run(pieces))


@dataclass(frozen=True, slots=True)
class Units:
    """Whose a file is. ``hint``: where it does not say so itself."""

    known: Mapping[str, Unit]
    hint: str | None

    def of(self, code: str, file: str) -> str:
        """Raises UsageFault ``inbox.unit_unknown``, ``inbox.which_unit``."""
        for unit in self.known.values():
            if code and code in {unit.code, unit.tax_code}:
                return unit.code
        if self.hint in self.known:
            return str(self.hint)
        if code:
            raise UsageFault("inbox.unit_unknown", file=file, unit=code[:20])
        if len(self.known) == 1:
            return next(iter(self.known))
        raise UsageFault("inbox.which_unit", file=file)


class Taking:
    """One handing in: notices first, by their dates, so that files find the one naming them."""

    def __init__(
        self, take: TakeLetters, units: Units, believed: Destination, watch: TakeWatch | None
    ) -> None:
        self._take = take
        self._units = units
        self._believed = believed
        self._watch = watch
        self._done = 0

    def run(self, pieces: Sequence[Piece]) -> Iterator[TakenLetter]:
        """In the order of the pieces."""
        owners = owners_of(pieces)
        alone = len(pieces) - len(owners)
        notices = [one for one in pieces if one.notice and id(one) not in owners]
        notices.sort(key=lambda one: one.notice.received if one.notice else datetime.min)  # noqa: DTZ901  # the layout has no zone
        done = {
            id(one): self._seen(one, alone, partial(self._notice, one, pieces, owners))
            for one in notices
        }
        for one in pieces:
            owner = owners.get(id(one))
            if owner is not None:
                told = done[id(owner)]
                yield TakenLetter(
                    source=one.source, letter=told.letter, new=told.new, fault=told.fault
                )
            else:
                yield done.get(id(one)) or self._seen(one, alone, partial(self._other, one))

    def _seen(self, piece: Piece, whole: int, take: Callable[[], TakenLetter]) -> TakenLetter:
        if self._watch is None:
            return take()
        self._watch.next(self._done, whole, piece.source)
        taken = take()
        self._done += 1
        self._watch.took(taken)
        return taken

    def _notice(
        self, piece: Piece, pieces: Sequence[Piece], owners: Mapping[int, Piece]
    ) -> TakenLetter:
        if piece.notice is None:
            return self._failed(piece, Said(code="inbox.unreadable"))
        mine = [one for one in pieces if owners.get(id(one)) is piece]
        try:
            incoming = Incoming(
                unit_code=self._units.of(piece.notice.unit_code, piece.name),
                origin=Origin.TAKEN,
                source=piece.source,
                document=piece.content,
                notice=piece.notice,
                enclosed=tuple(enclosed(one.name, one.content) for one in mine),
            )
            return self._kept(incoming)
        except (UsageFault, DataFault, SurroundingsFault) as fault:
            return self._failed(piece, said(fault))

    def _other(self, piece: Piece) -> TakenLetter:
        if piece.fault is not None:
            return self._failed(piece, piece.fault)
        try:
            return self._kept(self._unsigned(piece))
        except (UsageFault, DataFault, SurroundingsFault) as fault:
            return self._failed(piece, said(fault))

    def _unsigned(self, piece: Piece) -> Incoming:
        """Raises as reading a workbook does."""
        is_book = sort_of(piece.content) is Sort.BOOK
        facts = read_book(piece, self._take.read_workbook) if is_book else None
        unit = self._units.of(facts.unit_code if facts else "", piece.name)
        kind = LetterKind.STATEMENT if facts else LetterKind.PAPER
        return self._bare(piece, unit, kind, facts.period if facts else None)

    def _bare(
        self, piece: Piece, unit_code: str, kind: LetterKind, period: Period | None
    ) -> Incoming:
        return Incoming(
            unit_code=unit_code,
            origin=Origin.TAKEN,
            source=piece.source,
            enclosed=(enclosed(piece.name, piece.content),),
            kind=kind,
            period=period,
            doubt=doubt_of(piece.content, kind),
        )

    def _kept(self, incoming: Incoming) -> TakenLetter:
        letter, new = self._take.keep(incoming, self._believed)
        return TakenLetter(source=incoming.source, letter=letter, new=new)

    def _failed(self, piece: Piece, fault: Said) -> TakenLetter:
        return TakenLetter(source=piece.source, letter=None, new=False, fault=fault)


def doubt_of(content: bytes, kind: LetterKind) -> Said:
    if has_office_signature(content):
        return SIGNED_BOOK
    return UNSIGNED_BOOK if kind is LetterKind.STATEMENT else UNREAD


def owners_of(pieces: Sequence[Piece]) -> dict[int, Piece]:
    """piece (by identity) → the notice that names its digest as of a file beside it."""
    named: dict[str, Piece] = {}
    for one in pieces:
        if one.notice is not None:
            for digest in one.notice.digests - {one.notice.sha256}:
                named.setdefault(digest, one)
    found = {}
    for one in pieces:
        owner = named.get(one.sha256) if one.content else None
        if owner is not None and owner is not one:
            found[id(one)] = owner
    return {one: outermost(owner, found) for one, owner in found.items()}


def outermost(owner: Piece, found: Mapping[int, Piece]) -> Piece:
    """A digest can never name what names it, so that this ends."""
    while id(owner) in found:
        owner = found[id(owner)]
    return owner
