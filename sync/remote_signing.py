"""An account with a remote signing service over HTTPS: JSON in, JSON out (CSC API v2).

The bearer token is handed in for each call and kept nowhere: signing in to the provider is the
provider's own affair. What is sent and received is never logged.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sync.errors import Permanent, Transient
from sync.http import Http

WORDS = {
    "gateway.unreachable": "remote.unreachable",
    "gateway.timeout": "remote.no_answer",
    "gateway.cut": "remote.no_answer",
    "gateway.rubbish": "remote.rubbish",
    "gateway.tls": "remote.tls",
    "gateway.pin": "remote.tls",
    "gateway.proxy": "remote.unreachable",
    "gateway.address": "remote.address",
    "gateway.ca": "remote.address",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CscAnswer:
    status: int
    body: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CscAccount:
    """``http``: a verified connection; ``base``: address up to and with ``/csc/v2``."""

    http: Http = field(repr=False)
    base: str
    token: Callable[[], str] = field(repr=False)
    """OAuth2 access token, asked for anew for every call"""

    def ask(self, method: str, body: Mapping[str, object]) -> CscAnswer:
        """One call. Raises Transient ``remote.unreachable``, ``remote.no_answer``, ``remote.tls``
        or ``remote.rubbish``, Permanent ``remote.address`` or ``gateway.proxy_login``; never
        tries again by itself."""
        headers = {
            "Authorization": f"Bearer {self.token()}",
            "Content-Type": "application/json",
            "Accept": "application/json",
        }
        url = f"{self.base.rstrip('/')}/{method}"
        try:
            reply = self.http.request("POST", url, headers=headers, body=json.dumps(body).encode())
        except Transient as fault:
            raise Transient(WORDS.get(fault.code, "remote.no_answer")) from fault
        except Permanent as fault:
            if fault.code == "gateway.proxy_login":
                raise
            raise Permanent("remote.address") from fault
        return CscAnswer(status=reply.status, body=_object(reply.body, reply.status))


def _object(content: bytes, status: int) -> Mapping[str, Any]:
    """A refusal may come without JSON; a success may not."""
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as error:
        if status >= 400:
            return {}
        raise Transient("remote.rubbish") from error
    if isinstance(found, dict):
        return found
    if status >= 400:
        return {}
    raise Transient("remote.rubbish")
