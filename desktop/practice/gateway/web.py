"""The gateway's HTTP interface (``resources/gateway/openapi.yaml``) as a WSGI application."""

import errno
import json
import socket
import time
from collections.abc import Callable, Iterable
from typing import Any

from werkzeug.exceptions import BadRequest, Conflict, HTTPException, NotFound
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from desktop.practice.gateway.desk import BadAnnouncement, Desk, OtherPackage
from desktop.practice.gateway.faults import Call, Faults, Planned, Trouble
from desktop.practice.gateway.ledger import Entry, Ledger
from desktop.practice.gateway.uploads import Uploads

CONNECTION = "practice.connection"
"""the server's own connection in the WSGI environment, to be cut on request"""
MOST_JSON = 64 * 1024
CAPTIVE = "<!doctype html><title>Wi-Fi</title><h1>Đăng nhập mạng Wi-Fi</h1>"

RULES = Map(
    [
        Rule("/v1/dossiers", endpoint=Call.ANNOUNCE, methods=["POST"]),
        Rule("/v1/dossiers/<uuid:parcel>/submit", endpoint=Call.SUBMIT, methods=["POST"]),
        Rule("/v1/dossiers/<uuid:parcel>", endpoint=Call.ASK, methods=["GET"]),
        Rule("/v1/uploads", endpoint=Call.CREATE, methods=["POST", "OPTIONS"]),
        Rule("/v1/uploads/<upload>", endpoint=Call.OFFSET, methods=["HEAD"]),
        Rule("/v1/uploads/<upload>", endpoint=Call.CHUNK, methods=["PATCH"]),
    ]
)


class Web:
    """Routes a request to the desk or to the uploads."""

    def __init__(self, desk: Desk, uploads: Uploads, ledger: Ledger, faults: Faults) -> None:
        self._desk = desk
        self._uploads = uploads
        self._ledger = ledger
        self._faults = faults

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        request = Request(environ)
        try:
            response = self._route(request)
        except HTTPException as error:
            response = error.get_response(environ)
        return response(environ, start)

    def _route(self, request: Request) -> Response:
        call, values = RULES.bind_to_environ(request.environ).match()
        planned = self._faults.take(call)
        spoilt = trouble_instead(request, planned) if planned else None
        return spoilt or self._answer(call, request, values, planned)

    def _answer(
        self, call: Call, request: Request, values: Any, planned: Planned | None
    ) -> Response:
        if call is Call.ANNOUNCE:
            return self._announce(request)
        if call is Call.CREATE:
            options = request.method == "OPTIONS"
            return self._uploads.options() if options else self._uploads.create(request)
        if call is Call.OFFSET:
            return self._uploads.offset(request, values["upload"])
        if call is Call.CHUNK:
            return self._uploads.chunk(request, values["upload"])
        entry = self._known(str(values["parcel"]))
        if call is Call.ASK:
            return as_json(self._desk.with_trouble(self._desk.state_of(entry), entry, planned))
        return self._submit(entry, planned)

    def _announce(self, request: Request) -> Response:
        try:
            return as_json(self._desk.announce(json_body(request)))
        except BadAnnouncement as error:
            raise BadRequest(f"field: {error}") from error
        except OtherPackage as error:
            raise Conflict from error

    def _submit(self, entry: Entry, planned: Planned | None) -> Response:
        package = self._uploads.content(entry.id) if entry.state == "new" else b""
        if package is None:
            raise Conflict("not uploaded")
        return as_json(self._desk.submit(entry, package, planned))

    def _known(self, parcel_id: str) -> Entry:
        entry = self._ledger.find(parcel_id)
        if entry is None:
            raise NotFound
        return entry


def json_body(request: Request) -> dict[str, Any]:
    if request.content_length is None or request.content_length > MOST_JSON:
        raise BadRequest
    try:
        parsed = json.loads(request.get_data())
    except (ValueError, RecursionError) as error:
        raise BadRequest from error
    if not isinstance(parsed, dict):
        raise BadRequest
    return parsed


def as_json(document: dict[str, Any]) -> Response:
    return Response(json.dumps(document, ensure_ascii=False), content_type="application/json")


def trouble_instead(request: Request, planned: Planned) -> Response | None:
    """The trouble that takes the place of an answer; None for one that spoils the answer."""
    if planned.trouble is Trouble.CUT:
        cut(request, planned.amount)
    if planned.trouble is Trouble.SLOW:
        time.sleep(planned.amount / 1000)
    if planned.trouble is Trouble.STATUS:
        return Response(status=planned.amount, headers={"Retry-After": "1"})
    if planned.trouble is Trouble.RUBBISH:
        return Response("{]", content_type="application/json")
    if planned.trouble is Trouble.CAPTIVE:
        return Response(CAPTIVE, content_type="text/html; charset=utf-8")
    if planned.trouble is Trouble.FORGOTTEN:
        return Response(status=404)
    return None


def cut(request: Request, after: int) -> None:
    """Reads so many bytes of the body, then drops the connection without a word."""
    if after:
        request.environ["wsgi.input"].read(after)
    connection = request.environ.get(CONNECTION)
    if connection is not None:  # the server itself still has to close it
        connection.socket.shutdown(socket.SHUT_RDWR)
    raise ConnectionResetError(errno.ECONNRESET, "cut on request")
