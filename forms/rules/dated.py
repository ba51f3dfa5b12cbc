"""Dated values: what held in a month, where it is written, and how sure that is.

Pure types; loading is in ``forms.rules.tables``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from forms.model import Period
from resources.faults import Fault

Value = TypeVar("Value")


class Confidence(StrEnum):
    """Grade of a legal fact; anything but certain is shown as such."""

    CERTAIN = "C"
    LIKELY = "L"
    UNVERIFIED = "U"


class RuleMissing(Fault):
    """No row is in force: the question cannot be checked. Code ``rules.missing``."""

    exit_code = 1


class RulesBroken(Fault):
    """The rule data contradicts itself. Code ``rules.broken``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The row an answer rests on."""

    table: str
    """file under ``resources/rules`` without its ending"""
    key: str
    """series inside the table, such as ``base_salary``"""
    valid_from: Period
    document: str
    article: str
    confidence: Confidence
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Generic[Value]):
    """A value with the months it holds for; ``valid_to`` None: until the next row."""

    value: Value
    valid_from: Period
    valid_to: Period | None
    source: Source

    def holds(self, month: Period) -> bool:
        return self.valid_from <= month and (self.valid_to is None or month <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Series(Generic[Value]):
    """Rows of one key, oldest first, without gap or overlap."""

    table: str
    key: str
    entries: Sequence[Entry[Value]]

    def at(self, month: Period) -> Entry[Value]:
        """The row in force in ``month``. Raises RuleMissing."""
        for entry in reversed(self.entries):
            if entry.holds(month):
                return entry
        raise RuleMissing("rules.missing", rule=f"{self.table}/{self.key}", month=month.wire)

    def covers(self, month: Period) -> bool:
        return any(entry.holds(month) for entry in self.entries)
