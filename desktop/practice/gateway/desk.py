"""The gateway's desk: what announcing, submitting and asking mean. Knows no HTTP."""

import re
import uuid
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from threading import Lock
from typing import Any

from desktop.practice.ca import GatewayPapers
from desktop.practice.gateway.answers import (
    VIETNAM,
    accepting,
    forged,
    notice_about,
    number_of,
    reasons_in_words,
    refusing,
    signed,
)
from desktop.practice.gateway.faults import Planned, Trouble
from desktop.practice.gateway.inspection import Reason, inspect
from desktop.practice.gateway.ledger import AlreadyAccepted, Entry, Ledger
from desktop.practice.gateway.post import NewPost
from forms.outcomes import RECEIVED, REFUSAL, outcomes
from forms.xml.envelope import Envelope

Json = dict[str, Any]
LABELS = ("unit_code", "tax_code", "procedure", "period", "file_name", "sha256")
MOST_TEXT = 200
MOST_BYTES = 64 * 1024 * 1024
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")


class BadAnnouncement(ValueError):
    """What was announced is not what the interface asks for."""


class OtherPackage(ValueError):
    """The same parcel id was announced with other facts before."""


class Desk:
    """Takes dossiers in; every answer can be asked for again."""

    def __init__(self, ledger: Ledger, papers: GatewayPapers, now: Callable[[], datetime]) -> None:
        self._ledger = ledger
        self._papers = papers
        self._now = now
        self._settling = Lock()

    def announce(self, told: Mapping[str, object]) -> Json:
        """Raises BadAnnouncement, OtherPackage."""
        wanted = announced(told)
        entry = self._ledger.announce(wanted)
        if facts_of(entry) != facts_of(wanted):
            raise OtherPackage
        return self.state_of(entry)

    def submit(self, entry: Entry, package: bytes, trouble: Planned | None) -> Json:
        """Inspects the package and settles the parcel, once."""
        with self._settling:  # the same submission may be on its way twice
            entry = self._ledger.find(entry.id) or entry
            if entry.state == "new":
                entry = self._settle(entry, package)
            else:
                self._ledger.note_again(entry.id, self._now())
        return self.with_trouble(self.state_of(entry), entry, trouble)

    def state_of(self, entry: Entry) -> Json:
        """The JSON of the interface description."""
        if entry.state == "new":
            return {"state": "new", "transaction": None, "upload_endpoint": "/v1/uploads"}
        return {
            "state": entry.state,
            "transaction": entry.transaction_code,
            "receipt": b64encode(entry.receipt or b"").decode("ascii"),
            "reasons": list(entry.reasons),
        }

    def with_trouble(self, answer: Json, entry: Entry, trouble: Planned | None) -> Json:
        """A receipt that must not be believed, for tests and practice."""
        if trouble is None or "receipt" not in answer:
            return answer
        notice = self._accepted_notice(entry)
        if trouble.trouble is Trouble.FORGED:
            document = forged(notice, self._papers, self._now())
        elif trouble.trouble is Trouble.STALE:
            other = replace(notice, transaction="LT-0000", rows=notice.rows[:-1])
            document = signed(other, self._papers.receipts, self._now())
        elif trouble.trouble is Trouble.TAMPERED:
            document = (entry.receipt or b"").replace(b"/20", b"/21", 1)
        else:
            return answer
        return {**answer, "receipt": b64encode(document).decode("ascii")}

    def _accepted_notice(self, entry: Entry) -> Any:
        notice = notice_about(entry, None, signer=self._papers.receipts, now=self._now())
        return accepting(notice, entry.number or "00000/2000/00000")

    def _settle(self, entry: Entry, package: bytes) -> Entry:
        envelope, reasons = inspect(entry, package, self._now())
        if self._ledger.accepted_before(entry):
            reasons = [Reason("refuse.duplicate"), *reasons]
        if reasons or envelope is None:
            return self._refuse(entry, envelope, reasons)
        try:
            return self._accept(entry, envelope, package)
        except AlreadyAccepted:  # by another gateway over the same folder
            return self._refuse(entry, envelope, [Reason("refuse.duplicate")])

    def _accept(self, entry: Entry, envelope: Envelope, package: bytes) -> Entry:
        now = self._now()
        year = now.astimezone(VIETNAM).year
        number = number_of(self._ledger.next_serial(year), year, envelope.agency)
        notice = notice_about(entry, envelope, signer=self._papers.receipts, now=now)
        receipt = signed(accepting(notice, number), self._papers.receipts, now)
        return self._ledger.settle(
            entry,
            at=now,
            state="accepted",
            number=number,
            receipt=receipt,
            post=posted(entry, RECEIVED, receipt),
            package=package,
        )

    def _refuse(self, entry: Entry, envelope: Envelope | None, reasons: list[Reason]) -> Entry:
        now = self._now()
        notice = notice_about(entry, envelope, signer=self._papers.receipts, now=now)
        receipt = signed(refusing(notice, reasons), self._papers.receipts, now)
        return self._ledger.settle(
            entry,
            at=now,
            state="refused",
            receipt=receipt,
            post=posted(entry, REFUSAL, receipt),
            reasons=reasons_in_words(reasons),
        )


def posted(entry: Entry, outcome: str, document: bytes) -> NewPost:
    """The notice of an outcome as it lies there for the unit."""
    return NewPost(
        unit_code=entry.unit_code,
        tax_code=entry.tax_code,
        kind=outcomes()[outcome].kind,
        parcel_id=entry.id,
        document=document,
    )


def announced(told: Mapping[str, object]) -> Entry:
    """Raises BadAnnouncement where a field is absent or not of its kind."""
    texts = {name: text_of(told, name) for name in LABELS}
    size = told.get("size")
    if not isinstance(size, int) or isinstance(size, bool) or not 0 < size <= MOST_BYTES:
        raise BadAnnouncement("size")
    if not _SHA256.match(texts["sha256"]):
        raise BadAnnouncement("sha256")
    return Entry(
        id=parcel_id_of(told),
        unit_code=texts["unit_code"],
        tax_code=texts["tax_code"],
        procedure=texts["procedure"],
        period=texts["period"],
        file_name=texts["file_name"],
        size=size,
        sha256=texts["sha256"],
        transaction_code=new_transaction(),
    )


def text_of(told: Mapping[str, object], name: str) -> str:
    """What can be stored, and written into the XML of a notice."""
    value = told.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= MOST_TEXT or not value.isprintable():
        raise BadAnnouncement(name)
    return value


def facts_of(entry: Entry) -> tuple[str | int, ...]:
    """What an announcement says of a parcel."""
    return (entry.size, *(getattr(entry, name) for name in LABELS))


def parcel_id_of(told: Mapping[str, object]) -> str:
    try:
        return str(uuid.UUID(text_of(told, "parcel_id")))
    except ValueError as error:
        raise BadAnnouncement("parcel_id") from error


def new_transaction() -> str:
    """Mã giao dịch of practice."""
    return f"LT-{uuid.uuid4().hex[:12].upper()}"
