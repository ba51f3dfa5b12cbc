"""Days 30 and 60 after the contract began (domain rules §3.3, §3.4)."""

from collections.abc import Iterator

from forms.checks.law.case import Case
from forms.checks.law.contracts import main_contract
from forms.checks.law.legal import cited
from forms.checks.law.shown import day
from forms.checks.problem import Problem, Setting
from forms.rules.deadlines import registration


def registered(case: Case, setting: Setting) -> Iterator[Problem]:
    """Raises RuleMissing for contracts that began before the rule that is known."""
    contract = main_contract(case.contracts)
    if not case.comes or contract is None or contract.start > setting.filing_date:
        return
    days = registration(contract.start)
    if setting.filing_date <= days.last_good_day:
        return
    late = setting.filing_date < days.evasion_from
    params = {
        "start": day(contract.start),
        "last_day": day(days.last_good_day),
        "evasion_from": day(days.evasion_from),
        "filed": day(setting.filing_date),
    }
    code = "law.registered_late" if late else "law.registration_evasion"
    yield Problem(code, contract.key, {**params, **cited(days.source)})
