"""What stands on the cover sheet that goes with a carried dossier. The words come from outside."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CoveredFile:
    """A file of the folder, told so that it can be compared."""

    name: str
    about: str
    """kind and size in words"""
    sha256: str
    """lower-case hex"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverSheet:
    """One to some pages of A4, in this order."""

    title: str
    facts: tuple[tuple[str, str], ...]
    """(label, text): unit, procedure, period …"""
    files_title: str
    files: tuple[CoveredFile, ...]
    signers_title: str
    signers: tuple[str, ...]
    """a line for each certificate that signed"""
    note: str
    places: tuple[tuple[str, str], ...]
    """(who signs on paper, what to write under it), side by side"""
    made: datetime
    """with a time zone; the same sheet made at the same time is the same file"""
