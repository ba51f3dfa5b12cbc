"""Secrets that the system's key store keeps: put in, asked about, never read back to a screen."""

from dataclasses import dataclass
from typing import Protocol

from resources.faults import SurroundingsFault, UsageFault
from sync.model import Destination
from sync.proxies import ProxyLogin, place_of, system_proxy


class Locker(Protocol):
    """The key store. Every method raises SurroundingsFault ``secrets.unavailable``."""

    def get(self, destination: Destination) -> str | None: ...
    def put(self, destination: Destination, secret: str) -> None: ...
    def login(self, proxy: str) -> ProxyLogin | None: ...
    def put_login(self, proxy: str, login: ProxyLogin | None) -> None: ...


class SecretsApi(Protocol):
    def knows_client(self, destination: Destination) -> bool:
        """Whether a secret is kept for its client; False too where there is no key store."""
        ...

    def keep_client(self, destination: Destination, secret: str) -> None:
        """An empty secret forgets it. Raises SurroundingsFault ``secrets.unavailable``."""
        ...

    def keep_proxy(self, proxy: str, user: str, password: str) -> None:
        """``proxy``: host and port. An empty user forgets the login. Raises as above, and
        UsageFault ``secret.bad_proxy``."""
        ...

    def proxy_user(self, proxy: str) -> str:
        """Whose login is kept for it, never the password; empty where there is none, no key store,
        or no such place."""
        ...

    def proxy_of_system(self) -> str:
        """Host and port of the proxy that this computer goes through, or nothing."""
        ...


@dataclass(frozen=True, slots=True)
class SecretCases:
    """``SecretsApi``; ``locker``: None on a computer without a key store."""

    locker: Locker | None

    def knows_client(self, destination: Destination) -> bool:
        try:
            return bool(self._open().get(destination))
        except SurroundingsFault:
            return False

    def keep_client(self, destination: Destination, secret: str) -> None:
        self._open().put(destination, secret)

    def keep_proxy(self, proxy: str, user: str, password: str) -> None:
        login = ProxyLogin(user=user, password=password) if user else None
        self._open().put_login(place_of(proxy), login)

    def proxy_user(self, proxy: str) -> str:
        try:
            login = self._open().login(place_of(proxy))
        except (SurroundingsFault, UsageFault):
            return ""
        return login.user if login else ""

    def proxy_of_system(self) -> str:
        return system_proxy()

    def _open(self) -> Locker:
        if self.locker is None:
            raise SurroundingsFault("secrets.unavailable")
        return self.locker
