"""The gateway adapter: announce → upload → submit, as ``resources/gateway/openapi.yaml`` says.

Every JSON call carries the parcel's id as ``Idempotency-Key`` and may be made again at any time.
"""

import json
import re
from base64 import b64decode
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from sync.errors import Transient
from sync.http import Connect, Http, Reply
from sync.model import Answer, Destination, Parcel, Verdict
from sync.pace import Pace
from sync.ports import Progress
from sync.replies import expect, json_object, same_gateway
from sync.transport import HttpsTransport
from sync.tus import TusUpload, offer_of, upload

NEW = "new"
"""the gateway knows the parcel and waits for its bytes"""
STATES = {
    "received": Verdict.RECEIVED,
    "accepted": Verdict.ACCEPTED,
    "refused": Verdict.REFUSED,
}
UNKNOWN = 404
NOT_WHOLE = 409
"""to submit: the gateway has not all of the upload"""
MOST_TEXT = 200
NEVER_TEXT = re.compile("[\0\ud800-\udfff]")
MOST_REASONS = 100
MOST_REASON_LENGTH = 2000


class HttpGateway:
    """``sync.ports.Gateway`` over HTTPS, tus and JSON."""

    idempotent = True
    """the parcel's id goes along with every call, and the gateway keeps to it"""

    def __init__(
        self,
        destination: Destination,
        connect: Connect = HttpsTransport,
        *,
        pace: Pace | None = None,
    ) -> None:
        self._destination = destination
        self._connect = connect
        self._pace = pace

    def deliver(
        self,
        parcel: Parcel,
        content: bytes,
        *,
        remember_upload: Callable[[str], None],
        progress: Progress,
    ) -> Answer:
        with self._connect(self._destination) as http:
            told = Calls(http, self._destination, parcel)
            announced = told.announce()
            if announced["state"] != NEW:
                return answer_of(announced)
            told.upload(announced, content, remember_upload, progress, self._pace)
            return answer_of(told.submit())

    def ask(self, parcel: Parcel) -> Answer:
        with self._connect(self._destination) as http:
            told = Calls(http, self._destination, parcel).ask()
            return answer_of(told)


class Calls:
    """The calls about one parcel over one connection."""

    def __init__(self, http: Http, destination: Destination, parcel: Parcel) -> None:
        self._http = http
        self._root = destination.url.rstrip("/")
        self._parcel = parcel

    def announce(self) -> "Told":
        body = {
            "parcel_id": self._parcel.id,
            "file_name": self._parcel.file_name,
            "size": self._parcel.size,
            "sha256": self._parcel.sha256,
            **self._parcel.labels,
        }
        reply = self._request("POST", "/v1/dossiers", json.dumps(body).encode())
        return told(expect(reply, {200, 201}))

    def submit(self) -> "Told":
        """Raises Transient ``gateway.upload_lost`` where bytes are missing: sent on next time."""
        reply = self._request("POST", f"/v1/dossiers/{self._parcel.id}/submit", b"{}")
        if reply.status == NOT_WHOLE:
            raise Transient("gateway.upload_lost", answer=reply.body)
        return told(expect(reply, {200, 202}))

    def ask(self) -> "Told":
        reply = self._request("GET", f"/v1/dossiers/{self._parcel.id}", b"")
        if reply.status == UNKNOWN:
            return Told({"state": NEW}, reply)
        return told(expect(reply, {200}))

    def upload(
        self,
        announced: "Told",
        content: bytes,
        remember: Callable[[str], None],
        progress: Progress,
        pace: Pace | None,
    ) -> None:
        endpoint = self._endpoint(announced)
        offer = offer_of(self._http, endpoint)
        transfer = TusUpload(self._http, content, pace=pace, offer=offer)

        def create() -> str:
            url = transfer.create(
                endpoint, file_name=self._parcel.file_name, parcel_id=self._parcel.id
            )
            remember(url)
            return url

        known = self._here(self._parcel.upload_url)
        upload(transfer, known=known, create=create, progress=progress)

    def _here(self, upload_url: str | None) -> str | None:
        """The upload's address on the gateway as it is reached now."""
        if upload_url is None:
            return None
        there = urlsplit(upload_url)
        return urlsplit(self._root)._replace(path=there.path, query=there.query).geturl()

    def _endpoint(self, announced: "Told") -> str:
        """Where the gateway wants uploads, which must be on itself."""
        given = announced.fields.get("upload_endpoint")
        if not isinstance(given, str) or not given:
            raise Transient("gateway.rubbish", answer=announced.raw)
        return same_gateway(self._root + "/", given, announced.reply)

    def _request(self, method: str, path: str, body: bytes) -> Reply:
        headers = {
            "Accept": "application/json",
            "Content-Type": "application/json",
            "Idempotency-Key": self._parcel.id,
        }
        return self._http.request(method, self._root + path, headers=headers, body=body)


class Told:
    """A JSON answer and the reply it was read from."""

    def __init__(self, fields: Mapping[str, Any], reply: Reply) -> None:
        self.fields = fields
        self.reply = reply

    @property
    def raw(self) -> bytes:
        return self.reply.body

    def __getitem__(self, key: str) -> Any:
        return self.fields[key]


def told(reply: Reply) -> Told:
    fields = json_object(reply)
    if fields.get("state") not in (NEW, *STATES):  # a tuple: the value may be of any kind
        raise Transient("gateway.rubbish", answer=reply.body)
    return Told(fields, reply)


def answer_of(told: Told) -> Answer:
    """Raises Transient ``gateway.rubbish`` where a field is not what it must be."""
    state = told["state"]
    if state == NEW:
        raise Transient("gateway.upload_lost", answer=told.raw)
    return Answer(
        verdict=STATES[state],
        transaction=text_or_none(told, "transaction"),
        receipt=receipt_of(told),
        raw=told.raw,
        reasons=reasons_of(told),
    )


def text_or_none(told: Told, key: str) -> str | None:
    value = told.fields.get(key)
    if value is None:
        return None
    if not (isinstance(value, str) and value.isprintable() and 0 < len(value) <= MOST_TEXT):
        raise Transient("gateway.rubbish", answer=told.raw)
    return value


def receipt_of(told: Told) -> bytes | None:
    value = told.fields.get("receipt")
    if value is None:
        return None
    try:
        return b64decode(value, validate=True)
    except (ValueError, TypeError) as error:
        raise Transient("gateway.rubbish", answer=told.raw) from error


def reasons_of(told: Told) -> tuple[str, ...]:
    values = told.fields.get("reasons", [])
    if not isinstance(values, list) or not all(is_text(value) for value in values):
        raise Transient("gateway.rubbish", answer=told.raw)
    return tuple(value[:MOST_REASON_LENGTH] for value in values[:MOST_REASONS])


def is_text(value: object) -> bool:
    """Text that can be stored and shown: no half of a surrogate pair, no NUL."""
    return isinstance(value, str) and NEVER_TEXT.search(value) is None
