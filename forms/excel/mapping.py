"""Which column of a workbook is which field: guessed, confirmed by a person, kept in a file."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnGuess:
    """One column as the program understands it."""

    column: str
    """letters"""
    heading: str
    """as it stands, a heading over several rows joined by `` / ``"""
    field: str | None
    """field key of the part ``lao_dong`` (or the roster); None: taken for nothing"""
    confidence: float
    """0 … 1"""
    samples: tuple[str, ...] = ()
    """some values as they are shown, for the person who confirms"""
    why: str = ""
    """code of ``resources/messages``: by heading, by content, remembered …"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetGuess:
    """A sheet that looks like a list of people; rows are 1-based."""

    sheet: str
    header_row: int
    """the last row of the heading"""
    first_data_row: int
    columns: tuple[ColumnGuess, ...]
    rows: int
    """how many rows look like data"""
    layout: str | None = None
    """code of the known layout where it is one"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMapping:
    """What a person confirmed. The file form is TOML: ``sheet``, ``header_row``,
    ``first_data_row`` and a table ``[columns]`` of letters → field key."""

    sheet: str
    header_row: int
    first_data_row: int
    columns: Mapping[str, str]
    """letters → field key; what is left out is not read"""
