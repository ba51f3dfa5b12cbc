"""Secrets in the system's own store: Credential Manager, Keychain or Secret Service.

Where the system has none, nothing is kept: a store that writes plain text, or one that keeps
nothing at all, is never used in its place.
"""

import json
from collections.abc import Callable
from typing import Protocol, TypeVar

from resources.faults import SurroundingsFault
from sync.model import Destination
from sync.proxies import ProxyLogin

SERVICE = "tokhai"
OWN_STORES = frozenset(
    {
        "keyring.backends.Windows",
        "keyring.backends.macOS",
        "keyring.backends.SecretService",
        "keyring.backends.libsecret",
        "keyring.backends.kwallet",
    }
)
"""those that the system locks; any other that may be installed is passed by"""
T = TypeVar("T")


class Backend(Protocol):
    """What of ``keyring.backend.KeyringBackend`` is used."""

    def get_password(self, service: str, username: str) -> str | None: ...
    def set_password(self, service: str, username: str, password: str) -> None: ...
    def delete_password(self, service: str, username: str) -> None: ...


def system_store() -> Backend | None:
    """The store of this system, or None. Looked for when it is needed: that takes a while, and
    most starts of the program need no secret."""
    import keyring
    from keyring.backends.chainer import ChainerBackend

    found = keyring.get_keyring()
    several = found.backends if isinstance(found, ChainerBackend) else [found]
    return next((each for each in several if type(each).__module__ in OWN_STORES), None)


class KeyStore:
    """``sync.ports.Secrets`` and ``sync.proxies.ProxyLogins``. Every method raises
    SurroundingsFault ``secrets.unavailable`` where the system has no store or keeps it locked."""

    def __init__(self, store: Callable[[], Backend | None] = system_store) -> None:
        self._store = store

    def get(self, destination: Destination) -> str | None:
        return self._read(user_of(destination))

    def put(self, destination: Destination, secret: str) -> None:
        self._write(user_of(destination), secret)

    def login(self, proxy: str) -> ProxyLogin | None:
        """``proxy``: host and port."""
        match json_of(self._read(f"proxy@{proxy}")):
            case [str(user), str(password)]:
                return ProxyLogin(user=user, password=password)
        return None

    def put_login(self, proxy: str, login: ProxyLogin | None) -> None:
        """None forgets it."""
        self._write(f"proxy@{proxy}", json.dumps([login.user, login.password]) if login else "")

    def _read(self, user: str) -> str | None:
        return self._told(lambda store: store.get_password(SERVICE, user))

    def _write(self, user: str, secret: str) -> None:
        if secret:
            self._told(lambda store: store.set_password(SERVICE, user, secret))
        else:
            self._told(lambda store: forget(store, user))

    def _told(self, act: Callable[[Backend], T]) -> T:
        try:
            if (store := self._store()) is None:
                raise LookupError
            return act(store)
        except Exception:  # noqa: BLE001 - every store has faults of its own, some with our words
            raise SurroundingsFault("secrets.unavailable") from None


def json_of(kept: str | None) -> object:
    """None for what is not ours."""
    try:
        return json.loads(kept or "null")
    except ValueError:
        return None


def forget(store: Backend, user: str) -> None:
    if store.get_password(SERVICE, user) is not None:
        store.delete_password(SERVICE, user)


def user_of(destination: Destination) -> str:
    return f"{destination.client_id}@{destination.url}"
