"""What each calculator asks, and its answer in words with its sources. No Qt."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from desktop.ui.formats import day, money, percent
from desktop.ui.ground import Ground, source_lines
from desktop.ui.texts import tr, words
from forms.excel.cleaning import clean_value
from forms.excel.kinds import Kind
from forms.model import Period
from forms.rules.bases import Base
from forms.rules.contribution import KIND_OF, Contribution, contribute
from forms.rules.deadlines import cycle_end, due_date
from forms.rules.late import late
from forms.rules.money import half_up
from forms.rules.persons import Fund, Group, PersonMonth
from forms.rules.rates import rates_of
from forms.rules.retirement import retirement
from resources.faults import Fault

Typed = Mapping[str, str]
DAY = "%d/%m/%Y"
REGIONS = ("1", "2", "3", "4")
SEXES = ("M", "F")
EMPLOYER = (Fund.HTTT, Fund.ODTS, Fund.TNLD, Fund.BHYT, Fund.BHTN)
EMPLOYEE = (Fund.HTTT, Fund.ODTS, Fund.BHYT, Fund.BHTN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One field. ``choices``: values to choose from; else it is typed and cleaned as ``kind``."""

    key: str
    kind: Kind = Kind.TEXT
    choices: tuple[str, ...] = ()
    may_be_empty: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Figures and where they come from."""

    headline: str
    lines: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]
    reckoning: tuple[str, ...]
    """how the figures come about"""

    @property
    def ground(self) -> Ground:
        return Ground(title=self.headline, lines=self.reckoning, sources=self.sources)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """A field that is not understood, or a rule that is not there."""

    text: str
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calculator:
    key: str
    fields: tuple[Asked, ...]
    compute: Callable[[Typed], Answer]


def answer(calculator: Calculator, typed: Typed) -> Answer | Wrong | None:
    """None while something that is needed is still empty."""
    clean: dict[str, str] = {}
    for field in calculator.fields:
        text = typed.get(field.key, "").strip()
        if not text and not field.may_be_empty:
            return None
        if field.choices or not text:
            clean[field.key] = text
            continue
        found = clean_value(field.kind, text)
        if found.fault_code or not found.value:
            code = found.fault_code or "ui.calculator.not_understood"
            return Wrong(text=words(code, {"before": text}), key=field.key)
        clean[field.key] = found.value
    try:
        return calculator.compute(clean)
    except Fault as fault:
        return Wrong(text=words(fault.code, fault.params))
    except ValueError:
        return Wrong(text=tr("ui.calculator.not_understood"))


def month_of_pay(typed: Typed) -> Answer:
    person = PersonMonth(
        group=Group.STANDARD,
        month=period_of(typed["month"]),
        region=int(typed["region"]),
        wage=int(typed["wage"]),
        allowance=int(typed["allowance"] or 0),
    )
    found = contribute(person)
    lines = [
        (tr("ui.calculator.base_bhxh"), money(half_up(found.bases["bhxh"].amount))),
        (tr("ui.calculator.base_bhtn"), money(half_up(found.bases["bhtn"].amount))),
        *_shares(found, "employer", EMPLOYER),
        *_shares(found, "employee", EMPLOYEE),
        (tr("ui.calculator.union"), money(found.union_fee)),
        (tr("ui.calculator.due"), day(found.due)),
    ]
    total = found.total("employer") + found.total("employee")
    headline = tr("ui.calculator.pay.answer", total=money(total))
    return Answer(
        headline=headline,
        lines=tuple(lines),
        sources=source_lines(found.sources),
        reckoning=tuple(_reckoning(found)),
    )


def _reckoning(found: Contribution) -> Iterator[str]:
    person = found.person
    pay = {"wage": person.wage, "allowance": person.allowance}
    said = {key: money(amount) for key, amount in pay.items()}
    yield tr("ui.why.calculator.pay", pay=money(sum(pay.values())), **said)
    yield tr(
        "ui.why.calculator.base",
        **{kind: _base(found.bases[kind]) for kind in ("bhxh", "bhyt", "bhtn")},
    )
    rates = rates_of(person)
    for payer, funds in (("employer", EMPLOYER), ("employee", EMPLOYEE)):
        by_fund = rates.employer if payer == "employer" else rates.employee
        yield "\n".join(
            tr(
                "ui.why.calculator.share",
                payer=tr(f"ui.calculator.{payer}"),
                fund=_fund(fund),
                rate=percent(by_fund[fund]),
                base=money(half_up(found.bases[KIND_OF[fund]].amount)),
                amount=money(found.share(payer, fund)),
            )
            for fund in funds
            if fund in by_fund
        )
    if found.union_fee:
        yield tr("ui.why.calculator.union", amount=money(found.union_fee))
    yield tr("ui.why.calculator.by", month=person.month.wire, due=day(found.due))


def _base(base: Base) -> str:
    amount = money(half_up(base.amount))
    return tr(f"ui.why.calculator.{base.bound}", amount=amount) if base.bound else amount


def _shares(found: Contribution, payer: str, funds: Sequence[Fund]) -> Iterable[tuple[str, str]]:
    for fund in funds:
        name = tr("ui.calculator.share", payer=tr(f"ui.calculator.{payer}"), fund=_fund(fund))
        yield name, money(found.share(payer, fund))
    yield tr(f"ui.calculator.{payer}_total"), money(found.total(payer))


def _fund(fund: Fund) -> str:
    return words(f"cli.fund.{fund.value}")


def lateness(typed: Typed) -> Answer:
    owed = late(int(typed["principal"]), due=day_of(typed["due"]), paid=day_of(typed["paid"]))
    return Answer(
        headline=tr("ui.calculator.late.answer", amount=money(owed.amount), days=owed.days),
        lines=(
            (tr("ui.calculator.principal"), money(owed.principal)),
            (tr("ui.calculator.late_amount"), money(owed.amount)),
            (tr("ui.calculator.total"), money(owed.total)),
        ),
        sources=source_lines(owed.sources),
        reckoning=(
            tr(
                "ui.why.calculator.late",
                principal=money(owed.principal),
                rate=percent(owed.rate),
                days=owed.days,
                amount=money(owed.amount),
                due=typed["due"],
                paid=typed["paid"],
            ),
        ),
    )


def pension(typed: Typed) -> Answer:
    born = day_of(typed["born"])
    found = retirement(typed["sex"], Period(born.year, born.month), born.day)
    reached = day(found.day) if found.day else found.month.wire
    return Answer(
        headline=tr("ui.calculator.retire.answer", when=reached),
        lines=(
            (
                tr("ui.calculator.age"),
                tr("ui.calculator.years", years=found.age_years, months=found.age_months),
            ),
            (tr("ui.calculator.first_pension"), found.first_pension_month.wire),
        ),
        sources=source_lines([found.source]),
        reckoning=(
            tr(
                "ui.why.calculator.retire",
                born=typed["born"],
                years=found.age_years,
                months=found.age_months,
                first=found.first_pension_month.wire,
            ),
        ),
    )


def deadline(typed: Typed) -> Answer:
    month, cycle = period_of(typed["month"]), int(typed["cycle"])
    found = due_date(month, cycle=cycle)
    return Answer(
        headline=tr("ui.calculator.due.answer", due=day(found.day)),
        lines=(),
        sources=source_lines([found.source]),
        reckoning=(
            tr(
                "ui.why.calculator.due",
                month=month.wire,
                cycle=cycle,
                end=cycle_end(month, cycle).wire,
                due=day(found.day),
            ),
        ),
    )


CALCULATORS = (
    Calculator(
        key="pay",
        fields=(
            Asked(key="month", kind=Kind.MONTH),
            Asked(key="region", choices=REGIONS),
            Asked(key="wage", kind=Kind.MONEY),
            Asked(key="allowance", kind=Kind.MONEY, may_be_empty=True),
        ),
        compute=month_of_pay,
    ),
    Calculator(
        key="late",
        fields=(
            Asked(key="principal", kind=Kind.MONEY),
            Asked(key="due", kind=Kind.DATE),
            Asked(key="paid", kind=Kind.DATE),
        ),
        compute=lateness,
    ),
    Calculator(
        key="due",
        fields=(Asked(key="month", kind=Kind.MONTH), Asked(key="cycle", choices=("1", "3", "6"))),
        compute=deadline,
    ),
    Calculator(
        key="retire",
        fields=(Asked(key="sex", choices=SEXES), Asked(key="born", kind=Kind.DATE)),
        compute=pension,
    ),
)


def first_values(calculator: Calculator, *, month: Period, region: int, today: date) -> Typed:
    """What stands in the fields at first."""
    first = {"month": month.wire, "region": str(region), "paid": day(today), "cycle": "1"}
    return {field.key: first.get(field.key, "") for field in calculator.fields}


def choice_words(calculator: Calculator, field: Asked, value: str) -> str:
    return tr(f"ui.calculator.{calculator.key}.{field.key}.{value}")


def period_of(text: str) -> Period:
    """``MM/yyyy``. Raises ValueError."""
    month, year = text.split("/")
    return Period(int(year), int(month))


def day_of(text: str) -> date:
    """``dd/MM/yyyy``. Raises ValueError."""
    return datetime.strptime(text, DAY).date()  # noqa: DTZ007  # a day has no zone
