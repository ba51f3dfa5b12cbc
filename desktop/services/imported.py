"""What an import yields."""

from dataclasses import dataclass
from pathlib import Path

from desktop.services.roster_api import Step
from forms.findings import Finding
from forms.model import Dossier, Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """``dossier`` is None when nothing could be read and nothing was stored."""

    dossier: Dossier | None
    findings: tuple[Finding, ...]
    rows: int
    people: int
    report: Path | None = None
    """the error workbook, when one was asked for"""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """What taking a list into the roster yields. ``step`` is None when nothing was new there, or
    nothing could be read."""

    step: Step | None
    findings: tuple[Finding, ...]
    """of cells; nothing that only a declaration asks for"""
    rows: int
    people: int
    since: Period
    """from when those take part of whom the list says nothing"""
    assumed: int = 0
    """how many these are"""
    report: Path | None = None
