"""Whether a month counts and who pays in it (domain rules §1.3, §3.2)."""

from dataclasses import dataclass
from decimal import Decimal

from forms.rules.dated import Entry, Source
from forms.rules.persons import BHXH_FUNDS, Fund, Leave, PersonMonth
from forms.rules.tables import series
from forms.rules.working_days import working_days

EVERY_FUND = frozenset(Fund)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthStatus:
    """What is due in a month, before any rate."""

    due: frozenset[Fund]
    deferred: frozenset[Fund] = frozenset()
    """owed later, when a suspension ends"""
    counted_unpaid: bool = False
    """maternity: counted for BHXH though nothing is paid"""
    agency_bhyt: Decimal = Decimal(0)
    """per cent of the base salary that the agency pays"""
    bhyt_share: Decimal = Decimal(100)
    """per cent of the base that BHYT is paid on"""
    sources: tuple[Source, ...]


def rule(key: str, person: PersonMonth) -> Entry[object]:
    return series("special", key).at(person.month)


def number(entry: Entry[object]) -> Decimal:
    return Decimal(str(entry.value))


def standard_days(person: PersonMonth) -> int:
    return person.standard_days or working_days(person.month)


def days_without_wage(person: PersonMonth) -> int:
    """Given, or the whole month for a leave without days."""
    if person.unpaid_days is not None:
        return person.unpaid_days
    on_leave = person.leave is not None and person.leave is not Leave.SUSPENSION
    return standard_days(person) if on_leave else 0


def month_status(person: PersonMonth) -> MonthStatus:
    """Which funds are due for this person in this month."""
    if person.leave is Leave.SUSPENSION:
        return suspended(person)
    if person.leave is Leave.MATERNITY:
        return maternity(person)
    limit = rule("unpaid-days", person)
    if days_without_wage(person) < number(limit):
        return MonthStatus(due=EVERY_FUND, sources=(limit.source,))
    return without_wage(person, limit.source)


def without_wage(person: PersonMonth, limit: Source) -> MonthStatus:
    if person.leave is Leave.SICK:
        return sick(person, limit)
    if person.leave is Leave.CUSTODY:
        return custody(person, limit)
    return unpaid(person, limit)


def suspended(person: PersonMonth) -> MonthStatus:
    """HTTT waits; everything else stays due."""
    source = rule("httt-suspension", person).source
    waiting = frozenset({Fund.HTTT})
    return MonthStatus(due=EVERY_FUND - waiting, deferred=waiting, sources=(source,))


def maternity(person: PersonMonth) -> MonthStatus:
    """Counted for BHXH, paid by nobody; the agency pays BHYT when most of the month is leave."""
    least, limit = rule("maternity-days", person), rule("unpaid-days", person)
    days = days_without_wage(person)
    if days < number(least):
        return MonthStatus(due=EVERY_FUND, sources=(least.source,))
    if days < number(limit):
        due = frozenset({Fund.BHYT})
        return MonthStatus(due=due, counted_unpaid=True, sources=(least.source, limit.source))
    agency = rule("agency-bhyt-maternity", person)
    return MonthStatus(
        due=frozenset(),
        counted_unpaid=True,
        agency_bhyt=number(agency),
        sources=(least.source, agency.source),
    )


def sick(person: PersonMonth, limit: Source) -> MonthStatus:
    """Nothing is due but BHXH of a first month; the agency pays BHYT."""
    agency, first = rule("agency-bhyt-sick", person), rule("sick-first-month-due", person)
    due = BHXH_FUNDS | {Fund.TNLD} if person.first_month and first.value else frozenset()
    return MonthStatus(
        due=due, agency_bhyt=number(agency), sources=(limit, first.source, agency.source)
    )


def custody(person: PersonMonth, limit: Source) -> MonthStatus:
    """Suspended; officials keep BHYT on a share of the wage."""
    if not series("special", "bhyt-custody-official").covers(person.month):
        return MonthStatus(due=frozenset(), sources=(limit,))
    special = series("special", "bhyt-custody-official").at(person.month)
    if person.group.value not in special.value["groups"]:
        return MonthStatus(due=frozenset(), sources=(limit,))
    return MonthStatus(
        due=frozenset({Fund.BHYT}),
        bhyt_share=Decimal(special.value["percent"]),
        sources=(limit, special.source),
    )


def unpaid(person: PersonMonth, limit: Source) -> MonthStatus:
    """Nothing is due, unless both sides agree to pay BHXH; BHTN knows no such agreement."""
    bhyt = rule("bhyt-unpaid-month", person)
    due = frozenset({Fund.BHYT}) if bhyt.value else frozenset()
    sources: tuple[Source, ...] = (limit, bhyt.source)
    if person.agreed:
        agreement = rule("agreed-unpaid", person)
        due = due | BHXH_FUNDS | {Fund.TNLD, Fund.BHYT}
        sources = (*sources, agreement.source)
    return MonthStatus(due=due, sources=sources)
