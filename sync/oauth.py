"""Tokens of a gateway that knows its clients: OAuth 2.0 client credentials (RFC 6749 §4.4).

The secret comes out of the system's key store when a token is asked for and is kept nowhere; a
token lives in memory alone, until shortly before it ends.
"""

import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from threading import Lock
from time import monotonic
from urllib.parse import quote_plus, urlencode, urlsplit

from resources.faults import SurroundingsFault
from sync.errors import Permanent, Transient
from sync.http import Body, Http, Reply
from sync.model import Destination
from sync.ports import Secrets
from sync.replies import expect, is_same, json_object

EARLY_SECONDS = 30.0
USUAL_SECONDS = 300.0
"""where the gateway does not say how long a token lives"""
MOST_TOKEN = 8192
TOKEN = re.compile(r"[\x21-\x7e]+")
NOT_LET_IN = {400, 401}
UNAUTHORISED = 401


class Tokens:
    """One token for each client of each gateway; one object for a program."""

    def __init__(self, secrets: Secrets, *, clock: Callable[[], float] = monotonic) -> None:
        self._secrets = secrets
        self._clock = clock
        self._lock = Lock()
        self._accounts: dict[tuple[str, str], Account] = {}

    def authorised(self, http: Http, destination: Destination) -> Http:
        """The connection with the token on every call; as it is where no client is named."""
        if not destination.client_id:
            return http
        key = (destination.url, destination.client_id)
        with self._lock:
            account = self._accounts.setdefault(key, Account(self._secrets, self._clock))
        return Authorised(http, destination, account)


class Account:
    """The token of one client. Safe for several threads: one asks, the others wait."""

    def __init__(self, secrets: Secrets, clock: Callable[[], float]) -> None:
        self._secrets = secrets
        self._clock = clock
        self._lock = Lock()
        self._token, self._until = "", 0.0

    def token(self, http: Http, destination: Destination) -> str:
        """Raises what ``new_token`` raises, Permanent ``gateway.no_secret``, Transient
        ``secrets.unavailable``."""
        with self._lock:
            if not self._token or self._clock() >= self._until:
                asked = self._clock()
                self._token, lives = new_token(http, destination, self._secret(destination))
                self._until = asked + lives - min(EARLY_SECONDS, lives / 2)
            return self._token

    def forget(self, token: str) -> None:
        """The gateway does not take it any more; another that came meanwhile stays."""
        with self._lock:
            if self._token == token:
                self._token = ""

    def _secret(self, destination: Destination) -> str:
        try:
            secret = self._secrets.get(destination)
        except SurroundingsFault as fault:
            raise Transient("secrets.unavailable") from fault
        if not secret:
            raise Permanent("gateway.no_secret")
        return secret


class Authorised:
    """A connection on whose every call the token stands."""

    def __init__(self, http: Http, destination: Destination, account: Account) -> None:
        self._http = http
        self._destination = destination
        self._account = account

    def request(
        self, method: str, url: str, *, headers: Mapping[str, str], body: Body = b""
    ) -> Reply:
        """A call that is refused is made once more with a new token. Raises Permanent
        ``gateway.unauthorised``; ``gateway.address`` rather than show the token elsewhere."""
        if not is_same(urlsplit(url), urlsplit(self._destination.url)):
            raise Permanent("gateway.address")
        for _ in range(2):
            token = self._account.token(self._http, self._destination)
            named = {**headers, "Authorization": f"Bearer {token}"}
            reply = self._http.request(method, url, headers=named, body=body)
            if reply.status != UNAUTHORISED:
                return reply
            self._account.forget(token)
        raise Permanent("gateway.unauthorised", answer=reply.body, status=reply.status)


def new_token(http: Http, destination: Destination, secret: str) -> tuple[str, float]:
    """The token and the seconds it lives. Raises Permanent ``gateway.unauthorised``, Transient
    ``gateway.rubbish`` and what statuses mean."""
    headers = {
        "Authorization": f"Basic {basic(destination.client_id, secret)}",
        "Content-Type": "application/x-www-form-urlencoded",
        "Accept": "application/json",
    }
    form = urlencode({"grant_type": "client_credentials"}).encode()
    url = destination.url.rstrip("/") + "/v1/token"
    reply = http.request("POST", url, headers=headers, body=form)
    if reply.status in NOT_LET_IN:
        raise Permanent("gateway.unauthorised", answer=reply.body, status=reply.status)
    return token_in(expect(reply, {200}))


def basic(client_id: str, secret: str) -> str:
    """RFC 6749 §2.3.1: both are form-encoded before they are joined."""
    return b64encode(f"{quote_plus(client_id)}:{quote_plus(secret)}".encode()).decode("ascii")


def token_in(reply: Reply) -> tuple[str, float]:
    """The answer is not kept with the fault: it may hold a token."""
    try:
        said = json_object(reply)
    except Transient:
        raise Transient("gateway.rubbish") from None
    token, kind = said.get("access_token"), said.get("token_type")
    if not isinstance(token, str) or not isinstance(kind, str) or kind.lower() != "bearer":
        raise Transient("gateway.rubbish")
    if not (TOKEN.fullmatch(token) and len(token) <= MOST_TOKEN):
        raise Transient("gateway.rubbish")
    lives = said.get("expires_in")
    known = isinstance(lives, int) and not isinstance(lives, bool) and lives > 0
    return token, float(lives) if known and lives is not None else USUAL_SECONDS
