"""The gateway's HTTP interface (``resources/gateway/openapi.yaml``) as a WSGI application."""

import json
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from werkzeug.exceptions import BadRequest, Conflict, HTTPException, NotFound
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from desktop.practice.gateway.access import LIFETIME, Access
from desktop.practice.gateway.control import Control
from desktop.practice.gateway.desk import MOST_TEXT, BadAnnouncement, Desk, OtherPackage
from desktop.practice.gateway.faults import Call, Faults, Planned, Trouble
from desktop.practice.gateway.ledger import Entry, Ledger
from desktop.practice.gateway.mail import Mail
from desktop.practice.gateway.troubles import disordered, trouble_instead
from desktop.practice.gateway.uploads import Uploads

MOST_JSON = 64 * 1024
MOST_FORM = 4 * 1024
MOST_CURSOR_DIGITS = 18
JSON = "application/json"
GRANT = "client_credentials"

RULES = Map(
    [
        Rule("/v1/token", endpoint=Call.TOKEN, methods=["POST"]),
        Rule("/v1/dossiers", endpoint=Call.ANNOUNCE, methods=["POST"]),
        Rule("/v1/dossiers/<uuid:parcel>/submit", endpoint=Call.SUBMIT, methods=["POST"]),
        Rule("/v1/dossiers/<uuid:parcel>", endpoint=Call.ASK, methods=["GET"]),
        Rule("/v1/notices", endpoint=Call.NOTICES, methods=["GET"]),
        Rule("/v1/results/<file>", endpoint=Call.FILE, methods=["GET"]),
        Rule("/v1/uploads", endpoint=Call.CREATE, methods=["POST", "OPTIONS"]),
        Rule("/v1/uploads/<upload>", endpoint=Call.OFFSET, methods=["HEAD"]),
        Rule("/v1/uploads/<upload>", endpoint=Call.CHUNK, methods=["PATCH"]),
        Rule("/v1/uploads/<upload>", endpoint=Call.TERMINATE, methods=["DELETE"]),
    ]
)
OPEN = {Call.TOKEN}
"""calls that need no token"""
Values = Mapping[str, Any]
Answering = Callable[[Request, Values, Planned | None], Response]


