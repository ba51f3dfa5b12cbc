"""What the settings show and change. No Qt."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from desktop.services.api import Services
from desktop.services.paper_settings import PaperSettings
from desktop.services.upkeep import About, Copy
from desktop.ui.formats import day, moment
from desktop.ui.texts import tr
from sync.model import Destination
from sync.pinning import read_pin

HASH_SHOWN = 12
MOST_CA = 64 * 1024
"""bytes; a chain of certificates is far smaller"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """As things stand."""

    destination: Destination | None
    last_copy: Copy | None
    about: About
    papers: PaperSettings
    secret_kept: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayMore:
    """``secret``: empty leaves the one that is kept."""

    client_id: str = ""
    pins: tuple[str, ...] = ()
    secret: str = field(default="", repr=False)


class PreferencesPresenter:
    def __init__(self, services: Services) -> None:
        self._services = services

    # ---- off the UI thread

    def shown(self) -> Shown:
        upkeep, known = self._services.upkeep, self._services.default_destination
        asks = known is not None and bool(known.client_id)
        return Shown(
            destination=known,
            papers=self._services.paper_settings,
            secret_kept=asks and known is not None and self._services.secrets.knows_client(known),
            last_copy=upkeep.last_copy(),
            about=upkeep.about(),
        )

    def save_gateway(
        self,
        url: str,
        ca_file: Path | None,
        known: Destination | None,
        more: GatewayMore | None = None,
    ) -> None:
        """An empty address: dossiers are carried by hand. The certificate and the way of sending
        stay as long as the address does. Raises what ``default_destination`` does, OSError,
        UsageFault ``cli.bad_pin``, SurroundingsFault ``secrets.unavailable``."""
        typed = url.strip().rstrip("/")
        if not typed:
            self._services.default_destination = None
            return
        before = known if known is not None and known.url == typed else None
        now = before or Destination(url=typed, ca_pem="")
        if ca_file:
            now = replace(now, ca_pem=read_ca(ca_file))
        if more is not None:
            now = replace(now, client_id=more.client_id, pins=tuple(map(read_pin, more.pins)))
            if more.secret:
                self._services.secrets.keep_client(now, more.secret)
        self._services.default_destination = now

    def save_papers(self, settings: PaperSettings) -> None:
        """Raises UsageFault ``papers.bad_address``."""
        self._services.paper_settings = settings

    def back_up(self, folder: Path | None) -> Copy:
        return self._services.upkeep.back_up(folder)

    # ---- words

    @staticmethod
    def copy_words(copy: Copy | None) -> str:
        if copy is None:
            return tr("ui.preferences.no_copy")
        return tr("ui.preferences.last_copy", when=moment(copy.at), file=str(copy.file))

    @staticmethod
    def about_lines(about: About) -> tuple[str, ...]:
        version = about.version or tr("ui.preferences.no_version")
        rules = tr(
            "ui.preferences.rules",
            newest=day(about.rules.newest),
            hash=about.rules.hash[:HASH_SHOWN],
        )
        return (
            tr("ui.preferences.version", version=version),
            rules,
            tr("ui.preferences.data", folder=str(about.data)),
            tr("ui.preferences.log", file=str(about.log)),
        )


def read_ca(file: Path) -> str:
    """PEM text; whether it is a certificate is found out when it is used."""
    with file.open("rb") as source:
        return source.read(MOST_CA).decode("ascii", errors="replace")
