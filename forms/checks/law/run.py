"""Runs the checks of the law over a draft and gives each finding its place."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from forms.checks.law.ages import ages
from forms.checks.law.case import Case, understand
from forms.checks.law.hospital import hospital
from forms.checks.law.months import months
from forms.checks.law.people import Register, births, declared_before, register
from forms.checks.law.places import places
from forms.checks.law.rates import rates
from forms.checks.law.registration import registered
from forms.checks.law.sequence import sequences
from forms.checks.law.severities import SEVERITIES, UNKNOWN
from forms.checks.law.terms import terms
from forms.checks.law.wages import wages
from forms.checks.problem import Placed, Problem, Setting, find_list
from forms.findings import Finding
from forms.model import Draft, Part, Period, Row, Section, Unit
from forms.rules.dated import RuleMissing

Check = Callable[[Case, Setting], Iterator[Problem]]

_CHECKS: Mapping[str, tuple[Check, str]] = {
    "wage": (wages, "tien_luong"),
    "rate": (rates, "ty_le_dong"),
    "age": (ages, "ngay_sinh"),
    "contract": (terms, "hdld_tu_ngay"),
    "months": (months, "tu_thang"),
    "registration": (registered, "hdld_tu_ngay"),
    "hospital": (hospital, "ma_benh_vien"),
}
"""what cannot be checked when a rule is missing → the check, and the field it is about"""


@dataclass(slots=True)
class Unknown:
    """What could not be checked, counted over the list."""

    first: dict[str, Placed] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def take(self, placed: Placed) -> bool:
        code = placed.problem.code
        if not code.startswith(UNKNOWN):
            return False
        self.first.setdefault(code, placed)
        self.counts[code] = self.counts.get(code, 0) + 1
        return True

    def told(self) -> Iterator[Placed]:
        for code, (part, line, problem) in self.first.items():
            params = {**problem.params, "count": self.counts[code]}
            yield Placed(part, line, Problem(code, problem.key, params))


def check_law(
    draft: Draft,
    *,
    unit: Unit,
    period: Period,
    filing_date: date,
    earlier: Sequence[Row] = (),
) -> tuple[Finding, ...]:
    """Every finding against the law, in the order of the workbook (domain rules §7, §8).

    ``earlier``: main-list rows of the unit's other declarations for the same period. Params hold
    ``source`` and ``confidence`` (C, L, U), and ``proposed`` where a value for the field can be
    proposed. Amounts are đồng as ``12.500.000``, months ``MM/yyyy``.
    """
    setting = Setting(unit=unit, period=period, filing_date=filing_date, find_list=find_list)
    cases = [understand(row, setting) for row in draft.rows(Part.LAO_DONG)]
    unknown = Unknown()
    said = (*_by_row(cases, setting), *_by_person(cases, register(earlier)), *places(draft))
    found = [placed for placed in said if not unknown.take(placed)]
    order = {section.part: place for place, section in enumerate(draft.sections)}
    placed = sorted((*found, *unknown.told()), key=lambda p: (order[p.part], p.line or 0))
    return tuple(_finding(draft, each) for each in placed)


def _by_row(cases: Iterable[Case], setting: Setting) -> Iterator[Placed]:
    for case in cases:
        for name, (check, key) in _CHECKS.items():
            try:
                for problem in check(case, setting):
                    yield _of(case, problem)
            except RuleMissing as missing:
                params = {"month": str(missing.params["month"])}
                yield _of(case, Problem(f"{UNKNOWN}{name}", key, params))


def _by_person(cases: Sequence[Case], earlier: Register) -> Iterator[Placed]:
    for found in (
        births(cases),
        declared_before(cases, earlier),
        sequences(cases, earlier),
    ):
        for case, problem in found:
            yield _of(case, problem)


def _of(case: Case, problem: Problem) -> Placed:
    return Placed(Part.LAO_DONG, case.row.line, problem)


def _finding(draft: Draft, placed: Placed) -> Finding:
    section = draft.section(placed.part)
    columns = section.columns if section else {}
    problem = placed.problem
    return Finding(
        code=problem.code,
        severity=SEVERITIES[problem.code],
        sheet=_sheet(section),
        row=placed.line,
        column=columns.get(problem.key) or None,
        field=problem.key,
        params=problem.params,
    )


def _sheet(section: Section | None) -> str | None:
    return section.sheet if section else None
