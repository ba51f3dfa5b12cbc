"""Carrying away, beside the signed package: for another program, for another computer."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from forms.findings import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedBook:
    """A workbook for another program. Errors: do not use it; warnings: what it does not hold."""

    path: Path
    findings: tuple[Finding, ...]


class CarryApi(Protocol):
    @property
    def providers(self) -> Sequence[str]:
        """Codes of the programs whose workbook can be written."""
        ...

    def workbook(self, dossier_id: str, provider: str, out: Path) -> CarriedBook:
        """The draft in that program's import layout, in the folder; signed or not."""
        ...
