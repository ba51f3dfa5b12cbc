"""The agency's clock against ours: what is awaited of whom, due when, overdue by how much.

Pure. The limits stand in ``resources/gateway/clocks.toml``; the result's in the procedure's
``deadline`` (``resources/procedures.toml``). Working days are Monday to Friday without the public
holidays; counting begins on the day after.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cache

from forms.definition import Confidence, read_source
from forms.model import DossierState
from forms.procedures import DayKind, Deadline
from forms.rules.working_days import WEEKEND, holidays_of
from forms.strict_toml import Table
from resources import read_text

FILE = "gateway/clocks.toml"
LAST_MINUTE = time(23, 59)
UNDER_WAY = frozenset({DossierState.ACCEPTED, DossierState.PROCESSING})
HOUR = timedelta(hours=1)


class Awaited(StrEnum):
    RECEIPT = "receipt"
    """that the gateway's notice says it was taken in"""
    COMPLETENESS = "completeness"
    """by when the agency must say that papers are missing"""
    RESULT = "result"
    SUPPLEMENT = "supplement"
    """the unit's own turn"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    awaited: Awaited
    since: frozenset[DossierState]
    hours: int
    working_days: int
    source: str
    confidence: Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One thing awaited. Codes are words of ``resources/messages/clocks.toml``, and all take
    ``params``: ``due`` (text), ``late`` (hours of a receipt, else working days), ``source``."""

    awaited: Awaited
    due: datetime | None
    """Vietnamese time; None where no limit is known"""
    late: int
    """0: in time"""
    overdue: bool
    source: str
    confidence: Confidence | None
    """of the limit; None where there is none"""

    @property
    def code(self) -> str:
        how = "overdue" if self.overdue else "waiting" if self.due else "open"
        return f"clock.{self.awaited.value}.{how}"

    @property
    def advice(self) -> str:
        """What to do."""
        return f"clock.{self.awaited.value}.{'act' if self.overdue else 'wait'}"

    @property
    def params(self) -> dict[str, str | int]:
        return {"due": shown(self.due), "late": self.late, "source": self.source}


def clocks(
    state: DossierState,
    *,
    since: datetime,
    accepted: datetime | None,
    deadline: Deadline | None,
    now: datetime,
) -> tuple[Clock, ...]:
    """What is awaited of a dossier in ``state``, the most pressing first; empty where nothing is.

    ``since``: when it came into the state; ``accepted``: when it was taken in. All three moments
    in Vietnamese time. ``deadline``: of its procedure, or None where none is known.
    """
    if state is DossierState.SUPPLEMENT:
        return (unlimited(Awaited.SUPPLEMENT),)
    found = [clock_of(limit, since, now) for limit in limits() if state in limit.since]
    shown = [clock for clock in found if clock.awaited is Awaited.RECEIPT or not clock.overdue]
    if state in UNDER_WAY:
        shown.insert(0, result_clock(accepted or since, deadline, now))
    return tuple(shown)


def clock_of(limit: Limit, since: datetime, now: datetime) -> Clock:
    """Raises nothing; the limit has either hours or working days."""
    due = since + limit.hours * HOUR if limit.hours else end_of(since, limit.working_days)
    return running(limit.awaited, due, now, limit.source, limit.confidence)


def result_clock(accepted: datetime, deadline: Deadline | None, now: datetime) -> Clock:
    if deadline is None:
        return unlimited(Awaited.RESULT)
    if deadline.kind is DayKind.WORKING:
        due = end_of(accepted, deadline.days)
    else:
        due = last_minute(accepted, accepted.date() + timedelta(days=deadline.days))
    return running(Awaited.RESULT, due, now, deadline.source, deadline.confidence)


def running(
    awaited: Awaited, due: datetime, now: datetime, source: str, confidence: Confidence
) -> Clock:
    overdue = now > due
    if not overdue:
        late = 0
    elif awaited is Awaited.RECEIPT:
        late = max(1, int((now - due) / HOUR))
    else:
        late = max(1, working_days_between(due.date(), now.date()))
    return Clock(
        awaited=awaited, due=due, late=late, overdue=overdue, source=source, confidence=confidence
    )


def unlimited(awaited: Awaited) -> Clock:
    return Clock(awaited=awaited, due=None, late=0, overdue=False, source="", confidence=None)


def end_of(since: datetime, days: int) -> datetime:
    """The last minute of that many working days after the day of ``since``."""
    return last_minute(since, working_day_after(since.date(), days))


def last_minute(like: datetime, day: date) -> datetime:
    return datetime.combine(day, LAST_MINUTE, tzinfo=like.tzinfo)


def is_working(day: date) -> bool:
    return day.weekday() not in WEEKEND and day not in holidays_of(day.year)


def working_day_after(day: date, count: int) -> date:
    """The ``count``-th working day after; 0: the day itself."""
    for _ in range(count):
        day += timedelta(days=1)
        while not is_working(day):
            day += timedelta(days=1)
    return day


def working_days_between(first: date, last: date) -> int:
    """Working days after ``first`` up to ``last``."""
    days = (first + timedelta(days=offset) for offset in range(1, (last - first).days + 1))
    return sum(map(is_working, days))


def shown(moment: datetime | None) -> str:
    if moment is None:
        return ""
    whole_day = moment.time() == LAST_MINUTE
    return f"{moment:%d/%m/%Y}" if whole_day else f"{moment:%H:%M %d/%m/%Y}"


@cache
def limits() -> tuple[Limit, ...]:
    return tuple(load_limits(read_text(FILE)))


def load_limits(text: str) -> Iterator[Limit]:
    """Raises DefinitionFault."""
    top = Table(tomllib.loads(text), file=FILE, place="")
    for table in top.tables("clock"):
        yield read_limit(table)
    top.done()


def read_limit(table: Table) -> Limit:
    source, confidence = read_source(table)
    awaited, since = table.text("awaits"), table.texts("since")
    hours, days = table.number("hours") or 0, table.number("working_days") or 0
    if awaited not in frozenset(Awaited) or not frozenset(since) <= frozenset(DossierState):
        raise table.fault("definition.unknown_value", awaited)
    if bool(hours) == bool(days):
        raise table.fault("definition.missing", "hours")
    table.done()
    return Limit(
        awaited=Awaited(awaited),
        since=frozenset(map(DossierState, since)),
        hours=hours,
        working_days=days,
        source=source,
        confidence=confidence,
    )
