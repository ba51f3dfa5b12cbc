"""What may be signed, with which key, and where a refusal is said. No Qt."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from desktop.services.api import Progress, Remark, Services, SignSummary
from desktop.services.signing_batch import SignedBatch, Stopped, never
from desktop.services.token_api import FoundDriver, LastKey
from desktop.ui.formats import dossier_title
from desktop.ui.sign.keys import TokenView, token_view
from desktop.ui.texts import tr, words
from forms.model import Dossier, DossierState
from resources.faults import Fault
from signing.ports import Signer

BESIDE_THE_PIN = ("pin.", "key_file.password")
EACH = 1000
"""what one dossier counts in the progress of a batch"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningOrder:
    """All that the person said yes to, but the PIN."""

    dossiers: tuple[Dossier, ...]
    key: Path
    """the driver, or the key file"""
    uses_token: bool
    serial: str | None = None
    last_try: bool = False
    told: frozenset[str] = frozenset()
    """codes of the remarks on this key that were read already"""

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(each.id for each in self.dossiers)


class NotToldYet(Exception):
    """The key shows only now what must be read before it signs; nothing is signed."""

    def __init__(self, remarks: tuple[Remark, ...]) -> None:
        super().__init__(len(remarks))
        self.remarks = remarks


class SignPresenter:
    def __init__(self, services: Services) -> None:
        self._services = services

    # ---- off the UI thread

    def waiting(self, unit_code: str) -> tuple[Dossier, ...]:
        """Built and free of errors, newest first."""
        if not unit_code:
            return ()
        every = self._services.dossiers(unit_code)
        return tuple(each for each in every if each.state is DossierState.CHECKED)

    def summaries(self, dossier_ids: Sequence[str]) -> tuple[SignSummary, ...]:
        return tuple(map(self._services.sign_summary, dossier_ids))

    def last_key(self, unit_code: str) -> LastKey | None:
        return self._services.token_desk.last_key(unit_code)

    def drivers(self, unit_code: str) -> tuple[FoundDriver, ...]:
        return tuple(self._services.token_desk.find(unit_code))

    def tokens(self, module: Path, dossier_id: str, *, again: bool = False) -> TokenView:
        """``again``: the driver is asked at once; else only when something was plugged in."""
        desk = self._services.token_desk
        slots = desk.look_again(module) if again else desk.watch(module)
        return token_view(self._services, slots, dossier_id)

    def sign(
        self, order: SigningOrder, secret: str, progress: Progress, stopped: Stopped = never
    ) -> SignedBatch:
        """One login for all. ``secret``: the PIN, empty where the device asks for it, or the
        key file's password. Raises ``NotToldYet`` and what opening raises."""
        with self._open(order, secret) as signer:
            remarks = tuple(self._services.check_signer(order.ids[0], signer))
            if any(each.code not in order.told for each in remarks):
                raise NotToldYet(remarks)
            return self._services.sign_batch(order.ids, signer, progress, stopped)

    def _open(self, order: SigningOrder, secret: str) -> AbstractContextManager[Signer]:
        if not order.uses_token:
            return self._services.open_key_file(order.key, secret)
        return self._services.open_token(order.key, secret, order.serial, last_try=order.last_try)

    # ---- decisions

    def beside_the_pin(self, error: BaseException) -> str:
        """Words for a refusal of the PIN itself, else empty: it belongs on the page."""
        if isinstance(error, Fault) and error.code.startswith(BESIDE_THE_PIN):
            return words(error.code, error.params)
        return ""

    def under_way(self, order: SigningOrder, done: int) -> str:
        """Which of how many is being signed."""
        place = min(done // EACH, len(order.dossiers) - 1)
        return tr(
            "ui.sign.under_way",
            number=place + 1,
            count=len(order.dossiers),
            dossier=dossier_title(order.dossiers[place]),
        )
