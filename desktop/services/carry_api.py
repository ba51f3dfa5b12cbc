"""Carrying away, beside the signed package: for another program, for another computer."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from forms.findings import Finding
from forms.model import Dossier
from sync.model import Destination, Parcel


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedBook:
    """A workbook for another program. Errors: do not use it; warnings: what it does not hold."""

    path: Path
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOver:
    """A parcel of another computer with the dossier that it has here."""

    dossier: Dossier
    parcel: Parcel
    new: bool
    """False: it was taken in before"""


class CarryApi(Protocol):
    @property
    def providers(self) -> Sequence[str]:
        """Codes of the programs whose workbook can be written."""
        ...

    def workbook(self, dossier_id: str, provider: str, out: Path) -> CarriedBook:
        """The draft in that program's import layout, in the folder; signed or not."""
        ...

    def hand_over(
        self,
        dossier_id: str,
        out: Path,
        *,
        destination: Destination | None = None,
        password: str = "",
    ) -> Path:
        """The signed package in a file of its own that another computer with the program sends.

        From then on it is not sent from here, unless it is taken back. Without a destination: to
        the gateway used last. ``password``: empty leaves the file open.
        """
        ...

    def take_over(
        self, file: Path, *, password: str = "", trusted: bool = False
    ) -> Sequence[TakenOver]:
        """The parcels of such a file into this computer's outbox, each once.

        ``trusted``: a person compared the gateway that this computer does not know yet.
        """
        ...

    def take_back(self, dossier_id: str) -> Parcel:
        """It is sent from here after all."""
        ...
