"""People and what is known of them over time. Frozen values; text as in ``forms.model``.

A field is either of the person (name, numbers, addresses, clinic, bank account) or of one of the
tracks (contract, work, wage, participation), whose values have an effective date and a history.
The fields themselves are data: ``resources/roster/fields.toml``. Keys that also stand in a
declaration are spelt as there (``ho_ten``, ``tien_luong`` …).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from forms.model import Period

Values = Mapping[str, str]
"""field key → canonical text; empty ones left out"""


class Track(StrEnum):
    """What changes over time at the unit."""

    HOP_DONG = "hop_dong"
    """contract: kind, number, dates"""
    CONG_VIEC = "cong_viec"
    """position, workplace, department"""
    LUONG = "luong"
    """wage, coefficient and allowances"""
    THAM_GIA = "tham_gia"
    """participation: state (``dang_tham_gia`` ``active``, ``leave:TS`` …, ``absent``) and, per
    fund, ``bhxh bhyt bhtn tnld`` as ``1``/``0``"""


@dataclass(frozen=True, slots=True)
class Span:
    """Values in force from ``since`` until the next span of the same track."""

    since: date
    values: Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Employee:
    """One person of a unit with the whole history of the tracks."""

    id: int | None
    """in the data file; None for one who is new"""
    unit_code: str
    values: Values
    """of the person"""
    tracks: Mapping[Track, tuple[Span, ...]] = field(default_factory=dict)
    """each ascending by ``since``, no two on one day"""
    household: tuple[Values, ...] = ()
    """members of the household, keys as in the part ``phu_luc`` of a draft"""

    def on(self, day: date) -> dict[str, str]:
        """Everything in force on that day as one flat mapping."""
        flat = dict(self.values)
        for spans in self.tracks.values():
            current = [span for span in spans if span.since <= day]
            if current:
                flat.update(current[-1].values)
        return flat

    def in_month(self, period: Period) -> dict[str, str]:
        """Everything in force at the end of the month."""
        return self.on(period.last_day)
