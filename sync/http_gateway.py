"""The gateway adapter: announce → upload → submit, as ``resources/gateway/openapi.yaml`` says.

Every call carries the parcel's id as ``Idempotency-Key``; each may be made again at any time.
"""

import json
from base64 import b64decode
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

from sync.errors import Transient
from sync.http import Http, Reply
from sync.model import Answer, Destination, Parcel, Verdict
from sync.ports import Progress
from sync.replies import expect, json_object
from sync.transport import HttpsTransport
from sync.tus import TusUpload, upload

NEW = "new"
"""the gateway knows the parcel and waits for its bytes"""
STATES = {
    "received": Verdict.RECEIVED,
    "accepted": Verdict.ACCEPTED,
    "refused": Verdict.REFUSED,
}
UNKNOWN = 404
MOST_REASONS = 100
MOST_REASON_LENGTH = 2000


class HttpGateway:
    """``sync.ports.Gateway`` over HTTPS, tus and JSON."""

    def __init__(
        self,
        destination: Destination,
        connect: Callable[[Destination], HttpsTransport] = HttpsTransport,
    ) -> None:
        self._destination = destination
        self._connect = connect

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
            told.upload(announced, content, remember_upload, progress)
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
        return self._json("POST", "/v1/dossiers", {200, 201}, body)

    def submit(self) -> "Told":
        return self._json("POST", f"/v1/dossiers/{self._parcel.id}/submit", {200, 202}, {})

    def ask(self) -> "Told":
        reply = self._request("GET", f"/v1/dossiers/{self._parcel.id}", b"")
        if reply.status == UNKNOWN:
            return Told({"state": NEW}, reply.body)
        return told(expect(reply, {200}))

    def upload(
        self,
        announced: "Told",
        content: bytes,
        remember: Callable[[str], None],
        progress: Progress,
    ) -> None:
        endpoint = self._endpoint(announced)
        transfer = TusUpload(self._http, content)

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
        return urljoin(self._root + "/", urlsplit(upload_url).path)

    def _endpoint(self, announced: "Told") -> str:
        given = announced.fields.get("upload_endpoint")
        url = urljoin(self._root + "/", given) if isinstance(given, str) else ""
        if urlsplit(url)[:2] != urlsplit(self._root)[:2]:
            raise Transient("gateway.rubbish", answer=announced.raw)
        return url

    def _json(
        self, method: str, path: str, statuses: set[int], body: Mapping[str, object]
    ) -> "Told":
        reply = self._request(method, path, json.dumps(body).encode())
        return told(expect(reply, statuses))

    def _request(self, method: str, path: str, body: bytes) -> Reply:
        headers = {
            "Accept": "application/json",
            "Content-Type": "application/json",
            "Idempotency-Key": self._parcel.id,
        }
        return self._http.request(method, self._root + path, headers=headers, body=body)


class Told:
    """A JSON answer and the bytes it was read from."""

    def __init__(self, fields: Mapping[str, Any], raw: bytes) -> None:
        self.fields = fields
        self.raw = raw

    def __getitem__(self, key: str) -> Any:
        return self.fields[key]


def told(reply: Reply) -> Told:
    fields = json_object(reply)
    if fields.get("state") not in {NEW, *STATES}:
        raise Transient("gateway.rubbish", answer=reply.body)
    return Told(fields, reply.body)


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
    if value is not None and not (isinstance(value, str) and len(value) <= 200):
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
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise Transient("gateway.rubbish", answer=told.raw)
    return tuple(value[:MOST_REASON_LENGTH] for value in values[:MOST_REASONS])
