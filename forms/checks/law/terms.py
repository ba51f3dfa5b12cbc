"""Kinds and terms of contracts of somebody who comes (domain rules §1.2, §8.3)."""

from collections.abc import Iterator

from forms.checks.law.ages import reaches
from forms.checks.law.case import Case
from forms.checks.law.contracts import Contract, Sort, main_contract
from forms.checks.law.legal import cited, rule
from forms.checks.law.shown import day
from forms.checks.problem import Problem, Setting
from forms.codes import fold
from forms.model import Period
from forms.rules.dated import Source
from forms.rules.tables import series

_PROBATION = "thu viec"
_SAID_IN = ("ghi_chu", "chuc_vu")


def terms(case: Case, setting: Setting) -> Iterator[Problem]:
    """Raises RuleMissing for months before the law of contracts that is known."""
    del setting
    if not case.comes or case.start is None:
        return
    contract = main_contract(case.contracts)
    if contract is None:
        yield from _without_contract(case)
        return
    yield from _too_short(contract)
    if contract.start > case.start.last_day:
        yield Problem(
            "law.contract_after_month",
            "tu_thang",
            {"start": day(contract.start), "month": case.start.wire},
        )
    if case.foreigner:
        yield from _foreigner(case, contract)


def _without_contract(case: Case) -> Iterator[Problem]:
    """Only a probation, a contract of less than a month, or nothing said."""
    if not case.contracts:
        yield Problem("law.not_checkable.contract", "hdld_tu_ngay")
        return
    other = case.contracts[0]
    short = next(_too_short(other), None)
    if short is not None:
        yield short
        return
    said = any(_PROBATION in fold(case.row.get(key)) for key in _SAID_IN)
    code = "law.contract_probation" if said else "law.contract_other_only"
    yield Problem(code, other.key, cited(rule("probation", Period.of(other.start)).source))


def _too_short(contract: Contract) -> Iterator[Problem]:
    entry = series("special", "contract-months").at(Period.of(contract.start))
    for fund in ("bhxh", "bhtn"):
        months = entry.value[fund]
        if contract.shorter_than(months):
            code = "law.contract_short" if fund == "bhxh" else "law.contract_no_bhtn"
            yield Problem(code, contract.end_key, {"months": months, **cited(entry.source)})
            return


def _foreigner(case: Case, contract: Contract) -> Iterator[Problem]:
    entry = rule("foreign-contract-months", Period.of(contract.start))
    if contract.sort is Sort.INDEFINITE or contract.shorter_than(entry.value):
        params = {"months": entry.value, **cited(entry.source)}
        yield Problem("law.foreign_contract", contract.end_key or contract.key, params)
    retired = _retired(case, contract)
    if retired is not None:
        yield Problem("law.foreign_retired", contract.key, cited(entry.source, retired))


def _retired(case: Case, contract: Contract) -> Source | None:
    """Whether the age was surely reached on signing."""
    if case.birth is None or case.sex is None:
        return None
    reached = reaches(case.sex, Period.of(case.birth.last))
    return reached.source if reached.month < Period.of(contract.start) else None
