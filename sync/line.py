"""How this program reaches gateways: one object, shared by everything that it sends and fetches."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from sync.captive import behind_portal
from sync.errors import Transient
from sync.hosts import Hosts, Watched
from sync.http import Http
from sync.http_gateway import HttpGateway
from sync.mailbox import LARGEST_FILE, HttpMailbox
from sync.model import Destination
from sync.oauth import Tokens
from sync.ports import Secrets
from sync.proxies import ProxyLogins
from sync.transport import (
    MOST_ANSWER_BYTES,
    HttpsTransport,
    OpenTransport,
    is_this_computer,
    refuse_other_schemes,
)
from sync.waiting import in_time

PORTAL_SECONDS = 5.0
PORTAL_BYTES = 256 * 1024


class Line:
    """Connections with the gateway's limits, its token and the proxy's login.

    ``plain``: asks without TLS whether a portal stands before a gateway.
    """

    def __init__(
        self,
        *,
        secrets: Secrets,
        logins: ProxyLogins | None = None,
        hosts: Hosts | None = None,
        plain: Http | None = None,
    ) -> None:
        self.hosts = hosts or Hosts()
        self._tokens = Tokens(secrets)
        self._logins = logins
        self._plain = plain or OpenTransport(
            connect_seconds=PORTAL_SECONDS,
            seconds=PORTAL_SECONDS,
            most_bytes=PORTAL_BYTES,
            logins=logins,
        )

    def gateway(self, destination: Destination) -> HttpGateway:
        """Raises Permanent ``gateway.address``."""
        refuse_other_schemes(destination.url)
        is_this_computer(destination.url)
        return HttpGateway(destination, self.connect, pace=self.hosts.of(destination.url).pace)

    def mailbox(self, destination: Destination) -> HttpMailbox:
        return HttpMailbox(destination, partial(self.connect, most_bytes=LARGEST_FILE))

    @contextmanager
    def connect(
        self, destination: Destination, *, most_bytes: int = MOST_ANSWER_BYTES
    ) -> Iterator[Http]:
        """Raises Transient ``gateway.crowded``, Permanent ``gateway.address``."""
        refuse_other_schemes(destination.url)
        wire = HttpsTransport(destination, most_bytes=most_bytes, logins=self._logins)
        host = self.hosts.of(destination.url)
        with wire, host.connection():
            try:
                yield self._tokens.authorised(Watched(wire, host), destination)
            except Transient as fault:
                if fault.code == "gateway.tls" and self._is_behind_portal(destination.url):
                    raise Transient("gateway.captive") from fault
                raise

    def _is_behind_portal(self, url: str) -> bool:
        try:
            return in_time(PORTAL_SECONDS, partial(behind_portal, url, self._plain))
        except Transient:
            return False
