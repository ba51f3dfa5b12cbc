"""A key store in memory; ``missing``: the computer has none."""

from dataclasses import dataclass, field

from resources.faults import SurroundingsFault, UsageFault
from sync.model import Destination
from sync.proxies import place_of


@dataclass
class FakeSecrets:
    clients: dict[str, str] = field(default_factory=dict)
    proxies: dict[str, tuple[str, str]] = field(default_factory=dict)
    missing: bool = False
    system: str = ""
    """the proxy that the computer goes through"""

    def knows_client(self, destination: Destination) -> bool:
        return destination.client_id in self.clients

    def keep_client(self, destination: Destination, secret: str) -> None:
        self._look()
        self.clients[destination.client_id] = secret

    def keep_proxy(self, proxy: str, user: str, password: str) -> None:
        self._look()
        if user:
            self.proxies[place_of(proxy)] = (user, password)
        else:
            self.proxies.pop(place_of(proxy), None)

    def proxy_user(self, proxy: str) -> str:
        try:
            return self.proxies.get(place_of(proxy), ("", ""))[0]
        except UsageFault:
            return ""

    def proxy_of_system(self) -> str:
        return self.system

    def _look(self) -> None:
        if self.missing:
            raise SurroundingsFault("secrets.unavailable")
