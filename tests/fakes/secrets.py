"""A key store in memory; ``missing``: the computer has none."""

from dataclasses import dataclass, field

from resources.faults import SurroundingsFault
from sync.model import Destination


@dataclass
class FakeSecrets:
    clients: dict[str, str] = field(default_factory=dict)
    proxies: dict[str, tuple[str, str]] = field(default_factory=dict)
    missing: bool = False

    def knows_client(self, destination: Destination) -> bool:
        return destination.client_id in self.clients

    def keep_client(self, destination: Destination, secret: str) -> None:
        self._look()
        self.clients[destination.client_id] = secret

    def keep_proxy(self, proxy: str, user: str, password: str) -> None:
        self._look()
        self.proxies[proxy] = (user, password)

    def _look(self) -> None:
        if self.missing:
            raise SurroundingsFault("secrets.unavailable")
