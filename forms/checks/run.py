"""Runs the checks against the forms over a draft; gives each problem its place in the workbook."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from forms.catalog import forms_of
from forms.checks.gathering import Gathering, Regions
from forms.checks.plan import Plans
from forms.checks.problem import FindList, Placed, Problem, Setting, find_list
from forms.checks.quick import Quick
from forms.checks.severities import SEVERITIES
from forms.checks.whole import whole
from forms.findings import Finding, Severity
from forms.model import Draft, Part, Period, Row, Section, Unit
from forms.packed import Block, blocks_of


def check(
    draft: Draft,
    *,
    unit: Unit,
    period: Period,
    filing_date: date,
    procedure: str = "600",
    find_list: FindList = find_list,
) -> tuple[Finding, ...]:
    """Every finding against the forms of a procedure in force on the filing date.

    A check answers passed (nothing), failed (an error or a warning) or not checkable (an INFO
    ``check.not_checkable``, when a code list is missing). In the order of the workbook; what
    concerns the whole draft comes last in its row. Raises UsageFault ``procedure.unknown`` and
    ``form.not_in_force``.
    """
    setting = Setting(unit=unit, period=period, filing_date=filing_date, find_list=find_list)
    scan = FormScan.of(draft, setting=setting, procedure=procedure)
    gathered = gathering(draft, unit)
    for section in draft.sections:
        for block in blocks_of(section.rows):
            scan.take(section, block)
            gathered.take(section.part, block)
    return in_order(draft, (*scan.findings(), *in_whole(draft, gathered)))


def gathering(draft: Draft, unit: Unit) -> Gathering:
    return Gathering(draft, Regions(f"{unit.region:02}"))


@dataclass(slots=True)
class FormScan:
    """Takes the blocks of a draft one by one."""

    draft: Draft
    plans: dict[Part, Plans]
    found: list[Finding] = field(default_factory=list)
    _quick: dict[int, Quick] = field(default_factory=dict)

    @classmethod
    def of(cls, draft: Draft, *, setting: Setting, procedure: str) -> "FormScan":
        """Raises UsageFault ``procedure.unknown`` and ``form.not_in_force``."""
        versions = forms_of(procedure, filing_date=setting.filing_date)
        definitions = tuple(version.definition for version in versions)
        plans = {s.part: Plans(definitions, s.part, setting) for s in draft.sections}
        return cls(draft, plans)

    def take(self, section: Section, block: Block) -> None:
        for plan, rows in self.plans[section.part].parted(block):
            quick = self._quick.setdefault(id(plan), Quick(plan))
            for position in quick.suspects(rows):
                row = as_in_workbook(rows.row(position), section)
                self.found += (
                    _finding(problem, section, row.line) for problem in plan.problems(row)
                )

    @property
    def deciding(self) -> frozenset[str]:
        """The fields that decide in which forms a row stands."""
        definitions = (d for plans in self.plans.values() for d in plans.definitions)
        return frozenset(d.when.field for d in definitions if d.when is not None)

    def again(self, section: Section, block: Block, found: Sequence[Finding]) -> None:
        """A block of which it is known what was found; it need only have the deciding fields."""
        list(self.plans[section.part].parted(block))  # the plans made tell which forms there are
        self.found += found

    def findings(self) -> Iterator[Finding]:
        yield from self.found
        for section in self.draft.sections:
            yield from _not_checkable(self.plans[section.part], section)


def as_in_workbook(row: Row, section: Section) -> Row:
    """Its values in the order of the columns."""
    values = row.values
    known = {key: values[key] for key in section.columns if key in values}
    return Row(row.line, {**known, **values})


def in_order(draft: Draft, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """By list and line of the workbook; several of one row as they stand."""
    order = {section.sheet: place for place, section in enumerate(draft.sections)}
    return tuple(
        sorted(findings, key=lambda found: (order.get(found.sheet or "", -1), found.row or 0))
    )


def _not_checkable(plans: Plans, section: Section) -> Iterator[Finding]:
    """Once for each list that was needed and is missing, at the first field that needs it."""
    told: set[str] = set()
    for plan in plans.made.values():
        for key, name in plan.needed_lists():
            if name not in told and plans.setting.find_list(name) is None:
                told.add(name)
                yield _finding(Problem("check.not_checkable", key, {"list": name}), section, None)


def in_whole(draft: Draft, gathered: Gathering) -> Iterator[Finding]:
    """What only several rows together show."""
    for placed in whole(gathered):
        yield _placed(draft, placed)


def _placed(draft: Draft, placed: Placed) -> Finding:
    section = draft.section(placed.part) or _nowhere(placed.part)
    return _finding(placed.problem, section, placed.line)


def _nowhere(part: Part) -> Section:
    return Section(part=part, sheet="", columns={}, rows=())


def _finding(problem: Problem, section: Section, line: int | None) -> Finding:
    columns: Mapping[str, str] = section.columns
    severity: Severity = SEVERITIES[problem.code]
    return Finding(
        code=problem.code,
        severity=severity,
        sheet=section.sheet or None,
        row=line,
        column=columns.get(problem.key) or None,
        field=problem.key,
        params=problem.params,
    )
