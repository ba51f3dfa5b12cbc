"""What comparing yields: each difference with its explanation, or marked as unexplained."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from forms.findings import Finding
from forms.model import Period
from forms.reconcile.notice import Column, Place
from forms.rules.dated import Source
from resources.faults import Param


class Subject(StrEnum):
    """What was compared."""

    HEADCOUNT = "headcount"
    """B.1: people by fund"""
    WAGE_FUND = "wage_fund"
    """B.2: đồng"""
    DUE = "due"
    """B.3: đồng of the month"""
    EARLIER = "earlier"
    """B.4: đồng of earlier months"""
    PRESENCE = "presence"
    """D09-TS: 1 when the person stands in the list as taking part, else 0"""
    BASE = "base"
    """D09-TS: đồng"""

    @property
    def is_money(self) -> bool:
        return self not in {Subject.HEADCOUNT, Subject.PRESENCE}


class Kind(StrEnum):
    """Why the two sides differ."""

    MOVEMENT = "movement"
    MONTH = "month"
    ROUNDING = "rounding"
    UNEXPLAINED = "unexplained"


class Reason(StrEnum):
    """Explanation codes; each has its words in ``resources/messages/reconcile.toml``."""

    NOT_COUNTED = "reconcile.movement_not_counted"
    ARREARS_NOT_COUNTED = "reconcile.arrears_not_counted"
    ARREARS_IN_MONTH = "reconcile.arrears_in_month"
    CHARGE = "reconcile.charge"
    PEOPLE = "reconcile.people_differ"
    AHEAD = "reconcile.counted_ahead"
    ARREARS_FEWER = "reconcile.arrears_month_fewer"
    ARREARS_MORE = "reconcile.arrears_month_more"
    OTHER_RULES = "reconcile.rules_of_other_month"
    ROUNDED = "reconcile.rounding"
    UNEXPLAINED = "reconcile.unexplained"
    UNEXPLAINED_PEOPLE = "reconcile.unexplained_people"


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """``params`` fill the words of ``reason``; never a name or a number of a person."""

    kind: Kind
    reason: Reason
    params: Mapping[str, Param]
    people: tuple[str, ...] = ()
    """keys of the people it is about"""
    alternatives: int = 1
    """how many different groups of people would explain it equally well; ``people`` are all"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Of whom a line of D09-TS speaks."""

    key: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """đồng, or people."""

    subject: Subject
    column: Column | None
    ours: int
    theirs: int
    explanation: Explanation
    person: Person | None = None
    place: Place | None = None
    """where their figure stands; None where nothing stands"""
    line: str = ""
    """of C12-TS, such as ``B.3``"""

    @property
    def amount(self) -> int:
        """Theirs less ours."""
        return self.theirs - self.ours


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """One unit and month held against the agency's notices."""

    unit_code: str
    period: Period
    differences: tuple[Difference, ...]
    compared: int
    """figures that were compared, the equal ones among them"""
    findings: tuple[Finding, ...]
    """why something could not be compared"""
    sources: tuple[Source, ...]
    """rows of the rule data that our side was computed with"""
    notices: tuple[str, ...]
    """file names of what was compared with"""

    @property
    def unexplained(self) -> tuple[Difference, ...]:
        return tuple(d for d in self.differences if d.explanation.kind is Kind.UNEXPLAINED)
