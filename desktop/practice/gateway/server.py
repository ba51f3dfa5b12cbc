"""The practice gateway as a server of its own on loopback: TLS by its own authority, cheroot."""

import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from cheroot.ssl.builtin import BuiltinSSLAdapter
from cheroot.wsgi import Gateway_10, Server

from desktop.practice.ca import GatewayPapers, gateway_papers, stranger_papers
from desktop.practice.gateway.access import Access
from desktop.practice.gateway.control import ADDRESS_FILE, Control
from desktop.practice.gateway.desk import Desk
from desktop.practice.gateway.faults import Call, Faults
from desktop.practice.gateway.ledger import LEDGER_FILE, Ledger
from desktop.practice.gateway.mail import Mail
from desktop.practice.gateway.months import Statements
from desktop.practice.gateway.officer import Officer
from desktop.practice.gateway.script import Script, load_script
from desktop.practice.gateway.troubles import CONNECTION
from desktop.practice.gateway.uploads import Uploads
from desktop.practice.gateway.web import Web
from forms.model import Period
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


class TwoFacedAdapter(BuiltinSSLAdapter):
    """Shows the gateway's certificate, or a stranger's when that is planned."""

    def __init__(self, papers: GatewayPapers, folder: Path, faults: Faults) -> None:
        super().__init__(str(papers.server_certificate), str(papers.server_key))
        self._folder = folder
        self._faults = faults
        self._stranger: BuiltinSSLAdapter | None = None

    def wrap(self, sock: Any) -> Any:
        if self._faults.take(Call.CONNECTION) is None:
            return super().wrap(sock)  # type: ignore[no-untyped-call]  # cheroot has no types
        if self._stranger is None:
            certificate, key = stranger_papers(self._folder, now())
            self._stranger = BuiltinSSLAdapter(str(certificate), str(key))
        return self._stranger.wrap(sock)  # type: ignore[no-untyped-call]  # as above


class PracticeGateway:
    """A gateway over one folder. ``start`` returns when it answers; ``stop`` ends it.

    ``clients``: OAuth2 clients and their secrets; none: every call is open. ``script``: what the
    officer does, that of ``load_script()`` unless told otherwise. What it took in stands in the
    folder's ledger, whatever becomes of the process (see ``desktop.practice.gateway.tally``).
    """

    def __init__(
        self,
        folder: Path,
        *,
        port: int = 0,
        faults: Faults | None = None,
        clock: Callable[[], datetime] = now,
        clients: Mapping[str, str] | None = None,
        script: Script | None = None,
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.faults = faults or Faults()
        self.ledger = Ledger(folder / LEDGER_FILE)
        self._folder = folder
        self._script = script or load_script()
        papers = gateway_papers(folder, clock())
        self.ca_pem = papers.authority.pem
        self.officer = Officer(self.ledger, papers, self._script, clock)
        self.statements = Statements(self.ledger, papers, clock)
        web = self._web(papers, clock, Access(clients or {}, clock))
        self._server = self._listening(web, papers, port)
        self._thread: threading.Thread | None = None

    def officer_step(self) -> int:
        """The officer takes the next step of every waiting dossier. Returns how many."""
        return self.officer.step()

    def post_month(self, period: Period, unit_code: str | None = None) -> int:
        """C12-TS and D09-TS of the month for that unit, or for each. Returns how many were laid
        out. Raises as ``Statements.post`` does."""
        return self.statements.post(period, unit_code=unit_code)

    def _web(self, papers: GatewayPapers, clock: Callable[[], datetime], access: Access) -> Web:
        day = self._script.statement_day
        return Web(
            desk=Desk(self.ledger, papers, clock),
            uploads=Uploads(self._folder / "uploads", self.ledger),
            ledger=self.ledger,
            mail=Mail(self.ledger.letters, self.officer, self.statements, statement_day=day),
            access=access,
            faults=self.faults,
            control=Control(
                self._folder,
                self.faults,
                step=self.officer_step,
                month=self.post_month,
                clients=len(access),
            ),
        )

    def _listening(self, web: Web, papers: GatewayPapers, port: int) -> Server:
        server = Server((LOOPBACK, port), web, numthreads=THREADS, server_name="practice")
        server.gateway = CuttableGateway
        server.shutdown_timeout = STOP_SECONDS
        server.expiration_interval = LOOK_SECONDS
        server.error_log = silent  # type: ignore[method-assign]  # cheroot's own hook
        server.ssl_adapter = TwoFacedAdapter(papers, self._folder, self.faults)
        return server

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
        (self._folder / ADDRESS_FILE).write_text(self.url, encoding="ascii")
        return self

    def stop(self) -> None:
        address = self._folder / ADDRESS_FILE
        if address.exists() and address.read_text(encoding="ascii") == self.url:
            address.unlink(missing_ok=True)
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
