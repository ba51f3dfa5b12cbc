"""One person of two months, and the making of what is proposed or asked about them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from forms.codes import code_list
from forms.model import Period, Row
from forms.months.calendar import Due
from forms.months.data import fields, notes
from forms.months.delta import FieldChange
from forms.months.model import (
    AnswerKind,
    Cost,
    Evidence,
    Option,
    PersonRef,
    PersonState,
    Proposed,
    Question,
    Values,
)
from forms.months.notes import note
from forms.months.papers import papers
from resources.faults import Param

_LESS = frozenset({"GH", "GD", "GC", "SB", "TU", "KL", "OF", "TS"})
TK1_WITH = frozenset({"TM", "TH", "TD", "TC"})
PAST = frozenset({"AD", "SB", "TT", "TU", "AT"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What is known besides the two lists."""

    period: Period
    region: int | None = None
    """minimum-wage region of the unit; None: not known"""
    today: date | None = None
    declared: Sequence[Row] = ()
    """main-list rows of the unit's dossiers for the period"""
    old_month: Period | None = None
    """the month that the old list is of, where it can be told"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Somebody before and after; one of both may be missing."""

    id: str
    old: PersonState | None
    new: PersonState | None
    changes: Mapping[str, FieldChange] = field(default_factory=dict)
    household_changed: bool = False
    setting: Setting

    @property
    def period(self) -> Period:
        return self.setting.period

    @property
    def person(self) -> PersonState:
        found = self.new or self.old
        if found is None:
            raise ValueError("a case of nobody")
        return found

    @property
    def before(self) -> Values:
        return self.old.values if self.old else {}

    @property
    def after(self) -> Values:
        return self.new.values if self.new else {}

    @property
    def ref(self) -> PersonRef:
        return ref_of(self.person)

    def changed(self, keys: Iterable[str]) -> tuple[str, ...]:
        return tuple(key for key in keys if key in self.changes)

    def lacks_column(self, key: str) -> bool:
        """Whether one of the lists has no such column at all, so that its silence says nothing."""
        sides = (side for side in (self.old, self.new) if side is not None)
        return any(bool(side.places) and key not in side.places for side in sides)

    def evidence(self, *keys: str) -> tuple[Evidence, ...]:
        return tuple(self._evidence(key) for key in dict.fromkeys(filter(None, keys)))

    def _evidence(self, key: str) -> Evidence:
        return Evidence(
            key=key,
            before=self.before.get(key, ""),
            after=self.after.get(key, ""),
            old=self.old.places.get(key) if self.old else None,
            new=self.new.places.get(key) if self.new else None,
        )


def ref_of(person: PersonState) -> PersonRef:
    values = person.values
    return PersonRef(
        name=values.get("ho_ten", ""),
        social_number=values.get("ma_so_bhxh", ""),
        citizen_id=values.get("cccd", ""),
        birth=values.get("ngay_sinh", ""),
        roster_id=person.roster_id,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A movement before its row is written."""

    code: str
    """phương án; empty for TK1-TS alone"""
    start: Period
    last: Period | None = None
    reason: str
    params: Mapping[str, Param] = field(default_factory=dict)
    keys: tuple[str, ...] = ()
    """fields that are its evidence"""
    cost: Cost | None = None
    due: Due | None = None
    kind: str = ""
    """variant of the note; empty: that of the phương án"""
    known: Mapping[str, str] = field(default_factory=dict)
    """values for the note's placeholders"""
    more: Mapping[str, str] = field(default_factory=dict)
    """further values of the row"""
    less: bool = False
    """whether the wage goes down"""
    note: str | None = None
    """typed by the user: goes instead of the template's"""
    procedure: str = ""


def proposed(case: Case, plan: Plan) -> Proposed:
    values = row_of(case, plan)
    late = plan.code in PAST or (bool(plan.code) and plan.start < case.period)
    with_tk1 = plan.code in TK1_WITH or not plan.code
    return Proposed(
        id=movement_id(case, plan),
        person=case.ref,
        phuong_an=plan.code,
        from_month=plan.start,
        to_month=plan.last,
        reason=plan.reason,
        params=plan.params,
        evidence=case.evidence(*plan.keys),
        cost=plan.cost,
        deadline=plan.due.day if plan.due else None,
        deadline_source=plan.due.source if plan.due else None,
        values=values,
        papers=papers(plan.code, values, plan.start, less=_is_less(plan)) if late else (),
        household=case.person.household if with_tk1 else (),
        procedure=plan.procedure or notes().procedure.get(plan.code, notes().procedure["default"]),
    )


def movement_id(case: Case, plan: Plan) -> str:
    months = f"{plan.start.iso}-{plan.last.iso}" if plan.last else plan.start.iso
    return f"{case.id}-{plan.code or plan.procedure}-{months}"


def _is_less(plan: Plan) -> bool:
    return plan.less or plan.code in _LESS


def row_of(case: Case, plan: Plan) -> Values:
    """The person's row with the movement in it; empty fields left out."""
    own = fields().movement
    written = note(plan.kind or plan.code, case.person.values, plan.known)
    loai = _loai(plan)
    moved = {
        "phuong_an": plan.code,
        "ten_phuong_an": _name("phuong_an", plan.code),
        "loai": loai,
        "ten_loai": _name("loai", loai),
        "tu_thang": plan.start.wire if plan.code else "",
        "den_thang": plan.last.wire if plan.last else "",
        "ghi_chu": written.text if plan.note is None else plan.note,
        "kem_tk1": "1" if plan.code in TK1_WITH or not plan.code else "",
        "tinh_lai": "0" if plan.code else "",
        **plan.more,
    }
    kept = {key: text for key, text in case.person.values.items() if text and key not in own}
    kept |= moved
    for key in [key for key, text in moved.items() if not text]:
        del kept[key]
    return kept


def _loai(plan: Plan) -> str:
    table = notes().loai
    if plan.less and f"{plan.code}.less" in table:
        return table[f"{plan.code}.less"]
    return table.get(plan.code, "")


@cache
def _name(codes: str, code: str) -> str:
    return (code_list(codes).name_of(code) or "") if code else ""


def question(
    case: Case,
    code: str,
    options: Iterable[Option] = (),
    *,
    keys: Iterable[str] = (),
    **params: Param,
) -> Question:
    """About one person; ``code`` is also a part of its id."""
    return Question(
        id=f"{case.id}?{code.rpartition('.')[2]}",
        code=code,
        params=params,
        person=case.ref,
        evidence=case.evidence(*keys),
        options=tuple(options),
    )


def option(found: Sequence[Proposed], words: str = "") -> Option:
    """The first movement with what goes along."""
    first = found[0]
    return Option(
        id=first.phuong_an or first.procedure,
        words=words or f"months.option.{first.phuong_an or 'TK1'}",
        kind=AnswerKind.MOVEMENT,
        movement=first,
        also=tuple(found[1:]),
    )


def nothing(words: str) -> Option:
    return Option(id="nothing", words=words, kind=AnswerKind.NOTHING)
