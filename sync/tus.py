"""Resumable upload, tus 1.0 (https://tus.io/protocols/resumable-upload): creation, checksum,
termination and expiration as far as the gateway offers them.

The gateway's own offset decides where to go on, so that after any cut no more than one piece is
sent again.
"""

import hashlib
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic
from typing import NoReturn

from sync.captive import is_portal
from sync.errors import Permanent, Transient
from sync.http import Body, Http, Reply
from sync.pace import Pace, steady
from sync.ports import Progress
from sync.replies import expect, moment, natural, same_gateway

VERSION = {"Tus-Resumable": "1.0.0"}
GONE = {403, 404, 410}
AGAIN = {400, 409, 460}
"""another offset is held, the piece came damaged, or another call took the upload's lock: what
the gateway has decides how it goes on"""
DIGESTS = ("sha256", "sha1")
"""the first that the gateway offers as well"""
MOST_AGAIN = 3
"""pieces of one try that the gateway wants at another place, or whole once more"""


class UploadLost(Transient):
    """The gateway no longer knows the upload: begin a new one. Code ``gateway.upload_lost``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a gateway said it can do; the protocol's core alone where it said nothing."""

    most_bytes: int | None = None
    digest: str | None = None
    terminates: bool = False


class TusUpload:
    """One file on its way to one gateway. ``chunk``: pieces of this size always."""

    def __init__(
        self,
        http: Http,
        content: bytes,
        *,
        pace: Pace | None = None,
        chunk: int | None = None,
        offer: Offer | None = None,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._http = http
        self._content = memoryview(content)
        self._pace = steady(chunk) if chunk is not None else pace or Pace()
        self._offer = offer or Offer()
        self._clock = clock

    def create(self, endpoint: str, *, file_name: str, parcel_id: str) -> str:
        """Announces the length and returns the upload's address. Raises Permanent
        ``gateway.too_large`` where the gateway takes less."""
        most = self._offer.most_bytes
        if most is not None and len(self._content) > most:
            raise Permanent("gateway.too_large")
        facts = {"filename": file_name, "parcel": parcel_id}
        metadata = ",".join(f"{key} {base64(value.encode())}" for key, value in facts.items())
        headers = {
            **VERSION,
            "Upload-Length": str(len(self._content)),
            "Upload-Metadata": metadata,
        }
        reply = expect(self._http.request("POST", endpoint, headers=headers), {201})
        return upload_address(endpoint, reply)

    def offset(self, url: str) -> int:
        """How many bytes the gateway has. Raises UploadLost, also where the upload has expired
        or is one of another length."""
        reply = self._http.request("HEAD", url, headers=VERSION)
        if reply.status in GONE or has_expired(reply):
            raise UploadLost("gateway.upload_lost")
        offset = offset_of(expect(reply, {200, 204}))
        length = natural(reply.headers.get("upload-length", ""))
        if offset > len(self._content) or length not in {None, len(self._content)}:
            raise UploadLost("gateway.upload_lost")
        return offset

    def send(self, url: str, progress: Progress) -> None:
        """Sends what is missing, piece by piece."""
        offset = self.offset(url)
        progress(offset, len(self._content))
        again = 0
        while offset < len(self._content):
            reached = self._sent(url, offset)
            again += reached is None
            if again > MOST_AGAIN:
                raise Transient("gateway.damaged")
            offset = self.offset(url) if reached is None else reached
            progress(offset, len(self._content))

    def terminate(self, url: str) -> bool:
        """Gives the upload up. False where the gateway keeps it: it will let it expire."""
        reply = self._http.request("DELETE", url, headers=VERSION)
        return reply.status in {204, *GONE}

    def _sent(self, url: str, offset: int) -> int | None:
        """Where the gateway is after the next piece; None where it wants to be asked for that."""
        began, size = self._clock(), self._pace.size
        piece = self._content[offset : offset + size]
        try:
            reached = self._patch(url, offset, piece)
        except Transient as fault:
            if fault.code in {"gateway.cut", "gateway.timeout"}:
                self._pace.broke()
            raise
        if reached is not None and len(piece) == size:
            self._pace.went(self._clock() - began)
        return reached

    def _patch(self, url: str, offset: int, piece: memoryview) -> int | None:
        headers = {
            **VERSION,
            "Content-Type": "application/offset+octet-stream",
            "Upload-Offset": str(offset),
            **checksum(self._offer.digest, piece),
        }
        reply = self._http.request("PATCH", url, headers=headers, body=piece)
        if reply.status in GONE:
            raise UploadLost("gateway.upload_lost")
        if reply.status in AGAIN:
            return None
        reached = offset_of(expect(reply, {204}))
        if not offset < reached <= offset + len(piece):
            rubbish(reply)
        return reached


def offer_of(http: Http, endpoint: str) -> Offer:
    """What the gateway says that it can do; many say nothing, and the core is enough."""
    reply = http.request("OPTIONS", endpoint, headers={})
    if is_portal(reply) or reply.status >= 500 or reply.status in {401, 407, 429}:
        expect(reply, {200, 204})
    if reply.status not in {200, 204}:
        return Offer()
    extensions = names(reply, "tus-extension")
    algorithms = names(reply, "tus-checksum-algorithm") if "checksum" in extensions else set()
    return Offer(
        most_bytes=natural(reply.headers.get("tus-max-size", "")) or None,
        digest=next((digest for digest in DIGESTS if digest in algorithms), None),
        terminates="termination" in extensions,
    )


def names(reply: Reply, header: str) -> set[str]:
    return {name.strip().lower() for name in reply.headers.get(header, "").split(",")}


def checksum(digest: str | None, piece: Body) -> dict[str, str]:
    """SHA-1 only tells damage on the way; what the package is, its SHA-256 and signature tell."""
    if digest is None:
        return {}
    value = hashlib.new(digest, piece, usedforsecurity=False).digest()
    return {"Upload-Checksum": f"{digest} {base64(value)}"}


def has_expired(reply: Reply) -> bool:
    """Whether the moment that the gateway gave is over by its own clock."""
    until = moment(reply.headers.get("upload-expires", ""))
    told_at = moment(reply.headers.get("date", "")) or datetime.now(UTC)
    return until is not None and until <= told_at


def offset_of(reply: Reply) -> int:
    offset = natural(reply.headers.get("upload-offset", ""))
    return rubbish(reply) if offset is None else offset


def upload_address(endpoint: str, reply: Reply) -> str:
    """The address given, which must be on the same gateway. Raises ``gateway.rubbish``."""
    given = same_gateway(endpoint, reply.headers.get("location", ""), reply)
    return rubbish(reply) if given == endpoint else given


def rubbish(reply: Reply) -> NoReturn:
    raise Transient("gateway.rubbish", answer=reply.body)


def base64(data: bytes) -> str:
    return b64encode(data).decode("ascii")


def upload(
    transfer: TusUpload,
    *,
    known: str | None,
    create: Callable[[], str],
    progress: Progress,
) -> None:
    """Goes on with a known upload; begins a new one where the gateway has forgotten it.

    Raises UploadLost when the new one is forgotten as well: for the next try.
    """
    if known is None or not sent_on(transfer, known, progress):
        transfer.send(create(), progress)


def sent_on(transfer: TusUpload, known: str, progress: Progress) -> bool:
    try:
        transfer.send(known, progress)
    except UploadLost:
        return False
    return True
