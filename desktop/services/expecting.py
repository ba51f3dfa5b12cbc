"""What our own dossiers say of a unit's month, for comparing with the agency's notices.

The people are followed through every dossier filed up to the month, in order. What was never
declared here is not known here: a unit that began with the program last month knows only what it
has declared since, and the comparison will say «unexplained» for the rest.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from desktop.services.ports import Reading, Store
from forms.model import Dossier, Part, Period, Row
from forms.movements import Kind, movement
from forms.reconcile.expected import (
    Arrears,
    Coming,
    Expected,
    Month,
    Movement,
    changed_months,
    moved,
)
from forms.rules.persons import CoefficientPay, Group, PersonMonth
from forms.states import FILED

COEFFICIENT_BELOW = 100
"""a wage up to this is a coefficient, as the agency's portal reads it"""
STARTS = frozenset({Kind.INCREASE, Kind.RETURN})
ENDS = frozenset({Kind.DECREASE, Kind.LEAVE})


@dataclass(slots=True)
class Known:
    """One person as the dossiers tell, month after month."""

    key: str
    name: str
    birth: str = ""
    also: set[str] = field(default_factory=set)
    now: Month | None = None
    movement: Movement | None = None
    coming: Coming | None = None
    arrears: list[Arrears] = field(default_factory=list)

    def expected(self) -> Expected:
        return Expected(
            key=self.key,
            name=self.name,
            birth=self.birth,
            also=tuple(sorted(self.also)),
            now=self.now,
            movement=self.movement,
            coming=self.coming,
            arrears=tuple(self.arrears),
        )


@dataclass(frozen=True, slots=True)
class ExpectedFromDossiers:
    """Reads the store; changes nothing."""

    store: Store

    def __call__(self, unit_code: str, period: Period) -> tuple[Expected, ...]:
        with self.store.reading() as work:
            region = work.units.get(unit_code).region
            rows = list(declared(work, unit_code, period))
        return tuple(follow(rows, period, region))


def declared(work: Reading, unit_code: str, period: Period) -> Iterator[tuple[Dossier, Row]]:
    """Rows of every dossier that the agency has, oldest first."""
    filed = (each for each in work.dossiers.all(unit_code) if each.state in FILED)
    for dossier in sorted(filed, key=lambda each: (each.period, each.batch)):
        if dossier.period <= period:
            for row in work.dossiers.draft(dossier.id).rows(Part.LAO_DONG):
                yield dossier, row


def follow(rows: Iterable[tuple[Dossier, Row]], period: Period, region: int) -> Iterator[Expected]:
    people: dict[str, Known] = {}
    for dossier, row in rows:
        key = row.get("ma_so_bhxh") or row.get("cccd") or row.get("ho_ten")
        known = people.setdefault(key, Known(key=key, name=row.get("ho_ten")))
        known.birth = row.get("ngay_sinh") or known.birth
        known.also |= {number for number in (row.get("cccd"),) if number and number != key}
        if dossier.period < period:
            known.now = after(known.now, row, dossier.period, region)
        else:
            report(known, row, period, region)
    for known in people.values():
        yield replaced_month(known, period)


def replaced_month(known: Known, period: Period) -> Expected:
    known.now = moved(known.now, period)
    return known.expected()


def after(now: Month | None, row: Row, period: Period, region: int) -> Month | None:
    """The person's month once the row has begun."""
    told = movement(row.get("phuong_an"))
    if told is None:
        return now
    if told.kind in ENDS:
        return None
    if told.kind in STARTS or (told.kind is Kind.ADJUSTMENT and now is not None):
        return paid(row, period, region) or now
    return now


def report(known: Known, row: Row, period: Period, region: int) -> None:
    """What was reported in the month itself: it may begin now, later, or reach back."""
    code, since = row.get("phuong_an"), month(row.get("tu_thang")) or period
    before, changed = moved(known.now, period), after(known.now, row, period, region)
    changed = moved(changed, period)
    if reaches_back(known, row, since, period, region):
        return
    if since > period:
        known.coming = Coming(code=code, since=since, after=changed)
        return
    if changed != before:
        known.movement = Movement(code=code, since=since, before=before)
        known.now = changed
    if since < period and changed != before:
        earlier = changed_months(first=since, last=period.plus(-1), after=changed, before=before)
        known.arrears.append(Arrears(code=code, changes=earlier))


def reaches_back(known: Known, row: Row, since: Period, period: Period, region: int) -> bool:
    """AD and SB add or take away past months and leave the month alone."""
    told = movement(row.get("phuong_an"))
    if told is None or told.kind is not Kind.RETRO or since >= period:
        return False
    last = month(row.get("den_thang")) or period.plus(-1)
    pay = paid(row, since, region)
    added = told.code == "AD"
    changes = changed_months(
        first=since,
        last=max(since, min(last, period.plus(-1))),
        after=pay if added else None,
        before=None if added else pay,
    )
    if pay is not None:
        known.arrears.append(Arrears(code=told.code, changes=changes))
    return True


def paid(row: Row, period: Period, region: int) -> PersonMonth | None:
    """The wage of a row for the rule engine; None where it is no number."""
    wage = decimal(row.get("tien_luong"))
    if wage is None:
        return None
    by_coefficient = wage <= COEFFICIENT_BELOW
    allowances = sum(int(decimal(row.get(key)) or 0) for key in ALLOWANCES)
    return PersonMonth(
        group=Group.STANDARD,
        month=period,
        region=int(row.get("ma_vung_ltt") or region),
        wage=0 if by_coefficient else int(wage),
        allowance=allowances,
        coefficient=coefficient(row, wage) if by_coefficient else None,
    )


ALLOWANCES = ("phu_cap_luong", "phu_cap_bo_sung")


def coefficient(row: Row, scale: Decimal) -> CoefficientPay:
    return CoefficientPay(
        scale=scale,
        position=decimal(row.get("phu_cap_cv")) or Decimal(0),
        seniority=decimal(row.get("phu_cap_tnvk")) or Decimal(0),
        trade=decimal(row.get("phu_cap_tn_nghe")) or Decimal(0),
    )


def decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None


def month(text: str) -> Period | None:
    try:
        return Period.parse(text) if text else None
    except ValueError:
        return None