class Web:
    """Routes a request to whoever answers it."""

    def __init__(
        self,
        *,
        desk: Desk,
        uploads: Uploads,
        ledger: Ledger,
        mail: Mail,
        access: Access,
        faults: Faults,
        control: Control,
    ) -> None:
        self._desk = desk
        self._uploads = uploads
        self._ledger = ledger
        self._mail = mail
        self._access = access
        self._faults = faults
        self._control = control
        self._last: dict[str, Any] | None = None
        self._calls: Mapping[Call, Answering] = {
            Call.TOKEN: self._token,
            Call.ANNOUNCE: self._announce,
            Call.SUBMIT: self._submit,
            Call.ASK: self._ask,
            Call.NOTICES: self._notices,
            Call.FILE: self._file,
            Call.CREATE: self._create,
            Call.OFFSET: lambda request, at, _: uploads.offset(request, at["upload"]),
            Call.CHUNK: lambda request, at, _: uploads.chunk(request, at["upload"]),
            Call.TERMINATE: lambda request, at, _: uploads.terminate(request, at["upload"]),
        }

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        request = Request(environ)
        try:
            response = self._control.answer(request) or self._route(request)
        except HTTPException as error:
            response = error.get_response(environ)
        return response(environ, start)

    def _route(self, request: Request) -> Response:
        call, values = RULES.bind_to_environ(request.environ).match()
        planned = self._faults.take(call)
        spoilt = trouble_instead(request, planned) if planned else None
        if spoilt is not None:
            return spoilt
        if call not in OPEN and not self._access.admits(request.headers.get("Authorization", "")):
            return not_admitted("Bearer", "invalid_token")
        if planned is not None and planned.trouble is Trouble.DUPLICATE and call is Call.SUBMIT:
            self._calls[call](request, values, None)
        return self._calls[call](request, values, planned)

    def _token(self, request: Request, _values: Values, _planned: Planned | None) -> Response:
        if request.mimetype != "application/x-www-form-urlencoded" or not fits(request, MOST_FORM):
            return as_json({"error": "invalid_request"}, 400)
        if request.form.get("grant_type") != GRANT:
            known = "grant_type" in request.form
            error = "unsupported_grant_type" if known else "invalid_request"
            return as_json({"error": error}, 400)
        token = self._access.token(request.headers.get("Authorization", ""))
        if token is None:
            return not_admitted("Basic", "invalid_client")
        lives = int(LIFETIME.total_seconds())
        answer = {"access_token": token, "token_type": "Bearer", "expires_in": lives}
        response = as_json(answer)
        response.headers["Cache-Control"] = "no-store"
        return response

    def _announce(self, request: Request, _values: Values, planned: Planned | None) -> Response:
        try:
            return self._told(self._desk.announce(json_body(request)), planned)
        except BadAnnouncement as error:
            raise BadRequest(f"field: {error}") from error
        except OtherPackage as error:
            raise Conflict from error

    def _ask(self, _request: Request, values: Values, planned: Planned | None) -> Response:
        entry = self._known(values)
        answer = self._desk.with_trouble(self._desk.state_of(entry), entry, planned)
        return self._told(answer, planned)

    def _submit(self, _request: Request, values: Values, planned: Planned | None) -> Response:
        entry = self._known(values)
        package = self._uploads.content(entry.id) if entry.state == "new" else b""
        if package is None:
            raise Conflict("not uploaded")
        answer = self._desk.submit(entry, package, planned)
        self._uploads.discard(entry.id)
        return self._told(answer, planned)

    def _told(self, answer: dict[str, Any], planned: Planned | None) -> Response:
        """The answer; or the one before it, whichever dossier that was about."""
        earlier, self._last = self._last, answer
        swapped = planned is not None and planned.trouble is Trouble.REORDERED
        return as_json(earlier if swapped and earlier is not None else answer)

    def _create(self, request: Request, _values: Values, _planned: Planned | None) -> Response:
        options = request.method == "OPTIONS"
        return self._uploads.options() if options else self._uploads.create(request)

    def _notices(self, request: Request, _values: Values, planned: Planned | None) -> Response:
        unit_code, tax_code = (asked(request, name) for name in ("unit_code", "tax_code"))
        after = cursor_of(request.args.get("cursor", ""))
        posts, more = self._mail.page(unit_code, tax_code, after)
        notices = [
            {
                "id": post.id,
                "kind": post.kind,
                "parcel_id": post.parcel_id,
                "document": b64encode(post.document).decode() if post.document else None,
                "files": [
                    {"id": f.id, "name": f.name, "size": f.size, "sha256": f.sha256}
                    for f in post.files
                ],
            }
            for post in posts
        ]
        cursor = str(posts[-1].seq if posts else after)
        page = {"notices": disordered(notices, planned), "cursor": cursor, "more": more}
        return as_json(page)

    def _file(self, _request: Request, values: Values, _planned: Planned | None) -> Response:
        content = self._ledger.letters.file(values["file"])
        if content is None:
            raise NotFound
        return Response(content, content_type="application/octet-stream")

    def _known(self, values: Values) -> Entry:
        entry = self._ledger.find(str(values["parcel"]))
        if entry is None:
            raise NotFound
        return entry


def asked(request: Request, name: str) -> str:
    value = request.args.get(name, "")
    if not 0 < len(value) <= MOST_TEXT or not value.isprintable():
        raise BadRequest(name)
    return value


def cursor_of(text: str) -> int:
    """Behind which notice to go on; empty: from the first."""
    if not text:
        return 0
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_CURSOR_DIGITS):
        raise BadRequest("cursor")
    return int(text)


def fits(request: Request, most: int) -> bool:
    """Whether the body says its length, and not too much of it."""
    return request.content_length is not None and request.content_length <= most


def json_body(request: Request) -> dict[str, Any]:
    if not fits(request, MOST_JSON):
        raise BadRequest
    try:
        parsed = json.loads(request.get_data())
    except (ValueError, RecursionError) as error:
        raise BadRequest from error
    if not isinstance(parsed, dict):
        raise BadRequest
    return parsed


def as_json(document: Mapping[str, Any], status: int = 200) -> Response:
    body = json.dumps(document, ensure_ascii=False)
    return Response(body, status=status, content_type=JSON)


def not_admitted(scheme: str, error: str) -> Response:
    """RFC 6749 §5.2, RFC 6750 §3."""
    response = as_json({"error": error}, 401)
    response.headers["WWW-Authenticate"] = f'{scheme} realm="gateway", error="{error}"'
    return response
