"""The outbox beside sending: paused or not, and the agency's clock for every dossier on its way."""

from collections.abc import Mapping
from typing import Protocol

from forms.clocks import Clock
from sync.metered import Metered


class OutboxApi(Protocol):
    @property
    def paused(self) -> bool:
        """Nothing goes out by itself, for every program on this data, until it is resumed."""
        ...

    @paused.setter
    def paused(self, paused: bool) -> None: ...

    def metered(self) -> Metered:
        """Whether the network at hand is paid by the byte; takes up to some seconds."""
        ...

    def clocks(self, unit_code: str | None = None) -> Mapping[str, tuple[Clock, ...]]:
        """dossier → what is awaited, the most pressing first; only dossiers that await something.

        None: of every unit.
        """
        ...
