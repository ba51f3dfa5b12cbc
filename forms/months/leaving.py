"""People who are gone, or away: GH, GD, GC, KL, OF, TS, ON; SB and TT beside them."""

from collections.abc import Iterator

from forms.model import Period
from forms.months import calendar
from forms.months.case import Case, Plan, nothing, option, proposed, question
from forms.months.data import fields, rule
from forms.months.model import Cost, Proposed, Question
from forms.months.pay import ABSENT, BHYT_ALONE, Side, difference
from forms.months.span import months_between
from forms.months.standing import variant
from forms.rules.tables import series

GONE = ("GH", "GD", "GC")
AWAY = ("KL", "OF", "TS")
_DIED = "GH4"
_AFTER_LEAVE = "GH3"
_PERSON = ("ho_ten", "ma_so_bhxh", "cccd")
Found = Proposed | Question


def missing(case: Case, *, leave: str) -> Iterator[Found]:
    """Not in the new list, and nobody says why. ``leave``: phương án of a leave before."""
    first = gone_since(case)
    if calendar.death(case.before) is not None:
        yield from departures(case, "GH", first, kind=_DIED, leave=leave)
        return
    kind = _AFTER_LEAVE if leave else ""
    options = [
        option(departures(case, code, first, kind=kind if code == "GH" else "", leave=leave))
        for code in GONE
    ]
    options.append(nothing("months.option.left_out"))
    yield question(case, "months.ask.left", options, keys=_PERSON, month=first.wire)


def gone_since(case: Case) -> Period:
    """The first month not due: by the day of death, or a contract that ended just then."""
    last = calendar.death(case.person.values) or calendar.last_day(case.before)
    near = (case.period.plus(-1), case.period)
    if last is None or Period.of(last) not in near:
        return case.period
    return calendar.gone_from(last)


def departures(
    case: Case,
    code: str,
    first: Period,
    *,
    kind: str = "",
    leave: str = "",
    reason: str = "",
    note: str | None = None,
) -> tuple[Proposed, ...]:
    """The decrease, and earlier months that were paid without being due."""
    later = first < case.period
    start = max(first, case.period)
    values = case.before or case.after
    keys = _PERSON + tuple(key for key in ("hdld_xdth_den_ngay", "ngay_chet") if values.get(key))
    said = tuple(key for key in ("phuong_an", "tu_thang", "ghi_chu") if case.after.get(key))
    death = case.person.values.get("ngay_chet", "")
    plan = Plan(
        code=code,
        start=start,
        reason=reason or f"months.reason.{kind or code}",
        keys=(*keys, *said),
        cost=_less(case, leave, (case.period,) if start <= case.period else ()),
        due=calendar.money_due(case.period),
        kind=kind or variant(code, case.after.get("ghi_chu", ""), case.before.get("ghi_chu", "")),
        more={"ngay_chet": death},
        note=note,
    )
    found = [proposed(case, plan)]
    if later:
        found.append(_taken_back(case, first, leave))
    return tuple(found)


def _taken_back(case: Case, first: Period, leave: str) -> Proposed:
    last = case.period.plus(-1)
    plan = Plan(
        code=rule("past-months", case.period).value["decrease"],
        start=first,
        last=last,
        reason="months.reason.SB",
        params={"first": first.wire, "last": last.wire},
        keys=("hdld_xdth_den_ngay", "tu_thang"),
        cost=_less(case, leave, months_between(first, last)),
        due=calendar.money_due(case.period),
    )
    return proposed(case, plan)


def _less(case: Case, leave: str, months: tuple[Period, ...]) -> Cost:
    before = Side(values=case.before or case.after, leave=leave)
    return difference(before, ABSENT, months, region=case.setting.region)


def away(
    case: Case,
    code: str,
    *,
    key: str,
    since: Period | None = None,
    reason: str = "",
    note: str | None = None,
) -> tuple[Proposed, ...]:
    """Sick, maternity, unpaid. ``key``: the field that says so."""
    first = since or case.period
    cost = difference(
        Side(values=case.before or case.after),
        Side(values=case.after, leave=code),
        months_between(first, case.period),
        region=case.setting.region,
    )
    plan = Plan(
        code=code,
        start=first,
        reason=reason or f"months.reason.{code}",
        params={} if reason or code == "TS" else {"days": _days(case.period)},
        keys=(key, *_days_key(case)),
        cost=cost,
        due=calendar.money_due(case.period),
        note=note,
    )
    return (proposed(case, plan),)


def back(
    case: Case,
    leave: str,
    *,
    key: str,
    reason: str = "",
    since: Period | None = None,
    note: str | None = None,
) -> tuple[Proposed, ...]:
    """ON, and AD for months in which the person worked already."""
    first = since or case.period
    months = months_between(max(first, case.period), case.period)
    plan = Plan(
        code="ON",
        start=max(first, case.period),
        reason=reason or "months.reason.ON",
        keys=(key, *case.changed(("tien_luong",))),
        cost=_more(case, leave, months),
        due=calendar.money_due(case.period),
        kind=f"ON.{leave}" if leave in AWAY else "",
        note=note,
    )
    found = [proposed(case, plan)]
    if first < case.period:
        last = case.period.plus(-1)
        earlier = Plan(
            code=rule("past-months", case.period).value["increase"],
            start=first,
            last=last,
            reason="months.reason.AD",
            params={"first": first.wire, "last": last.wire},
            keys=(key, "tu_thang"),
            cost=_more(case, leave, months_between(first, last)),
            due=calendar.money_due(case.period),
        )
        found.append(proposed(case, earlier))
    return tuple(found)


def _more(case: Case, leave: str, months: tuple[Period, ...]) -> Cost:
    before = Side(values=case.before, leave=leave) if case.old else ABSENT
    return difference(before, Side(values=case.after), months, region=case.setting.region)


def bhyt_row(case: Case, code: str, first: Period, last: Period) -> Iterator[Question]:
    """Some decreases are sent with a row of BHYT money beside them; nobody knows for sure."""
    entry = rule("bhyt-row", case.period)
    if code not in entry.value["with"]:
        return
    values = case.before or case.after
    plan = Plan(
        code=entry.value["row"],
        start=first,
        last=last,
        reason="months.reason.TT",
        params={"movement": code},
        cost=difference(
            ABSENT,
            Side(values=values),
            months_between(first, last),
            region=case.setting.region,
            funds=BHYT_ALONE,
        ),
        due=calendar.money_due(case.period),
    )
    options = (nothing("months.option.no_bhyt_row"), option((proposed(case, plan),)))
    yield question(
        case,
        "months.ask.bhyt_row",
        options,
        movement=code,
        source=entry.source.document,
        note=entry.source.note,
    )


def _days(period: Period) -> int:
    days: int = series("special", "unpaid-days").at(period).value
    return days


def _days_key(case: Case) -> tuple[str, ...]:
    return tuple(key for key in fields().unpaid_days if case.after.get(key))
