"""Real dossiers, really signed by an invented unit, and the client that sends them."""

from base64 import b64decode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from hashlib import sha256
from typing import Any

from desktop.practice.gateway import PracticeGateway
from desktop.practice.gateway.desk import Desk
from desktop.practice.gateway.ledger import Entry, Ledger
from desktop.services.receipts import ReceiptJudge
from forms.model import FormFile
from forms.render import render_envelope, render_forms
from forms.xml.notice import Notice, read_notice
from signing.ports import Signer
from signing.xmldsig import sign_document
from sync.http_gateway import HttpGateway
from sync.model import Destination, Parcel, Settlement
from sync.outbox import drain
from sync.ports import Progress
from sync.transport import HttpsTransport
from tests.fakes.certificates import Identity, unit_identity
from tests.fakes.checked import PAPER, PERIOD, TODAY, UNIT, WITH_TK1, draft
from tests.fakes.outbox import LABELS, MemoryOutbox, parcel

NOW = datetime.now(UTC).replace(microsecond=0)
D02, TK1, D01 = "D02-TS-595.xml", "TK1-TS-595.xml", "D01-TS-595.xml"
Change = Callable[[bytes], bytes]
Json = dict[str, Any]


def unit_key(tax_code: str = UNIT.tax_code, *, days: int = 365) -> Identity:
    """A certificate for the unit; ``days`` below zero: it ended so long ago."""
    return unit_identity(
        user_ids=(f"MST:{tax_code}",),
        not_before=NOW - timedelta(days=400),
        not_after=NOW + timedelta(days=days),
    )


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """How a package is made; each field is one thing that may be wrong with it."""

    procedure: str = "600"
    only: Sequence[str] = (D02, TK1, D01)
    papers: Sequence[FormFile] = ()
    form_signer: Signer | None = field(default_factory=lambda: unit_key().signer)
    envelope_signer: Signer | None = field(default_factory=lambda: unit_key().signer)
    change_forms: Mapping[str, Change] = field(default_factory=dict)
    """file name → what happens to it after it was signed"""
    change_envelope: Change = lambda content: content
    job: str = "Công nhân may"
    """another one makes another package"""

    def package(self) -> bytes:
        person = {**WITH_TK1, "chuc_vu": self.job}
        forms = render_forms(
            draft([person], (), [PAPER]), UNIT, PERIOD, procedure="600", filing_date=TODAY
        )
        signed = [(form, self._form(form)) for form in forms if form.name in self.only]
        papers = [(paper, paper.content) for paper in self.papers]
        envelope = render_envelope(
            [*signed, *papers], UNIT, PERIOD, procedure=self.procedure, filing_date=TODAY
        )
        return self.change_envelope(_signed(envelope, self.envelope_signer))

    def _form(self, form: FormFile) -> bytes:
        content = _signed(form, self.form_signer)
        return self.change_forms.get(form.name, lambda same: same)(content)


def _signed(form: FormFile, signer: Signer | None) -> bytes:
    if signer is None or form.sign_node is None:
        return form.content
    return sign_document(form.content, form.sign_node, signer, signing_time=NOW)


@cache
def good_package() -> bytes:
    return Recipe().package()


@cache
def other_package() -> bytes:
    """Another dossier of the same unit and month."""
    return Recipe(job="Thợ cắt").package()


def receipt_of(answer: Mapping[str, Any]) -> Notice:
    return read_notice(b64decode(answer["receipt"]))


def destination(gateway: PracticeGateway) -> Destination:
    return Destination(url=gateway.url, ca_pem=gateway.ca_pem)


@dataclass
class Way:
    """A parcel in an outbox, sent over the real wire to a real gateway and really judged."""

    outbox: MemoryOutbox
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    read_seconds: float = 10

    @classmethod
    def to(cls, gateway: PracticeGateway, package: bytes | None = None, number: int = 1) -> "Way":
        content = good_package() if package is None else package
        sent = parcel(number, content, destination=destination(gateway))
        return cls(MemoryOutbox.holding([sent], content))

    @property
    def parcel(self) -> Parcel:
        return self.outbox.only

    def moved_to(self, gateway: PracticeGateway) -> None:
        moved = replace(self.parcel, destination=destination(gateway))
        self.outbox.parcels[moved.id] = moved

    def send(self, progress: Progress | None = None) -> Settlement:
        """One try, at once."""
        connect = partial(HttpsTransport, read_seconds=self.read_seconds)
        (settlement,) = drain(
            self.outbox,
            lambda there: HttpGateway(there, connect),
            ReceiptJudge(),
            now=lambda: self.now,
            parcel_id=self.parcel.id,
            progress=progress,
        )
        return settlement


def announcement(content: bytes, number: int = 1, **changes: object) -> Json:
    return {
        "parcel_id": parcel(number).id,
        "file_name": "BHXHDienTu.xml",
        "size": len(content),
        "sha256": sha256(content).hexdigest(),
        **LABELS,
        **changes,
    }


@dataclass
class Counter:
    """The desk with a person before it."""

    desk: Desk
    ledger: Ledger
    now: datetime = NOW

    def hand_in(self, content: bytes, number: int = 1, **changes: object) -> Json:
        told = announcement(content, number, **changes)
        self.desk.announce(told)
        return self.desk.submit(self.entry(number), content, None)

    def entry(self, number: int = 1) -> Entry:
        found = self.ledger.find(parcel(number).id)
        assert found
        return found
