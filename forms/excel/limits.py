"""How much a workbook may ask of this computer before it is refused.

A full list of 100,000 people in 82 columns stays well below each of these.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    file_bytes: int = 100 * 1024 * 1024
    parts: int = 5_000
    unpacked_bytes: int = 1024 * 1024 * 1024
    ratio: int = 200
    """unpacked to packed, counted only above ``ratio_from_bytes``"""
    ratio_from_bytes: int = 16 * 1024 * 1024
    string_bytes: int = 256 * 1024
    """one shared string with its markup (Excel itself stops at 32,767 letters)"""
    text_bytes: int = 1024 * 1024 * 1024
    """all cells' text as the reader lays it out, each shared string as often as it is used"""
    records: int = 20_000_000
    """of a binary workbook"""
    rows: int = 150_000
    columns: int = 1_024
    cells: int = 20_000_000
    """last row times last column, as the reader lays a sheet out"""


LIMITS = Limits()
