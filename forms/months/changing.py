"""People of both months: wage (DC), title (CD), contract, and what TK1-TS is for."""

from collections.abc import Iterator
from decimal import Decimal

from forms.model import Period
from forms.months import calendar
from forms.months.case import Case, Plan, nothing, option, proposed, question
from forms.months.data import Tk1Group, fields, notes
from forms.months.model import Proposed, Question
from forms.months.pay import Side, difference, number
from forms.months.span import months_between
from forms.numbers import citizen_id, social_number

_OTHER_PERSON = frozenset({"ho_ten", "ngay_sinh"})
Found = Proposed | Question


def wage_keys(case: Case) -> tuple[str, ...]:
    """Wage fields whose amount is another one."""
    return tuple(key for key in case.changed(fields().wage) if _other_amount(case, key))


def title_keys(case: Case) -> tuple[str, ...]:
    return tuple(key for key in case.changed(fields().title) if _other_words(case, key))


def changing(case: Case) -> Iterator[Found]:
    """Somebody who worked and works, and says nothing of a movement."""
    wage, title = wage_keys(case), title_keys(case)
    doubt = _wage_doubt(case, wage)
    if doubt:
        found = adjusted(case, "DC", wage, title)
        yield question(case, doubt, (option(found), nothing("months.option.no_change")), keys=wage)
    elif wage:
        yield from adjusted(case, "DC", wage, title)
    elif title:
        yield from adjusted(case, "CD", (), title)
    elif contract := _contract(case):
        options = (
            nothing("months.option.contract_only"),
            option(adjusted(case, "CD", (), contract)),
        )
        yield question(case, "months.ask.contract", options, keys=contract)


def adjusted(
    case: Case,
    code: str,
    wage: tuple[str, ...],
    title: tuple[str, ...],
    *,
    since: Period | None = None,
    reason: str = "",
    note: str | None = None,
) -> tuple[Proposed, ...]:
    """DC or CD. A rise that reaches back is one row from its first month: the law owes the
    difference for each month (NĐ 158/2025/NĐ-CP, Điều 8)."""
    first = since or case.period
    less = bool(wage) and _total(case, before=False) < _total(case, before=True)
    cost = difference(
        Side(values=case.before),
        Side(values=case.after),
        months_between(first, case.period),
        region=case.setting.region,
    )
    due = calendar.retro_due if first < case.period else calendar.money_due
    plan = Plan(
        code=code,
        start=first,
        reason=reason or _reason(wage, title, less=less),
        params={} if reason else _amounts(case, wage, title),
        keys=(*wage, *title),
        cost=cost,
        due=due(case.period),
        less=less,
        note=note,
    )
    return (proposed(case, plan),)


def _reason(wage: tuple[str, ...], title: tuple[str, ...], *, less: bool) -> str:
    if not wage:
        return "months.reason.CD"
    if title:
        return "months.reason.wage_and_title"
    if not fields().whole_wage.intersection(wage):
        return "months.reason.allowance"
    return "months.reason.wage_down" if less else "months.reason.wage_up"


def _amounts(case: Case, wage: tuple[str, ...], title: tuple[str, ...]) -> dict[str, str]:
    key = (wage or title)[0] if wage or title else ""
    before, after = case.before.get(key, ""), case.after.get(key, "")
    if wage:
        before, after = _shown(before), _shown(after)
    told = {"before": before, "after": after}
    if wage and title:
        told |= {"title": case.after.get(title[0], "")}
    return told


def _shown(amount: str) -> str:
    found = number(amount)
    if found is None or found != found.to_integral_value() or found < 1000:  # a coefficient
        return amount or "0"
    return f"{int(found):,}".replace(",", ".") + " đ"


def _total(case: Case, *, before: bool) -> Decimal:
    """Only to tell up from down: the wage, and with the same wage the allowances."""
    values = case.before if before else case.after
    amounts = [number(values.get(key, "")) or Decimal(0) for key in fields().wage]
    return amounts[0] * 10**6 + sum(amounts[1:])


def _wage_doubt(case: Case, wage: tuple[str, ...]) -> str:
    """A wage that one of both months does not have is no wage change."""
    if not fields().whole_wage.intersection(wage):
        return ""
    before = number(case.before.get("tien_luong", ""))
    after = number(case.after.get("tien_luong", ""))
    if not after:
        return "months.ask.wage_lost"
    return "" if before else "months.ask.wage_before_unknown"


def _other_amount(case: Case, key: str) -> bool:
    if case.lacks_column(key):
        return False
    before, after = case.before.get(key, ""), case.after.get(key, "")
    if key not in fields().whole_wage:
        before, after = before or "0", after or "0"
    one, other = number(before), number(after)
    return before != after if one is None or other is None else one != other


def _other_words(case: Case, key: str) -> bool:
    """Filled on both sides and different: a column that a list does not have changes nobody."""
    before, after = (
        " ".join(side.get(key, "").casefold().split()) for side in (case.before, case.after)
    )
    return bool(before) and bool(after) and before != after


def _contract(case: Case) -> tuple[str, ...]:
    changed = case.changed(fields().contract)
    before, after = (
        any(side.get(key) for key in fields().contract) for side in (case.before, case.after)
    )
    return changed if before and after else ()


def details(case: Case) -> Iterator[Found]:
    """Identity, numbers, addresses, clinic and household: TK1-TS rather than a movement."""
    told: dict[str, tuple[str, ...]] = {}
    for group in fields().tk1:
        keys = tuple(key for key in case.changed(group.keys) if _declared(case, key))
        told[group.procedure] = (*told.get(group.procedure, ()), *keys)
        if _OTHER_PERSON.issubset(keys):
            yield _other_person(case, group, keys)
            return
    household = case.household_changed
    for procedure, keys in told.items():
        if keys or household:
            yield _tk1(case, procedure, keys, household=household)
            household = False


def _declared(case: Case, key: str) -> bool:
    if key == "ma_so_bhxh" and _converted(case):
        return False
    return _other_words(case, key)


def _converted(case: Case) -> bool:
    """The agency put the personal number in the place of the one of 10 digits."""
    lengths = [len(side.get("ma_so_bhxh", "")) for side in (case.before, case.after)]
    return lengths == [social_number.LENGTH, citizen_id.LENGTH]


def _tk1(case: Case, procedure: str, keys: tuple[str, ...], *, household: bool) -> Proposed:
    words = notes().tk1
    parts = [
        words["one"].format(
            field=notes().tk1_fields[key], before=case.before[key], after=case.after[key]
        )
        for key in keys
    ]
    if household:
        parts.append(words["household"])
    clinic = procedure != fields().tk1[0].procedure
    plan = Plan(
        code="",
        start=case.period,
        reason="months.reason.clinic" if clinic else "months.reason.tk1",
        params={"count": len(parts)},
        keys=keys,
        due=calendar.clinic_due(case.period, case.setting.today) if clinic else None,
        more={"noi_dung_thay_doi": words["join"].join(parts)},
        procedure=procedure,
    )
    return proposed(case, plan)


def _other_person(case: Case, group: Tk1Group, keys: tuple[str, ...]) -> Question:
    """The same number, but name and birth are other ones: a correction, or another person."""
    options = (
        option((_tk1(case, group.procedure, keys, household=False),)),
        nothing("months.option.check_number"),
    )
    return question(case, "months.ask.other_person", options, keys=keys)
