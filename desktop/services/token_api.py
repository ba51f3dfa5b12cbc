"""The token on the desk as the window and the command line see it: found, watched, explained."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from resources.faults import Param
from signing.doctor.examination import Hear, Tell, unheard, untold
from signing.doctor.model import Examination
from signing.finding.search import FoundModule
from signing.model import TokenSlot


@dataclass(frozen=True, slots=True, kw_only=True)
class LastKey:
    """``module``: the driver's file, without links."""

    module: str
    serial: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundDriver:
    """A driver on this computer. ``tokens``: how many it sees now; None where it was not or could
    not be asked, and then ``fault`` says why."""

    module: FoundModule
    tokens: int | None
    remembered: bool
    """the unit signed with it last time"""
    fault: str | None = None
    params: tuple[tuple[str, Param], ...] = ()


class TokenDeskApi(Protocol):
    """Nothing here asks for a PIN."""

    def last_key(self, unit_code: str) -> LastKey | None:
        """The driver and certificate of the unit's last signing with a token."""
        ...

    def find(self, unit_code: str | None = None) -> Sequence[FoundDriver]:
        """Every driver on this computer: the unit's own of last time first, then those that see a
        token. Takes seconds: each is asked in a process of its own."""
        ...

    def watch(self, module: Path) -> Sequence[TokenSlot]:
        """As ``Services.tokens``, and cheap enough to be called every second: the driver is asked
        again only when something was plugged in or pulled out, at most every ten seconds."""
        ...

    def look_again(self, module: Path) -> Sequence[TokenSlot]:
        """As ``watch``, asked at once: the person said so."""
        ...

    def examine(
        self,
        module: Path | None = None,
        *,
        unit_code: str | None = None,
        tell: Tell = untold,
        hear: Hear = unheard,
    ) -> Examination:
        """Everything that was tried, of one driver or of all that are found. ``tell``: before
        each driver and while one is waited for; what it raises ends the check there. ``hear``:
        each step as it is made."""
        ...

    def write_bundle(self, examination: Examination, out: Path) -> None:
        """For support, without anybody's name or number. Raises SurroundingsFault
        ``doctor.bundle_failed``."""
        ...
