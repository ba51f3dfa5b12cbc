"""Fetching letters from gateways, each read on from where it was left."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256

from desktop.services.destinations import Destinations
from desktop.services.inbox_api import Fetched, Letter, LetterKind, Origin, Said
from desktop.services.letter_files import said
from desktop.services.letter_keeping import KeepLetter
from desktop.services.letter_reading import Enclosed, Incoming, missing, try_notice
from desktop.services.ports import Store
from forms.model import Unit
from resources.faults import DataFault, Fault, SurroundingsFault, UsageFault
from sync.errors import Permanent, Transient
from sync.model import Destination, Posted, PostedFile, PostedKind, Posts
from sync.ports import Mailbox

MOST_PAGES = 500
MOST_LETTER_BYTES = 128 * 1024 * 1024
"""of all files of one letter"""
LOST = frozenset({"gateway.file_gone", "gateway.rubbish"})
"""of a file: the letter is kept without it"""
KINDS = {PostedKind.STATEMENT: LetterKind.STATEMENT}
"""of letters without a notice; for the others the document decides"""
_LOG = logging.getLogger(__name__)

Found = tuple[Letter, bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchLetters:
    """A gateway that does not answer never keeps out the others' letters."""

    store: Store
    keep: KeepLetter
    destinations: Destinations
    mailbox_for: Callable[[Destination], Mailbox]

    def __call__(self, unit_code: str) -> Fetched:
        """Raises UsageFault ``inbox.no_gateway``; the first fault where no gateway answered."""
        with self.store.reading() as work:
            unit = work.units.get(unit_code)
        asked = self._gateways(unit_code)
        if not asked:
            raise UsageFault("inbox.no_gateway")
        found: list[Found] = []
        faults: list[Fault] = []
        for destination in asked:
            try:
                found += self._read(destination, unit)
            except (SurroundingsFault, DataFault, UsageFault) as fault:
                _LOG.info("no letters from a gateway: %s", fault.code)
                faults.append(fault)
        if len(faults) == len(asked):
            raise faults[0]
        new = tuple(letter for letter, is_new in found if is_new)
        return Fetched(
            new=new, known=len(found) - len(new), troubles=tuple(said(each) for each in faults)
        )

    def _gateways(self, unit_code: str) -> tuple[Destination, ...]:
        """The usual one and every other that the unit has sent to; of practice there is one."""
        usual = self.destinations.default()
        if self.destinations.practice:
            return (usual,) if usual else ()
        with self.store.reading() as work:
            sent = [
                one.destination
                for one in work.parcels.all()
                if one.labels.get("unit_code") == unit_code
            ]
        every = [usual, *sent] if usual else sent
        return tuple({mailbox_key(each): each for each in every if each.url}.values())

    def _read(self, destination: Destination, unit: Unit) -> list[Found]:
        mailbox, key = self.mailbox_for(destination), mailbox_key(destination)
        with self.store.reading() as work:
            cursor = work.letters.cursor(unit.code, key)
        found: list[Found] = []
        for _ in range(MOST_PAGES):
            page = mailbox.posts(unit_code=unit.code, tax_code=unit.tax_code, cursor=cursor)
            found += self._page(page, destination, unit, mailbox)
            cursor = page.cursor
            self._remember(unit.code, key, cursor)
            if not page.more:
                break
        return found

    def _page(
        self, page: Posts, destination: Destination, unit: Unit, mailbox: Mailbox
    ) -> Iterator[Found]:
        """By the agency's dates, in whatever order they lie there."""
        pairs = [(posted, incoming_of(posted, unit.code)) for posted in page.items]
        for posted, incoming in sorted(pairs, key=lambda pair: pair[1].order):
            yield self.keep(self._with_files(posted, incoming, mailbox), destination)

    def _with_files(self, posted: Posted, incoming: Incoming, mailbox: Mailbox) -> Incoming:
        """Only what is not here is brought over the line."""
        with self.store.reading() as work:
            known = work.letters.get(incoming.id)
        wanted = missing(known.files if known else (), (file.sha256 for file in posted.files))
        left, brought = MOST_LETTER_BYTES, []
        for file in posted.files:
            wish = file.sha256 in wanted and file.size <= left
            content = bytes_of(mailbox, file) if wish else None
            left -= len(content or b"")
            brought.append(listed(file, content))
        return replace(incoming, enclosed=tuple(brought))

    def _remember(self, unit_code: str, key: str, cursor: str) -> None:
        with self.store.begin() as work:
            work.letters.set_cursor(unit_code, key, cursor)
            work.commit()


def mailbox_key(destination: Destination) -> str:
    """A gateway that begins anew, with an authority of its own, is read from the first."""
    authority = sha256(destination.ca_pem.strip().encode()).hexdigest()[:16]
    return f"{destination.adapter} {destination.url.rstrip('/')} {authority}"


def incoming_of(posted: Posted, unit_code: str) -> Incoming:
    """What the gateway says of its kind and parcel is not believed; the document decides."""
    document = posted.document
    return Incoming(
        unit_code=unit_code,
        origin=Origin.FETCHED,
        document=document,
        notice=try_notice(document) if document is not None else None,
        enclosed=tuple(listed(file, None) for file in posted.files),
        kind=KINDS.get(posted.kind, LetterKind.OTHER),
        doubt=Said(code="inbox.no_document") if document is None else None,
    )


def listed(file: PostedFile, content: bytes | None) -> Enclosed:
    return Enclosed(name=file.name, size=file.size, sha256=file.sha256, content=content)


def bytes_of(mailbox: Mailbox, file: PostedFile) -> bytes | None:
    """None where the gateway will not have it right; raises what may be better later."""
    try:
        return mailbox.fetch(file)
    except (Transient, Permanent) as fault:
        if fault.code not in LOST:
            raise
        _LOG.warning("a file of a letter is not to be had: %s", fault.code)
        return None
