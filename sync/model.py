"""Parcels and what happened to them. A parcel is bytes with a name; sync knows no form."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

OWN_ADAPTER = "gateway"
"""HTTPS, tus and JSON as ``resources/gateway/openapi.yaml`` describes"""

HANDED_OVER = datetime(9000, 1, 1, tzinfo=UTC)
"""``next_try`` of a parcel that another computer sends in this one's place: it never comes due"""


class ParcelState(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    """whole at the gateway, answer without a usable receipt yet"""
    ACCEPTED = "accepted"
    """a verified receipt says so"""
    REFUSED = "refused"
    """a verified answer refuses it"""
    FAILED = "failed"
    """cannot be sent as it is; the user must act"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """A gateway and the certificates that are believed for it."""

    url: str
    """https://…, without a trailing slash"""
    ca_pem: str
    """PEM of the CA for TLS and receipts; empty: the system's roots"""
    adapter: str = OWN_ADAPTER
    """name in the entry-point group ``tokhai.gateways``"""
    client_id: str = ""
    """OAuth2 client; its secret stands in the key store of the system, never here"""
    pins: tuple[str, ...] = ()
    """base64 of SHA-256 over a public key (SPKI) that stands in the server's chain"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """One package on its way. ``id`` is the idempotency key and never changes."""

    id: str
    """UUID4 text"""
    dossier_id: str
    destination: Destination
    file_name: str
    sha256: str
    """lower-case hex of the package"""
    size: int
    labels: Mapping[str, str]
    """what the gateway asks beside the bytes: unit_code, tax_code, procedure, period (MM/yyyy)"""
    state: ParcelState
    attempts: int
    next_try: datetime
    upload_url: str | None = None
    """tus location, once created: the upload goes on there after any cut"""
    transaction: str | None = None

    @property
    def handed_over(self) -> bool:
        """Another computer has it to send; here it waits until it is answered or taken back."""
        return self.state is ParcelState.WAITING and self.next_try >= HANDED_OVER

    @property
    def untouched(self) -> bool:
        """No gateway has any of it, and nobody is sending it."""
        begun = self.upload_url is not None or self.transaction is not None
        return self.state is ParcelState.WAITING and not begun


class Verdict(StrEnum):
    RECEIVED = "received"
    """has the bytes, still working"""
    ACCEPTED = "accepted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a gateway says of a parcel. Not believed before the receipt is verified."""

    verdict: Verdict
    transaction: str | None
    receipt: bytes | None
    """signed XML notice (wire format §5.4)"""
    raw: bytes
    reasons: tuple[str, ...] = ()
    """the gateway's own words for a refusal"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """How one try ended: stored in one transaction with the parcel and the journal."""

    parcel_id: str
    at: datetime
    state: ParcelState
    outcome: str
    """code of ``resources/messages``"""
    next_try: datetime
    transaction: str | None = None
    number: str | None = None
    """the dossier's number; only from a verified receipt"""
    receipt: bytes | None = None
    answer: bytes = b""
    """the gateway's bytes, as they came"""
    detail: str = ""
    """technical cause for the journal, without personal data"""


class PostedKind(StrEnum):
    """What a gateway says that a notice is; the signed document alone decides what it means."""

    RECEIPT = "receipt"
    PROCESSING = "processing"
    RESULT = "result"
    SUPPLEMENT = "supplement"
    REFUSAL = "refusal"
    STATEMENT = "statement"
    """C12-TS, D09-TS of a month"""
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostedFile:
    """A file that lies at the gateway for the unit."""

    id: str
    name: str
    size: int
    """bytes"""
    sha256: str
    """lower-case hex"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """One notice as the gateway gives it. Not believed before its document is verified."""

    id: str
    """the gateway's own; the same notice never comes in twice"""
    kind: PostedKind
    parcel_id: str | None
    document: bytes | None
    """signed XML notice (wire format §5.4); None for bare files"""
    files: tuple[PostedFile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Posts:
    """A page of notices, oldest first."""

    items: tuple[Posted, ...]
    cursor: str
    """to go on after these"""
    more: bool
