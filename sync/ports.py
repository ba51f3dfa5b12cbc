"""What the outbox needs from outside."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol, runtime_checkable

from sync.model import Answer, Destination, Parcel, PostedFile, Posts, Settlement

Progress = Callable[[int, int], None]
"""called with (bytes at the gateway, bytes in all); may raise to cancel"""

Watch = Callable[[Parcel, int, int], None]
"""as ``Progress``, told of which parcel; from any thread, one call at a time"""


class Gateway(Protocol):
    """One way to hand a parcel over. Raises faults of ``sync.errors``."""

    @property
    def idempotent(self) -> bool:
        """Whether ``deliver`` again with the same parcel id can never file it twice. Where not,
        the outbox asks before anything is sent again that may have arrived."""
        ...

    def deliver(
        self,
        parcel: Parcel,
        content: bytes,
        *,
        remember_upload: Callable[[str], None],
        progress: Progress,
    ) -> Answer:
        """Announce, upload from where it stopped, submit. Safe to call again with the same parcel.

        ``remember_upload`` is called with the upload's address before the first byte goes out.
        """
        ...

    def ask(self, parcel: Parcel) -> Answer:
        """What the gateway says of a parcel that it may have already.

        Raises Transient ``gateway.upload_lost`` where it does not know it: then it may be sent;
        Permanent ``gateway.uncertain`` where nobody can tell: then a person must.
        """
        ...


@runtime_checkable
class Mailbox(Protocol):
    """What a gateway has for a unit. Raises faults of ``sync.errors``."""

    def posts(self, *, unit_code: str, tax_code: str, cursor: str) -> Posts:
        """Notices since ``cursor`` (empty: from the first)."""
        ...

    def fetch(self, file: PostedFile) -> bytes:
        """The file, of the size and SHA-256 that were told, else Transient ``gateway.rubbish``."""
        ...


class Secrets(Protocol):
    """The key store of the system."""

    def get(self, destination: Destination) -> str | None:
        """The client's secret. Raises SurroundingsFault ``secrets.unavailable``."""
        ...

    def put(self, destination: Destination, secret: str) -> None:
        """An empty secret forgets it. Raises SurroundingsFault ``secrets.unavailable``."""
        ...


class Outbox(Protocol):
    """Parcels at rest. Every method is its own transaction."""

    def claim(self, now: datetime, parcel_id: str | None = None) -> Parcel | None:
        """Takes one due parcel (or that one) to ``sending`` in one statement, else None."""
        ...

    def content(self, parcel_id: str) -> bytes: ...

    def remember_upload(self, parcel_id: str, upload_url: str) -> None: ...

    def renew(self, parcel_id: str, now: datetime) -> None:
        """Still being sent: the claim counts from now. Nothing when it was released meanwhile."""
        ...

    def settle(self, settlement: Settlement) -> None:
        """Stores the parcel's new state, the dossier's and the journal entry together."""
        ...

    def release_stale(self, before: datetime) -> int:
        """Parcels left in ``sending`` by a crash go back to ``waiting``, with a try counted: it
        may have reached the gateway. Returns how many."""
        ...


class Judge(Protocol):
    """Decides what an answer means; the only one who may say ``accepted``.

    The outbox asks it before it settles. It verifies the receipt (signature, trusted issuer,
    unit, tax code, period, transaction, package hash) and raises nothing: an unbelievable
    receipt is a settlement too (state ``sent``, outcome ``receipt.…``).
    """

    def __call__(self, parcel: Parcel, answer: Answer, now: datetime) -> Settlement: ...
