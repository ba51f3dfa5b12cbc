"""What this program knows of each gateway it speaks with: shared by all its parcels.

Per host and port: how many connections stand at once, whether it is left in peace
(``sync.breaker``), and how large the pieces of an upload are (``sync.pace``).
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock
from time import monotonic
from urllib.parse import urlsplit

from sync import breaker
from sync.breaker import Breaker
from sync.errors import Transient
from sync.http import Body, Http, Reply
from sync.pace import Pace

CONNECTIONS = 4
WAIT_SECONDS = 20.0
"""for a connection: with the call after it less than a claim of the outbox holds"""
HTTPS_PORT = 443
TELLING = frozenset(
    {"gateway.unreachable", "gateway.timeout", "gateway.cut", "gateway.tls", "gateway.rubbish"}
)
"""faults that say something of the gateway itself"""


class Host:
    """One gateway. Safe for several threads."""

    def __init__(self, *, connections: int, clock: Callable[[], float]) -> None:
        self.pace = Pace()
        self._slots = BoundedSemaphore(connections)
        self._clock = clock
        self._breaker = Breaker()
        self._lock = Lock()

    @contextmanager
    def connection(self, seconds: float = WAIT_SECONDS) -> Iterator[None]:
        """One of the few that may stand at once. Raises Transient ``gateway.crowded``."""
        if not self._slots.acquire(timeout=seconds):
            raise Transient("gateway.crowded")
        try:
            yield
        finally:
            self._slots.release()

    def admit(self) -> None:
        """A call is about to go out. Raises Transient ``gateway.resting``."""
        with self._lock:
            now = self._clock()
            seconds = breaker.wait(self._breaker, now)
            if seconds > 0:
                raise Transient("gateway.resting", retry_after=seconds)
            self._breaker = breaker.let_through(self._breaker, now)

    def succeeded(self) -> None:
        with self._lock:
            self._breaker = breaker.succeeded()

    def failed(self) -> None:
        with self._lock:
            self._breaker = breaker.failed(self._breaker, self._clock())

    def ended(self) -> None:
        with self._lock:
            self._breaker = breaker.ended(self._breaker)


class Hosts:
    """All of them; one object for a program."""

    def __init__(
        self, *, connections: int = CONNECTIONS, clock: Callable[[], float] = monotonic
    ) -> None:
        self._connections = connections
        self._clock = clock
        self._lock = Lock()
        self._known: dict[tuple[str, int], Host] = {}

    def of(self, url: str) -> Host:
        """``url``: an address that was found usable."""
        parts = urlsplit(url)
        key = (parts.hostname or "", parts.port or HTTPS_PORT)
        with self._lock:
            if key not in self._known:
                self._known[key] = Host(connections=self._connections, clock=self._clock)
            return self._known[key]

    def forgive(self, url: str) -> None:
        """The user wants it tried now."""
        self.of(url).succeeded()


class Watched:
    """A connection whose calls tell how its gateway does."""

    def __init__(self, http: Http, host: Host) -> None:
        self._http = http
        self._host = host

    def request(
        self, method: str, url: str, *, headers: Mapping[str, str], body: Body = b""
    ) -> Reply:
        """Raises Transient ``gateway.resting`` as well."""
        self._host.admit()
        try:
            reply = self._http.request(method, url, headers=headers, body=body)
        except Transient as fault:
            (self._host.failed if fault.code in TELLING else self._host.ended)()
            raise
        except BaseException:
            self._host.ended()
            raise
        (self._host.failed if is_trouble(reply) else self._host.succeeded)()
        return reply


def is_trouble(reply: Reply) -> bool:
    return reply.status == 429 or (reply.status >= 500 and reply.status != 511)
