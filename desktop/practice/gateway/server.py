"""The practice gateway as a server of its own on loopback: TLS by its own authority, cheroot."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from cheroot.ssl.builtin import BuiltinSSLAdapter
from cheroot.wsgi import Gateway_10, Server

from desktop.practice.ca import gateway_papers
from desktop.practice.gateway.desk import Desk
from desktop.practice.gateway.faults import Faults
from desktop.practice.gateway.ledger import Ledger
from desktop.practice.gateway.uploads import Uploads
from desktop.practice.gateway.web import CONNECTION, Web
from resources.faults import SurroundingsFault

LOOPBACK = "127.0.0.1"
THREADS = 8
STOP_SECONDS = 2
LOOK_SECONDS = 0.1
"""how often the server looks whether it is to stop"""


def now() -> datetime:
    return datetime.now(UTC)


def silent(*_message: object, **_level: object) -> None:
    """A cut connection is what practice is for; faults of the desk come out as status 500."""


class CuttableGateway(Gateway_10):
    """Hands the connection to the application, which may have to cut it."""

    def get_environ(self) -> dict[str, Any]:  # type: ignore[override]  # cheroot's stub says None
        environ: dict[str, Any] = super().get_environ()  # type: ignore[no-untyped-call]  # as above
        return {**environ, CONNECTION: self.req.conn}


class PracticeGateway:
    """A gateway over one folder. ``start`` returns when it answers; ``stop`` ends it."""

    def __init__(
        self,
        folder: Path,
        *,
        port: int = 0,
        faults: Faults | None = None,
        clock: Callable[[], datetime] = now,
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.faults = faults or Faults()
        self.ledger = Ledger(folder / "ledger.db")
        papers = gateway_papers(folder, clock())
        self.ca_pem = papers.authority.pem
        desk = Desk(self.ledger, papers, clock)
        web = Web(desk, Uploads(folder / "uploads", self.ledger), self.ledger, self.faults)
        self._server = Server((LOOPBACK, port), web, numthreads=THREADS, server_name="practice")
        self._server.gateway = CuttableGateway
        self._server.shutdown_timeout = STOP_SECONDS
        self._server.expiration_interval = LOOK_SECONDS
        self._server.error_log = silent  # type: ignore[method-assign]  # cheroot's own hook
        self._server.ssl_adapter = BuiltinSSLAdapter(
            str(papers.server_certificate), str(papers.server_key)
        )
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        return f"https://{LOOPBACK}:{self._server.bind_addr[1]}"

    def start(self) -> Self:
        """Raises SurroundingsFault ``gateway.port`` when the port is taken."""
        try:
            self._server.prepare()
        except OSError as error:
            raise SurroundingsFault("gateway.port") from error
        self._thread = threading.Thread(
            target=self._server.serve, name="practice-gateway", daemon=True
        )
        self._thread.start()
        return self

    def stop(self) -> None:
        self._server.stop()
        if self._thread is not None:
            self._thread.join(timeout=10)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
