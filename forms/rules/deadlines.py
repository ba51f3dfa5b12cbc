"""When money is due and by when a person must be registered (domain rules §3.3)."""

from dataclasses import dataclass
from datetime import date, timedelta

from forms.model import Period
from forms.rules.dated import Source
from forms.rules.tables import series

CYCLES = (1, 3, 6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The last good day."""

    day: date
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """Days for registering a person who becomes subject to BHXH."""

    last_good_day: date
    evasion_from: date
    """the first day that counts as evasion"""
    source: Source


def cycle_end(month: Period, cycle: int) -> Period:
    """Last month of the 1-, 3- or 6-month cycle that a month lies in. Raises ValueError."""
    if cycle not in CYCLES:
        raise ValueError(f"no such cycle: {cycle}")
    return month.plus((cycle - month.month % cycle) % cycle)


def due_date(month: Period, *, cycle: int = 1) -> Deadline:
    """Last day of the cycle's last month before 2025-07, of the month after it since."""
    rule = series("special", "due-months-after").at(month)
    return Deadline(day=cycle_end(month, cycle).plus(rule.value).last_day, source=rule.source)


def registration(subject_from: date) -> Registration:
    """The agency counts the first day: effective on the 1st, the last good day is the 30th."""
    rule = series("special", "registration-days").at(Period.of(subject_from))
    last = subject_from + timedelta(days=rule.value["days"] - 1)
    evasion = last + timedelta(days=rule.value["evasion_after"] + 1)
    return Registration(last_good_day=last, evasion_from=evasion, source=rule.source)


def retro_free_until(decision: date) -> Deadline:
    """To when a retro wage rise is free of interest (NĐ 158/2025/NĐ-CP, Điều 8)."""
    rule = series("special", "retro-free-months").at(Period.of(decision))
    day = Period.of(decision).plus(rule.value).last_day
    return Deadline(day=day, source=rule.source)


def suspension_make_up(last_month: Period) -> Deadline:
    """By when the HTTT of a suspension must be made up: the end of the month after it."""
    rule = series("special", "httt-suspension").at(last_month)
    return Deadline(day=last_month.next().last_day, source=rule.source)
