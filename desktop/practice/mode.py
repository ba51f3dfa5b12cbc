"""The practice gateway inside the program: started when first needed, stopped with the program.

Where another process runs a gateway over the same folder already (``tokhai practice serve``),
that one is used, with whatever faults are practised there.

It keeps its port from one start to the next, so that a parcel left half sent goes on where it
stopped. Should another program have taken the port meanwhile, the gateway moves, and parcels
bound for it (known by its own certificate) follow.
"""

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import Protocol

from desktop.practice.switchboard import Elsewhere, found_elsewhere
from forms.model import Period
from resources.faults import SurroundingsFault
from sync.model import Destination

GATEWAY_FOLDER = "practice-gateway"
"""below the data folder: the gateway's own data and its authority"""
PORT_FILE = "port"
ANY_PORT = 0

_LOG = logging.getLogger(__name__)


class Gateway(Protocol):
    """A gateway on this computer."""

    @property
    def url(self) -> str: ...

    @property
    def ca_pem(self) -> str: ...

    def start(self) -> object: ...

    def stop(self) -> None: ...

    def officer_step(self) -> int: ...

    def post_month(self, period: Period, unit_code: str | None = None) -> int: ...


class PracticeMode:
    """Holds at most one running gateway. May be asked from any thread."""

    def __init__(self, data: Path, make: Callable[[Path, int], Gateway]) -> None:
        self.folder = data / GATEWAY_FOLDER
        self._make = make
        self._running: Gateway | None = None
        self._lock = Lock()

    def destination(self) -> Destination:
        """Where practice parcels go. Raises what starting the gateway raises."""
        gateway = self._gateway()
        return Destination(url=gateway.url.rstrip("/"), ca_pem=gateway.ca_pem)

    def reachable(self, destination: Destination) -> Destination:
        """The same gateway where it is now; any other destination as it is."""
        own = self.destination()
        if destination.ca_pem.strip() != own.ca_pem.strip():
            return destination
        return replace(destination, url=own.url)

    def officer_step(self) -> int:
        """The practice officer takes the next step of every dossier that waits, at once, and lays
        a notice out for each; fetch the unit's notices then. Returns how many steps were taken;
        0: nothing waits. Raises what starting the gateway raises.
        """
        return self._gateway().officer_step()

    def post_month(self, period: Period, unit_code: str | None = None) -> int:
        """C12-TS and D09-TS of the month, computed from what was filed, for that unit or for
        every one that filed. Returns how many notices were laid out; 0: nobody filed.

        Raises UsageFault ``practice.month_not_over``, RuleMissing, what starting raises.
        """
        return self._gateway().post_month(period, unit_code)

    def _gateway(self) -> Gateway:
        with self._lock:
            if self._running is None or isinstance(self._running, Elsewhere):
                self._running = found_elsewhere(self.folder) or self._start()
            return self._running

    def stop(self) -> None:
        with self._lock:
            running, self._running = self._running, None
        if running is not None:
            running.stop()

    def _start(self) -> Gateway:
        self.folder.mkdir(parents=True, exist_ok=True)
        gateway = self._on_its_port() or self._started(ANY_PORT)
        self._remember(gateway)
        return gateway

    def _on_its_port(self) -> Gateway | None:
        port = self._remembered()
        if port == ANY_PORT:
            return None
        try:
            return self._started(port)
        except (OSError, SurroundingsFault) as error:
            _LOG.info("practice gateway moves to another port: %s", type(error).__name__)
            return None

    def _started(self, port: int) -> Gateway:
        gateway = self._make(self.folder, port)
        gateway.start()
        return gateway

    def _remembered(self) -> int:
        try:
            text = (self.folder / PORT_FILE).read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            return ANY_PORT
        return int(text) if text.isdigit() and 0 < int(text) < 65536 else ANY_PORT

    def _remember(self, gateway: Gateway) -> None:
        port = gateway.url.rstrip("/").rpartition(":")[2]
        (self.folder / PORT_FILE).write_text(port, encoding="ascii")
