"""``tokhai calc, late, late-old, arrears, retire, due, rates``: the rules, asked directly."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from desktop.cli.console import Outcome
from desktop.cli.context import Context
from forms.model import Period
from forms.rules.arrears import wage_rise
from forms.rules.contribution import Contribution, contribute
from forms.rules.dated import Source
from forms.rules.deadlines import due_date
from forms.rules.late import late, late_old
from forms.rules.money import half_up
from forms.rules.overview import RuleRow, rows_in_force
from forms.rules.persons import CoefficientPay, Fund, Group, Leave, PersonMonth
from forms.rules.retirement import retirement
from resources.faults import UsageFault

Json = dict[str, Any]
EMPLOYER = (Fund.HTTT, Fund.ODTS, Fund.TNLD, Fund.BHYT, Fund.BHTN)
EMPLOYEE = (Fund.HTTT, Fund.ODTS, Fund.BHYT, Fund.BHTN)
LAST_MONTH_OF_OLD_RULE = Period(2025, 6)


def dong(amount: int) -> str:
    return f"{amount:,}".replace(",", ".") + " đ"


def day(value: date) -> str:
    return value.strftime("%d/%m/%Y")


def source(row: Source) -> Json:
    return {
        "table": row.table,
        "key": row.key,
        "from": row.valid_from.iso,
        "document": row.document,
        "article": row.article,
        "confidence": row.confidence.value,
        "note": row.note,
    }


def sources(rows: Iterable[Source]) -> list[Json]:
    return [source(row) for row in dict.fromkeys(rows)]


def source_lines(context: Context, rows: Iterable[Source]) -> list[str]:
    """«theo …», with a mark on what is not certain."""
    words = context.console.words
    lines = []
    for row in dict.fromkeys(rows):
        grade = words(f"cli.confidence.{row.confidence.value}")
        place = ", ".join(part for part in (row.document, row.article) if part)
        note = f" – {row.note}" if row.note else ""
        lines.append(words("cli.according_to", place=place, grade=grade) + note)
    return list(dict.fromkeys(lines))


def person_month(options: Any) -> PersonMonth:
    return PersonMonth(
        group=Group(options.group),
        month=options.month,
        region=options.region,
        wage=options.wage,
        allowance=options.allowance,
        coefficient=coefficient(options),
        unpaid_days=options.unpaid_days,
        standard_days=options.standard_days,
        leave=Leave(options.leave) if options.leave else None,
        first_month=options.first_month,
        agreed=options.agreed,
        tnld_rate=options.tnld_rate,
        disabled_hire_month=options.disabled_hire_month,
        pension_eligible=options.pension_eligible,
    )


def coefficient(options: Any) -> CoefficientPay | None:
    parts = (options.kept, options.position, options.seniority, options.trade)
    if options.coefficient is None:
        if any(parts):
            raise UsageFault("cli.calc.coefficient")
        return None
    return CoefficientPay(
        scale=options.coefficient,
        kept=options.kept,
        position=options.position,
        seniority=options.seniority,
        trade=options.trade,
    )


def calc(context: Context) -> Outcome:
    found = contribute(person_month(context.options))
    return Outcome(contribution(found), contribution_lines(context, found))


def contribution(found: Contribution) -> Json:
    return {
        "month": found.person.month.iso,
        "group": found.person.group.value,
        "bases": {name: half_up(base.amount) for name, base in found.bases.items()},
        "bounds": {name: base.bound for name, base in found.bases.items()},
        "employer": shares(found, "employer", EMPLOYER),
        "employee": shares(found, "employee", EMPLOYEE),
        "agency": {"bhyt": found.agency_bhyt},
        "deferred": found.deferred,
        "counts": {"bhxh": found.counts_bhxh, "bhtn": found.counts_bhtn},
        "kpcd": found.union_fee,
        "due": found.due.isoformat(),
        "sources": sources(found.sources),
    }


def shares(found: Contribution, payer: str, funds: Iterable[Fund]) -> Json:
    by_fund = {fund.value: found.share(payer, fund) for fund in funds}
    return {**by_fund, "total": found.total(payer)}


def contribution_lines(context: Context, found: Contribution) -> list[str]:
    words = context.console.words
    lines = [
        words(
            "cli.calc.head",
            month=found.person.month.wire,
            bhxh=dong(half_up(found.bases["bhxh"].amount)),
            bhtn=dong(half_up(found.bases["bhtn"].amount)),
        )
    ]
    for payer, funds in (("employer", EMPLOYER), ("employee", EMPLOYEE)):
        parts = [f"{words(f'cli.fund.{f.value}')} {dong(found.share(payer, f))}" for f in funds]
        total = dong(found.total(payer))
        lines.append(words(f"cli.calc.{payer}", parts=", ".join(parts), total=total))
    lines.append(words("cli.calc.due", due=day(found.due), kpcd=dong(found.union_fee)))
    return [*lines, *source_lines(context, found.sources)]


def late_payment(context: Context) -> Outcome:
    options = context.options
    owed = late(options.principal, due=options.due, paid=options.paid)
    document = {
        "principal": owed.principal,
        "days": owed.days,
        "amount": owed.amount,
        "total": owed.total,
        "sources": sources(owed.sources),
    }
    words = context.console.words(
        "cli.late", days=owed.days, amount=dong(owed.amount), total=dong(owed.total)
    )
    return Outcome(document, [words, *source_lines(context, owed.sources)])


def late_monthly(context: Context) -> Outcome:
    options = context.options
    owed = late_old(
        options.owed,
        not_overdue=options.not_overdue,
        year_rate=options.year_rate,
        month=LAST_MONTH_OF_OLD_RULE,
    )
    document = {
        "k_percent": str(owed.k_percent),
        "base": owed.base,
        "amount": owed.amount,
        "sources": sources(owed.sources),
    }
    words = context.console.words(
        "cli.late_old", k=str(owed.k_percent), base=dong(owed.base), amount=dong(owed.amount)
    )
    return Outcome(document, [words, *source_lines(context, owed.sources)])


def arrears(context: Context) -> Outcome:
    options = context.options
    if options.last < options.first:
        raise UsageFault("cli.months_reversed")
    person = PersonMonth(
        group=Group(options.group),
        month=options.first,
        region=options.region,
        wage=options.old_wage,
    )
    owed = wage_rise(
        person,
        new_wage=options.new_wage,
        last=options.last,
        decision=options.decision,
        paid=options.paid,
    )
    document = {
        "months": [{"month": row.month.iso, "principal": row.principal} for row in owed.months],
        "principal": owed.principal,
        "free_until": owed.free_until.isoformat() if owed.free_until else None,
        "days": owed.days,
        "interest": owed.interest,
        "total": owed.total,
        "sources": sources(owed.sources),
    }
    words = context.console.words(
        "cli.arrears",
        principal=dong(owed.principal),
        free=day(owed.free_until) if owed.free_until else "",
        days=owed.days,
        interest=dong(owed.interest),
        total=dong(owed.total),
    )
    return Outcome(document, [words, *source_lines(context, owed.sources)])


def retire(context: Context) -> Outcome:
    options = context.options
    born, born_day = options.born
    when = retirement(options.sex, born, born_day)
    reaches = when.day.isoformat() if when.day else when.month.iso
    document = {
        "age_years": when.age_years,
        "age_months": when.age_months,
        "reaches": reaches,
        "first_pension_month": when.first_pension_month.iso,
        "sources": sources([when.source]),
    }
    words = context.console.words(
        "cli.retire",
        years=when.age_years,
        months=when.age_months,
        reaches=day(when.day) if when.day else when.month.wire,
        first=when.first_pension_month.wire,
    )
    return Outcome(document, [words, *source_lines(context, [when.source])])


def due(context: Context) -> Outcome:
    deadline = due_date(context.options.month, cycle=context.options.cycle)
    document = {"due": deadline.day.isoformat(), "sources": sources([deadline.source])}
    words = context.console.words("cli.due", due=day(deadline.day))
    return Outcome(document, [words, *source_lines(context, [deadline.source])])


def rates(context: Context) -> Outcome:
    """Every row in force in a month; with a group, its rates and what is common to all."""
    options = context.options
    rows = rows_in_force(options.month, Group(options.group) if options.group else None)
    lines = [f"{row.source.table}/{row.source.key}: {plain(row.value)}" for row in rows]
    document = {
        "month": options.month.iso,
        "rows": [rule_row(row) for row in rows],
        "sources": sources(row.source for row in rows),
    }
    return Outcome(document, lines)


def rule_row(row: RuleRow) -> Json:
    last = row.valid_to.iso if row.valid_to else None
    return {**source(row.source), "to": last, "value": plain(row.value)}


def plain(value: Any) -> Any:
    """Decimals as text, everything else as it stands in the data."""
    return str(value) if isinstance(value, Decimal) else value
