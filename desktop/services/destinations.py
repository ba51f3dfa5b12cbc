"""Where parcels go: remembered for real filing, this computer only in practice mode."""

from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from desktop.services.ports import Reading, Store, UnitOfWork
from resources.faults import UsageFault
from sync.model import OWN_ADAPTER, Destination

URL = "gateway.url"
CA = "gateway.ca_pem"
ADAPTER = "gateway.adapter"
CLIENT = "gateway.client_id"
PINS = "gateway.pins"


@dataclass(frozen=True, slots=True, kw_only=True)
class Destinations:
    """Chooses and remembers gateways."""

    store: Store
    practice: bool
    practice_gateway: Callable[[], Destination]
    """starts the practice gateway when it is asked for first; never called in real mode"""

    def default(self) -> Destination | None:
        """The practice gateway, or the gateway used last."""
        if self.practice:
            return self.practice_gateway()
        with self.store.reading() as work:
            return remembered(work)

    def chosen(self, asked: Destination | None) -> Destination:
        """Raises UsageFault ``send.no_gateway``, ``send.not_https``, ``practice.loopback_only``."""
        destination = asked or self.default()
        if destination is None:
            raise UsageFault("send.no_gateway")
        return self.allowed(destination)

    def allowed(self, destination: Destination) -> Destination:
        parts = _parts(destination.url)
        far = not is_loopback(parts.hostname or "") or destination.adapter != OWN_ADAPTER
        if self.practice and far:
            raise UsageFault("practice.loopback_only")
        if parts.scheme != "https" or not parts.hostname or parts.username is not None:
            raise UsageFault("send.not_https")
        return destination

    def set_default(self, destination: Destination | None) -> None:
        """Raises as ``allowed``. None forgets."""
        wanted = self.allowed(destination) if destination else Destination(url="", ca_pem="")
        with self.store.begin() as work:
            self.remember(work, wanted)
            work.commit()

    def remember(self, work: UnitOfWork, destination: Destination) -> None:
        """For the next dossier. The practice gateway needs no remembering."""
        if not self.practice:
            work.settings.put(URL, destination.url)
            work.settings.put(CA, destination.ca_pem)
            work.settings.put(ADAPTER, destination.adapter)
            work.settings.put(CLIENT, destination.client_id)
            work.settings.put(PINS, " ".join(destination.pins))


def remembered(work: Reading) -> Destination | None:
    """Whoever remembered only address and certificate meant our own adapter."""
    url, told = work.settings.get(URL), work.settings.get
    if not url:
        return None
    return Destination(
        url=url,
        ca_pem=told(CA) or "",
        adapter=told(ADAPTER) or OWN_ADAPTER,
        client_id=told(CLIENT) or "",
        pins=tuple((told(PINS) or "").split()),
    )


def is_loopback(host: str) -> bool:
    """Only addresses that cannot leave this computer, whatever a name server says."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _parts(url: str) -> "_Parts":
    try:
        split = urlsplit(url)
        return _Parts(split.scheme, split.hostname, split.username)
    except ValueError as error:
        raise UsageFault("send.not_https") from error


@dataclass(frozen=True, slots=True)
class _Parts:
    scheme: str
    hostname: str | None
    username: str | None
