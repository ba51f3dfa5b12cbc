"""What an import yields."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from forms.findings import Finding
from forms.model import Dossier

Progress = Callable[[int, int], None]
"""called with (done, in all); raising from it cancels the work"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """``dossier`` is None when nothing could be read and nothing was stored."""

    dossier: Dossier | None
    findings: tuple[Finding, ...]
    rows: int
    people: int
    report: Path | None = None
    """the error workbook, when one was asked for"""
