"""Runs the checks of the law over a draft and gives each finding its place."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from forms.checks.gathering import Gathering
from forms.checks.law.ages import ages
from forms.checks.law.case import Case, understand
from forms.checks.law.hospital import hospital
from forms.checks.law.months import months
from forms.checks.law.people import Register, births, declared_before, register
from forms.checks.law.places import Places
from forms.checks.law.quick import GLANCES, Check, Glancing, Question, Said
from forms.checks.law.rates import rates
from forms.checks.law.registration import registered
from forms.checks.law.sequence import PERSON_KEYS, Alone, Moves, sequences, state_unknown
from forms.checks.law.severities import SEVERITIES, UNKNOWN
from forms.checks.law.terms import terms
from forms.checks.law.wages import wages
from forms.checks.problem import Placed, Problem, Setting, find_list
from forms.checks.run import gathering
from forms.findings import Finding
from forms.model import Draft, Part, Period, Row, Section, Unit
from forms.packed import Block, blocks_of, picked

CHECKS: Mapping[str, tuple[Check, str]] = {
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
        self.note(placed, 1)
        return True

    def note(self, placed: Placed, count: int) -> None:
        code = placed.problem.code
        self.first.setdefault(code, placed)
        self.counts[code] = self.counts.get(code, 0) + count

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
    scan = LawScan.of(draft, setting=setting, earlier=earlier)
    gathered = gathering(draft, unit)
    for section in draft.sections:
        for block in blocks_of(section.rows):
            scan.take(section, block)
            gathered.take(section.part, block)
    return scan.findings(gathered)


@dataclass(slots=True, kw_only=True)
class LawScan:
    """Takes the blocks of a draft one by one."""

    draft: Draft
    setting: Setting
    earlier: Register
    glances: tuple[Glancing, ...]
    moves: Moves = field(default_factory=Moves)
    places: Places = field(default_factory=Places)
    of_rows: list[Placed] = field(default_factory=list)
    of_places: list[Placed] = field(default_factory=list)

    @classmethod
    def of(cls, draft: Draft, *, setting: Setting, earlier: Sequence[Row]) -> "LawScan":
        questions = (Question(name, *asked, setting) for name, asked in CHECKS.items())
        glances = tuple(Glancing(question, GLANCES[question.name]) for question in questions)
        return cls(draft=draft, setting=setting, earlier=register(earlier), glances=glances)

    def take(self, section: Section, block: Block) -> None:
        self.of_places += self.places.divided(section, block)
        if section.part is Part.LAO_DONG:
            self.moves.take(block)
            self.of_rows += self._by_row(block)

    def again(
        self,
        section: Section,
        block: Block,
        of_rows: Sequence[Placed],
        of_places: Sequence[Placed],
    ) -> None:
        """A block of which it is known what was said of its rows by themselves."""
        if section.part is Part.LAO_DONG:
            self.moves.take(block)
        self.of_rows += of_rows
        self.of_places += of_places

    def _by_row(self, block: Block) -> Iterator[Placed]:
        said: dict[int, list[tuple[Glancing, Said]]] = {}
        for glancing in self.glances:
            for place, problems in glancing.said(block):
                said.setdefault(place, []).append((glancing, problems))
        for place, answers in sorted(said.items()):
            for glancing, problems in answers:
                if problems is None:
                    problems = glancing.of_row(block, place)
                line = block.lines[place]
                yield from (Placed(Part.LAO_DONG, line, problem) for problem in problems)

    def findings(self, gathered: Gathering) -> tuple[Finding, ...]:
        """In the order of the workbook. ``gathered`` has taken the same blocks."""
        unknown = Unknown()
        said = itertools.chain(self.of_rows, self._by_person(gathered, unknown), self.of_places)
        found = [placed for placed in said if not unknown.take(placed)]
        order = {section.part: place for place, section in enumerate(self.draft.sections)}
        placed = sorted((*found, *unknown.told()), key=lambda p: (order[p.part], p.line or 0))
        return tuple(_finding(self.draft, each) for each in placed)

    def _by_person(self, gathered: Gathering, unknown: Unknown) -> Iterator[Placed]:
        """People of one row, and of no earlier list, cannot contradict themselves."""
        numbers = gathered.several() | self.earlier.rows.keys()
        shared = gathered.people.where(
            lambda citizen, social, _: citizen in numbers or social in numbers
        )
        people = next((s for s in self.draft.sections if s.part is Part.LAO_DONG), None)
        rows = picked(people.rows, shared, PERSON_KEYS) if people else ()
        cases = [understand(row, self.setting) for row in rows]
        for found in (births(cases), declared_before(cases, self.earlier)):
            yield from (_of(case, problem) for case, problem in found)
        yield from self._sequences(cases, self.moves.alone(frozenset(shared)), unknown)

    def _sequences(self, cases: Sequence[Case], alone: Alone, unknown: Unknown) -> Iterator[Placed]:
        """By the first row of each person, as they stand in the list."""
        told = not alone.rows
        for first, case, problem in sequences(cases, self.earlier):
            if not told and alone.first < first:
                told = True
                unknown.note(_nobody_knows(alone.first), alone.rows)
            yield _of(case, problem)
        if not told:
            unknown.note(_nobody_knows(alone.first), alone.rows)


def _nobody_knows(line: int) -> Placed:
    return Placed(Part.LAO_DONG, line, state_unknown())


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
