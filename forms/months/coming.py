"""People who are new in the month: TM, TH, TD, TC, and AD for earlier months."""

from collections.abc import Iterator
from datetime import date

from forms.model import Period
from forms.months import calendar
from forms.months.case import Case, Plan, nothing, option, proposed, question
from forms.months.data import rule
from forms.months.identity import signs_of
from forms.months.model import Cost, Proposed, Question
from forms.months.pay import ABSENT, Side, difference
from forms.months.span import months_between
from forms.numbers import social_number

_NEW, _SHORT = "TM", "TH"
_MOVED = ("TD", "TC")
_SIGNS = ("ho_ten", "ma_so_bhxh", "cccd")
_STARTS = ("hdld_tu_ngay", "hdld_xdth_tu_ngay", "hdld_xdth_den_ngay")
Found = Proposed | Question


def coming(case: Case) -> Iterator[Found]:
    """Somebody who was not there the month before and says nothing of a movement."""
    start = calendar.first_day(case.after)
    if calendar.not_covered(case.after) is not None:
        yield _too_short(case)
        return
    first = calendar.counts_from(start) if start else case.period
    if first > case.period and start is not None:
        yield _counts_later(case, start, first)
        return
    short = calendar.contract_months_short(case.after)
    if not _had_number(case):
        yield from arrivals(case, _SHORT if short else _NEW, first)
        return
    codes = (_NEW, *((_SHORT,) if short else ()), *_MOVED)
    options = [option(arrivals(case, code, first)) for code in codes]
    options.append(nothing("months.option.not_new"))
    yield question(case, "months.ask.came_from", options, keys=_SIGNS)


def arrivals(
    case: Case, code: str, first: Period, *, reason: str = "", note: str | None = None
) -> tuple[Proposed, ...]:
    """The increase from the period on, and the earlier months on a row of their own."""
    later = first < case.period
    start = calendar.first_day(case.after)
    short = calendar.contract_months_short(case.after)
    main = Plan(
        code=code,
        start=max(first, case.period),
        reason=reason or ("months.reason.new_since" if later else f"months.reason.{code}"),
        params={"month": first.wire} if later and not reason else {},
        keys=(*_SIGNS, "tien_luong", *_dates(case), *_word(case)),
        cost=_cost(case, (max(first, case.period),)),
        due=calendar.registration_due(start or first.first_day),
        known={"months": str(short)} if short else {},
        note=note,
    )
    found = [proposed(case, main)]
    if later:
        found.append(past(case, first))
    return tuple(found)


def past(case: Case, first: Period) -> Proposed:
    """Months before the period that were not declared."""
    last = case.period.plus(-1)
    code = rule("past-months", case.period).value["increase"]
    plan = Plan(
        code=code,
        start=first,
        last=last,
        reason="months.reason.AD",
        params={"first": first.wire, "last": last.wire},
        keys=("tien_luong", *_dates(case), *_word(case)),
        cost=_cost(case, months_between(first, last)),
        due=calendar.registration_due(calendar.first_day(case.after) or first.first_day),
        more={"tinh_lai": "1"} if _is_late(case, first) else {},
    )
    return proposed(case, plan)


def _is_late(case: Case, first: Period) -> bool:
    """Whether the first month's money was due already."""
    today = case.setting.today
    return today is not None and today > calendar.money_due(first).day


def _cost(case: Case, months: tuple[Period, ...]) -> Cost:
    return difference(ABSENT, Side(values=case.after), months, region=case.setting.region)


def _dates(case: Case) -> tuple[str, ...]:
    return tuple(key for key in _STARTS if case.after.get(key))


def _word(case: Case) -> tuple[str, ...]:
    return tuple(key for key in ("phuong_an", "tu_thang") if case.after.get(key))


def _had_number(case: Case) -> bool:
    """Whether the person took part before: a number of 10 digits, or a book.

    The personal number alone says nothing: everybody has one.
    """
    book = case.after.get("da_co_so", "")
    return book == "1" or (book != "0" and len(signs_of(case.after).social) == social_number.LENGTH)


def _too_short(case: Case) -> Question:
    months = calendar.not_covered(case.after) or 0
    options = (
        nothing("months.option.not_covered"),
        option(arrivals(case, _SHORT, case.period)),
    )
    return question(
        case, "months.ask.contract_short", options, keys=(*_SIGNS, *_dates(case)), months=months
    )


def _counts_later(case: Case, start: date, first: Period) -> Question:
    """Too few days of the month are left, or the contract begins only later."""
    began = Period.of(start) <= case.period
    code = "months.ask.first_month" if began else "months.ask.begins_later"
    options = [nothing("months.option.next_month")]
    options += [option(arrivals(case, each, case.period)) for each in (_NEW, *_MOVED)]
    return question(
        case,
        code,
        options,
        keys=(*_SIGNS, *_dates(case)),
        start=start.strftime("%d/%m/%Y"),
        month=first.wire,
    )
