"""The switchboard while the gateway runs: faults, the officer's step, a month's statements.

It is no part of the interface of a gateway. Whoever turns it shows the token that lies in the
gateway's folder, so that only the person whose folder it is can.
"""

import json
import secrets
from collections.abc import Callable
from hmac import compare_digest
from pathlib import Path
from typing import Any

from werkzeug.exceptions import BadRequest, Forbidden, MethodNotAllowed, NotFound
from werkzeug.wrappers import Request, Response

from desktop.practice.ca import write_private
from desktop.practice.gateway.faults import Faults
from forms.model import Period
from resources.faults import Fault

PREFIX = "/practice/"
TOKEN_FILE, ADDRESS_FILE = "switchboard.token", "address"
MOST_BODY = 16 * 1024
MOST_FAULTS = 100
Step = Callable[[], int]
PostMonth = Callable[[Period, str | None], int]


class Control:
    """``POST /practice/faults``, ``/practice/step``, ``/practice/month``, ``/practice/here``."""

    def __init__(
        self, folder: Path, faults: Faults, *, step: Step, month: PostMonth, clients: int
    ) -> None:
        self._faults = faults
        self._token = token_of(folder)
        self._calls = {
            "faults": self._plan,
            "step": lambda _: step(),
            "month": self._month,
            "here": lambda _: clients,
        }
        self._post_month = month

    def answer(self, request: Request) -> Response | None:
        """None for what is not the switchboard's."""
        if not request.path.startswith(PREFIX):
            return None
        shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if not compare_digest(shown.encode(), self._token.encode()):
            raise Forbidden
        call = self._calls.get(request.path.removeprefix(PREFIX))
        if call is None:
            raise NotFound
        if request.method != "POST":
            raise MethodNotAllowed(valid_methods=["POST"])
        return self._done(call, body_of(request))

    def _done(self, call: Callable[[dict[str, Any]], int], asked: dict[str, Any]) -> Response:
        """A fault of what was asked goes back by its code, whose words the asker has."""
        try:
            return as_json({"count": call(asked)}, 200)
        except Fault as fault:
            return as_json({"code": fault.code, "params": dict(fault.params)}, 409)

    def _plan(self, asked: dict[str, Any]) -> int:
        faults = asked.get("faults", [])
        if not isinstance(faults, list) or len(faults) > MOST_FAULTS:
            raise BadRequest
        if asked.get("clear"):
            self._faults.clear()
        for fault in faults:
            self._faults.plan_text(str(fault))
        return len(faults)

    def _month(self, asked: dict[str, Any]) -> int:
        unit = asked.get("unit_code")
        try:
            period = Period.parse(str(asked.get("period")))
        except ValueError as error:
            raise BadRequest from error
        return self._post_month(period, str(unit) if unit else None)


def token_of(folder: Path) -> str:
    """That of the folder, made when absent."""
    path = folder / TOKEN_FILE
    if not path.exists():
        write_private(path, secrets.token_urlsafe(24).encode("ascii"))
    return path.read_text(encoding="ascii").strip()


def body_of(request: Request) -> dict[str, Any]:
    if request.content_length is None or request.content_length > MOST_BODY:
        raise BadRequest
    try:
        parsed = json.loads(request.get_data() or b"{}")
    except (ValueError, RecursionError) as error:
        raise BadRequest from error
    if not isinstance(parsed, dict):
        raise BadRequest
    return parsed


def as_json(document: dict[str, Any], status: int) -> Response:
    return Response(json.dumps(document), status=status, content_type="application/json")
