"""OAuth2 client credentials at the practice gateway: clients, their secrets, and tokens.

Tokens live in memory only: after a restart every client asks for a new one.
"""

import binascii
import re
import secrets
from base64 import b64decode
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from hmac import compare_digest
from pathlib import Path
from threading import Lock

from desktop.practice.ca import write_private
from resources.faults import UsageFault

LIFETIME = timedelta(hours=1)
CLIENTS = "clients"
"""folder of the clients' secrets, a file each"""
_CLIENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}\Z")


class Access:
    """``clients``: id → secret; none of them: every call is open, and nobody gets a token."""

    def __init__(self, clients: Mapping[str, str], now: Callable[[], datetime]) -> None:
        self._clients = clients
        self._now = now
        self._tokens: dict[str, datetime] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        """How many clients are known."""
        return len(self._clients)

    def token(self, authorization: str) -> str | None:
        """A new token for the Basic credentials of a client; None when they are wrong."""
        client, secret = basic(authorization)
        known = self._clients.get(client, "")
        if not known or not compare_digest(known.encode(), secret.encode()):
            return None
        token = secrets.token_urlsafe(32)
        with self._lock:
            now = self._now()
            self._tokens = {each: end for each, end in self._tokens.items() if end > now}
            self._tokens[token] = now + LIFETIME
        return token

    def admits(self, authorization: str) -> bool:
        """Whether a call with this header may be made."""
        if not self._clients:
            return True
        kind, _, token = authorization.partition(" ")
        with self._lock:
            end = self._tokens.get(token.strip())
        return kind.lower() == "bearer" and end is not None and self._now() < end


def basic(authorization: str) -> tuple[str, str]:
    """Client and secret of an ``Authorization: Basic`` header; empty where there are none."""
    kind, _, coded = authorization.partition(" ")
    if kind.lower() != "basic":
        return "", ""
    try:
        client, _, secret = b64decode(coded.strip(), validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return client, secret


def client_secret(folder: Path, client: str) -> Path:
    """The file with a client's secret, made with a new one when absent; only its owner reads it.

    Raises UsageFault ``practice.client``.
    """
    if not _CLIENT.match(client):
        raise UsageFault("practice.client")
    path = folder / CLIENTS / f"{client}.secret"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_private(path, secrets.token_urlsafe(24).encode("ascii"))
    return path


def known_secret(folder: Path, client: str) -> str:
    """Raises UsageFault ``practice.client``."""
    return client_secret(folder, client).read_text(encoding="ascii").strip()
