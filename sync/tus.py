"""Resumable upload, tus 1.0 with creation and checksum (https://tus.io/protocols/resumable-upload).

The gateway's own offset decides where to go on, so that after any cut no more than one chunk is
sent again.
"""

import hashlib
from base64 import b64encode
from collections.abc import Callable
from urllib.parse import urlsplit

from sync.errors import Transient
from sync.http import Http, Reply
from sync.ports import Progress
from sync.replies import address, expect, natural

VERSION = {"Tus-Resumable": "1.0.0"}
CHUNK = 512 * 1024
GONE = {403, 404, 410}
CONFLICT, CHECKSUM_MISMATCH = 409, 460


class UploadLost(Transient):
    """The gateway no longer knows the upload: begin a new one. Code ``gateway.upload_lost``."""


class TusUpload:
    """One file on its way to one gateway."""

    def __init__(self, http: Http, content: bytes, *, chunk: int = CHUNK) -> None:
        self._http = http
        self._content = content
        self._chunk = chunk

    def create(self, endpoint: str, *, file_name: str, parcel_id: str) -> str:
        """Announces the length and returns the upload's address."""
        facts = {"filename": file_name, "parcel": parcel_id}
        metadata = ",".join(f"{key} {base64(value.encode())}" for key, value in facts.items())
        headers = {
            **VERSION,
            "Upload-Length": str(len(self._content)),
            "Upload-Metadata": metadata,
        }
        reply = expect(self._http.request("POST", endpoint, headers=headers), {201})
        return same_origin(endpoint, reply)

    def offset(self, url: str) -> int:
        """How many bytes the gateway has. Raises UploadLost, also for more than there are."""
        reply = self._http.request("HEAD", url, headers=VERSION)
        if reply.status in GONE:
            raise UploadLost("gateway.upload_lost")
        offset = offset_of(expect(reply, {200, 204}))
        if offset > len(self._content):
            raise UploadLost("gateway.upload_lost")
        return offset

    def send(self, url: str, progress: Progress) -> None:
        """Sends what is missing, chunk by chunk."""
        offset = self.offset(url)
        progress(offset, len(self._content))
        while offset < len(self._content):
            offset = self._send_chunk(url, offset)
            progress(offset, len(self._content))

    def _send_chunk(self, url: str, offset: int) -> int:
        piece = self._content[offset : offset + self._chunk]
        headers = {
            **VERSION,
            "Content-Type": "application/offset+octet-stream",
            "Upload-Offset": str(offset),
            "Upload-Checksum": f"sha1 {base64(hashlib.sha1(piece).digest())}",  # noqa: S324  # what every tus server knows; integrity is the package's SHA-256
        }
        reply = self._http.request("PATCH", url, headers=headers, body=piece)
        if reply.status in GONE:
            raise UploadLost("gateway.upload_lost")
        if reply.status in {CONFLICT, CHECKSUM_MISMATCH}:
            raise Transient("gateway.cut", answer=reply.body)
        reached = offset_of(expect(reply, {204}))
        if not offset < reached <= offset + len(piece):
            raise Transient("gateway.rubbish", answer=reply.body)
        return reached


def offset_of(reply: Reply) -> int:
    offset = natural(reply.headers.get("upload-offset", ""))
    if offset is None:
        raise Transient("gateway.rubbish", answer=reply.body)
    return offset


def base64(data: bytes) -> str:
    return b64encode(data).decode("ascii")


def same_origin(endpoint: str, reply: Reply) -> str:
    """The address given, which must be on the same gateway. Raises ``gateway.rubbish``."""
    given = address(endpoint, reply.headers.get("location", ""), reply)
    if given[:2] != urlsplit(endpoint)[:2] or given.geturl() == endpoint:
        raise Transient("gateway.rubbish", answer=reply.body)
    return given.geturl()


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
