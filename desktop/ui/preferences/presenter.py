"""What the settings show and change. No Qt."""

from dataclasses import dataclass
from pathlib import Path

from desktop.services.api import Services
from desktop.services.upkeep import About, Copy
from desktop.ui.formats import day, moment
from desktop.ui.texts import tr
from sync.model import Destination

HASH_SHOWN = 12
MOST_CA = 64 * 1024
"""bytes; a chain of certificates is far smaller"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """As things stand."""

    destination: Destination | None
    last_copy: Copy | None
    about: About


class PreferencesPresenter:
    def __init__(self, services: Services) -> None:
        self._services = services

    # ---- off the UI thread

    def shown(self) -> Shown:
        upkeep = self._services.upkeep
        return Shown(
            destination=self._services.default_destination,
            last_copy=upkeep.last_copy(),
            about=upkeep.about(),
        )

    def save_gateway(self, url: str, ca_file: Path | None, known: Destination | None) -> None:
        """An empty address: dossiers are carried by hand. The certificate known stays as long as
        the address does. Raises what ``default_destination`` does, and OSError."""
        typed = url.strip().rstrip("/")
        if not typed:
            self._services.default_destination = None
            return
        same = known is not None and known.url == typed
        ca_pem = read_ca(ca_file) if ca_file else (known.ca_pem if same and known else "")
        self._services.default_destination = Destination(url=typed, ca_pem=ca_pem)

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
