"""The phương án that the user wrote in the new list: taken at its word, held against the months."""

from collections.abc import Iterator

from forms.model import Period
from forms.months import calendar, changing
from forms.months.case import Case, Plan, nothing, option, proposed, question
from forms.months.coming import arrivals
from forms.months.leaving import AWAY, GONE, away, back, bhyt_row, departures
from forms.months.model import Cost, Option, Proposed, Question
from forms.months.standing import Told
from forms.movements import ABSENT, ACTIVE, Answer, Kind, Standing, State, movement, step

_SAID = "months.reason.said"
_COMES = frozenset({"TM", "TH", "TD", "TC"})
_DIGITS = "0123456789"
Found = Proposed | Question


def word_of(case: Case) -> str:
    """Empty when the column is empty, or still says what it said the month before."""
    code = case.after.get("phuong_an", "")
    if case.old is None or not code:
        return code
    return code if case.changed(("phuong_an", "tu_thang")) else ""


def said(case: Case, word: str, before: Told | None) -> Iterator[Found]:
    """The movement as written, or a question where the two months say otherwise."""
    code = word.rstrip(_DIGITS)
    moved = movement(word)
    if moved is None:
        yield question(case, "months.ask.unknown_code", keys=("phuong_an",), movement=word[:10])
        return
    leave = before.code if before and before.state is State.LEAVE else ""
    found = _written(case, code, leave)
    against = _contradiction(case, code, before)
    if against:
        options = [option(found, "months.option.as_written"), *_instead(case, code)]
        options.append(nothing("months.option.declare_nothing"))
        keys = ("phuong_an", *changing.wage_keys(case), *changing.title_keys(case))
        yield question(case, against, options, keys=keys, movement=code)
        return
    yield from found
    if code in {*GONE, *AWAY}:
        first, last = min(since(case), case.period), case.period
        yield from bhyt_row(case, code, first, last)


def since(case: Case) -> Period:
    return calendar.month(case.after.get("tu_thang", "")) or case.period


def _written(case: Case, code: str, leave: str) -> tuple[Proposed, ...]:
    note = case.after.get("ghi_chu") or None
    first = since(case)
    if code in _COMES:
        return arrivals(case, code, first, reason=_SAID, note=note)
    if code in GONE:
        return departures(case, code, first, reason=_SAID, note=note, leave=leave)
    if code in AWAY:
        return away(case, code, key="phuong_an", since=first, reason=_SAID, note=note)
    if code == "ON":
        return back(case, leave, key="phuong_an", since=first, reason=_SAID, note=note)
    if code in {"DC", "CD"}:
        keys = changing.wage_keys(case), changing.title_keys(case)
        return changing.adjusted(case, code, *keys, since=first, reason=_SAID, note=note)
    return (_other(case, code, first, note),)


def _other(case: Case, code: str, first: Period, note: str | None) -> Proposed:
    """One fund, or earlier months: taken as it stands, its cost is not known from two months."""
    plan = Plan(
        code=code,
        start=first,
        last=calendar.month(case.after.get("den_thang", "")),
        reason=_SAID,
        keys=("phuong_an", "tu_thang", "den_thang"),
        cost=Cost(employer=0, employee=0, unknown="months.cost.kind"),
        due=calendar.money_due(case.period),
        note=note,
    )
    return proposed(case, plan)


def _contradiction(case: Case, code: str, before: Told | None) -> str:
    """Code of what speaks against the word; empty: nothing does."""
    standing = _standing(case, before)
    if step(standing, code).answer is Answer.FAILED:
        return "months.ask.against_state"
    if case.old is None:
        return ""
    wage, title = bool(changing.wage_keys(case)), bool(changing.title_keys(case))
    if code == "DC" and not wage:
        return "months.ask.no_wage_change"
    if code == "CD" and (wage or not title):
        return "months.ask.wage_changed" if wage else "months.ask.no_title_change"
    moved = movement(code)
    leaves = moved is not None and moved.kind in {Kind.LEAVE, Kind.DECREASE}
    return "months.ask.wage_changed" if leaves and wage else ""


def _standing(case: Case, before: Told | None) -> Standing:
    if case.old is None or (before and before.state is State.ABSENT):
        return ABSENT
    if before and before.state is State.LEAVE:
        return Standing(State.LEAVE, before.code)
    return ACTIVE


def _instead(case: Case, code: str) -> list[Option]:
    """What the two months say, where that is a movement."""
    if case.old is None:
        return [option(arrivals(case, "TM", case.period))] if code not in _COMES else []
    wage, title = changing.wage_keys(case), changing.title_keys(case)
    if wage and code != "DC":
        return [option(changing.adjusted(case, "DC", wage, title))]
    if title and not wage and code != "CD":
        return [option(changing.adjusted(case, "CD", (), title))]
    return []
