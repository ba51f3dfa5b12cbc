"""The server's side of tus 1.0: creation, offset, chunks with checksums, termination, expiration.

An upload lies in a file of its own, so that it is there after the server was killed; it expires
when nothing was added to it for a day.
"""

import base64
import binascii
import hashlib
import re
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from threading import Lock

from werkzeug.exceptions import Gone, HTTPException, NotFound
from werkzeug.http import http_date
from werkzeug.wrappers import Request, Response

from desktop.practice.gateway.ledger import Ledger, Upload

VERSION = "1.0.0"
MOST_BYTES = 64 * 1024 * 1024
MOST_DIGITS = 15
LIFETIME = 24 * 3600
"""seconds that an unfinished upload is kept after its last byte"""
EXTENSIONS = "creation,checksum,termination,expiration"
CHECKSUMS = {"sha1": hashlib.sha1, "sha256": hashlib.sha256}
_METADATA = re.compile(r"parcel ([A-Za-z0-9+/=]+)")


def refused(status: int) -> HTTPException:
    return HTTPException(response=answer(status))


def answer(status: int, **headers: str) -> Response:
    """An empty answer; ``upload_offset`` becomes ``Upload-Offset``."""
    named = {name.replace("_", "-").title(): value for name, value in headers.items()}
    return Response(status=status, headers={"Tus-Resumable": VERSION, **named})


class Uploads:
    """Uploads of one gateway, a file each."""

    def __init__(
        self, folder: Path, ledger: Ledger, *, clock: Callable[[], float] = time.time
    ) -> None:
        self._folder = folder
        self._ledger = ledger
        self._clock = clock
        self._appending = Lock()
        folder.mkdir(parents=True, exist_ok=True)

    def options(self) -> Response:
        return answer(
            204,
            tus_version=VERSION,
            tus_extension=EXTENSIONS,
            tus_checksum_algorithm=",".join(CHECKSUMS),
            tus_max_size=str(MOST_BYTES),
        )

    def create(self, request: Request) -> Response:
        check_version(request)
        length = natural(request.headers.get("Upload-Length", ""))
        if length > MOST_BYTES:
            raise refused(413)
        upload = Upload(uuid.uuid4().hex, parcel_of(request), length)
        self._path(upload).touch()
        self._ledger.add_upload(upload)
        place = f"{request.path.rstrip('/')}/{upload.id}"
        return answer(201, location=place, upload_expires=self._expires(upload))

    def offset(self, request: Request, upload_id: str) -> Response:
        check_version(request)
        upload = self._known(upload_id)
        return answer(
            200,
            upload_offset=str(self._size(upload)),
            upload_length=str(upload.length),
            upload_expires=self._expires(upload),
            cache_control="no-store",
        )

    def chunk(self, request: Request, upload_id: str) -> Response:
        check_version(request)
        if request.content_type != "application/offset+octet-stream":
            raise refused(415)
        upload = self._known(upload_id)
        offset = natural(request.headers.get("Upload-Offset", ""))
        self._check_offset(upload, offset)
        if (request.content_length or 0) > upload.length - offset:
            raise refused(413)
        body = whole_body(request)
        with self._appending:  # the same chunk may be on its way twice
            self._check_offset(upload, offset)
            self._append(upload, body)
        return answer(
            204, upload_offset=str(offset + len(body)), upload_expires=self._expires(upload)
        )

    def terminate(self, request: Request, upload_id: str) -> Response:
        """What was uploaded is thrown away; the upload is known no more."""
        check_version(request)
        upload = self._known(upload_id)
        self._ledger.remove_upload(upload.id)
        self._path(upload).unlink(missing_ok=True)
        return answer(204)

    def discard(self, parcel_id: str) -> None:
        """The parcel is settled: its bytes lie in the ledger, or are of no more use."""
        for upload in self._ledger.uploads_of(parcel_id):
            self._ledger.remove_upload(upload.id)
            self._path(upload).unlink(missing_ok=True)

    def content(self, parcel_id: str) -> bytes | None:
        """The bytes of a parcel's upload that is whole."""
        for upload in self._ledger.uploads_of(parcel_id):
            if self._path(upload).exists() and self._size(upload) == upload.length:
                return self._path(upload).read_bytes()
        return None

    def _check_offset(self, upload: Upload, offset: int) -> None:
        if offset != self._size(upload):
            raise refused(409)

    def _append(self, upload: Upload, body: bytes) -> None:
        with self._path(upload).open("ab") as file:
            file.write(body)

    def _known(self, upload_id: str) -> Upload:
        upload = self._ledger.upload(upload_id)
        if upload is None or not self._path(upload).exists():
            raise NotFound
        if self._clock() >= self._last_good(upload):
            raise Gone
        return upload

    def _expires(self, upload: Upload) -> str:
        return http_date(self._last_good(upload))

    def _last_good(self, upload: Upload) -> float:
        return self._path(upload).stat().st_mtime + LIFETIME

    def _path(self, upload: Upload) -> Path:
        return self._folder / upload.id

    def _size(self, upload: Upload) -> int:
        return self._path(upload).stat().st_size


def check_version(request: Request) -> None:
    if request.headers.get("Tus-Resumable") != VERSION:
        raise refused(412)


def natural(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        raise refused(400)
    return int(text)


def parcel_of(request: Request) -> str:
    found = _METADATA.search(request.headers.get("Upload-Metadata", ""))
    try:
        return base64.b64decode(found[1], validate=True).decode("ascii") if found else ""
    except (binascii.Error, UnicodeDecodeError) as error:
        raise refused(400) from error


def whole_body(request: Request) -> bytes:
    """The chunk, all of it and as its checksum says; a torn one is thrown away."""
    body = request.stream.read()
    if len(body) != request.content_length:
        raise refused(400)
    name, _, expected = request.headers.get("Upload-Checksum", "").partition(" ")
    if not name:
        return body
    if name not in CHECKSUMS:
        raise refused(400)
    if base64.b64encode(CHECKSUMS[name](body).digest()).decode("ascii") != expected:
        raise refused(460)
    return body
