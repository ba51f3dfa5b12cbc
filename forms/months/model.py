"""Snapshots of two months, their difference, and the movements proposed for it. Frozen values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from forms.model import Period
from forms.rules.dated import Source
from resources.faults import Param

Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of a workbook, 1-based row; ``sheet`` empty for the roster kept in the program."""

    sheet: str = ""
    row: int | None = None
    column: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonState:
    """One person as a month's list has them."""

    values: Values
    """flat, keys as in a draft's ``lao_dong`` part, and those of ``forms.roster.model``"""
    household: tuple[Values, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)
    """field key → where it was read"""
    roster_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Everybody of one month. ``people`` in their own order."""

    name: str
    """of the workbook, or of the month"""
    people: Sequence[PersonState]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRef:
    """Who is meant: enough to find them on the screen; never written to a log."""

    name: str
    social_number: str
    citizen_id: str
    birth: str
    roster_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One field that speaks for a movement; a place is None where the month lacks the person."""

    key: str
    before: str
    after: str
    old: Place | None
    new: Place | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What the movement changes in what is owed for the period, đồng (negative: less)."""

    employer: int
    employee: int
    sources: tuple[Source, ...] = ()
    unknown: str = ""
    """code of the reason where it could not be computed; the amounts are 0 then"""

    @property
    def total(self) -> int:
        return self.employer + self.employee


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """One movement that the difference calls for."""

    id: str
    """stable for the same two snapshots and period"""
    person: PersonRef
    phuong_an: str
    from_month: Period
    to_month: Period | None
    reason: str
    """code of ``resources/messages``"""
    params: Mapping[str, Param]
    evidence: tuple[Evidence, ...]
    cost: Cost | None
    deadline: date | None
    deadline_source: Source | None
    values: Values
    """the row it becomes in the part ``lao_dong``, notes filled from the templates"""
    papers: tuple[Values, ...] = ()
    """rows of the part ``bang_ke``"""
    household: tuple[Values, ...] = ()
    """rows of the part ``phu_luc``"""
    procedure: str = "600"
    """into whose dossier the row goes; ``phuong_an`` is empty where it is TK1-TS alone"""


class AnswerKind(StrEnum):
    """What answering a question with one of its options does."""

    MOVEMENT = "movement"
    """the option's ``phuong_an`` is declared"""
    NOTHING = "nothing"
    """nothing is declared"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """``words`` is a code of ``resources/messages``; ``movement`` is taken when it is chosen."""

    id: str
    words: str
    kind: AnswerKind
    movement: Proposed | None = None
    also: tuple[Proposed, ...] = ()
    """further movements that go with it: earlier months, or everybody of a first month"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something that the two months do not say by themselves."""

    id: str
    code: str
    """code of ``resources/messages``"""
    params: Mapping[str, Param]
    person: PersonRef | None
    """None: about the whole month, such as a missing one"""
    evidence: tuple[Evidence, ...] = ()
    options: tuple[Option, ...] = ()
    """empty: it is only said aloud"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Everything that the month calls for."""

    period: Period
    movements: tuple[Proposed, ...]
    questions: tuple[Question, ...]
    unchanged: int
    """people without a difference"""
