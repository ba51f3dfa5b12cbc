"""The checks of one list of a draft, compiled from the forms that its rows stand in."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from forms.checks import movement, person
from forms.checks.identity import NumberCheck, number_checks, number_problems
from forms.checks.pairs import pairs
from forms.checks.problem import Problem, Setting
from forms.checks.relation import Relation
from forms.checks.severities import SEVERITIES
from forms.checks.values import ValueCheck, legal, value_check
from forms.definition import Field, FormDefinition
from forms.findings import Severity
from forms.model import Part, Row
from forms.packed import Block

_MOST_KNOWN = 50_000
"""so many values of a field are remembered"""
_RELATIONS = (*movement.RELATIONS, *person.RELATIONS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What rows that stand in the same forms are held against."""

    setting: Setting
    fields: tuple[Field, ...]
    """every field of these forms in this list; one key may stand in several forms"""
    asked: tuple[Field, ...]
    """those that may not always be left empty"""
    values: Mapping[str, ValueCheck]
    numbers: Mapping[str, NumberCheck]
    relations: tuple[Relation, ...]
    known: dict[str, dict[str, tuple[Problem, ...]]] = field(default_factory=dict)
    """key → value → what was said of it; lives as long as one check of one draft"""

    def problems(self, row: Row) -> Iterator[Problem]:
        """Everything about one row, at most one error a field."""
        wrong: set[str] = set()
        for problem in self._of_single_fields(row):
            if SEVERITIES[problem.code] is Severity.ERROR:
                if problem.key in wrong:
                    continue
                wrong.add(problem.key)
            yield problem
        get = self._reader(row, wrong)
        for relation in self.relations:
            for problem in relation.check(get, self.setting):
                if problem.key not in wrong:
                    yield problem

    def needed_lists(self) -> Iterator[tuple[str, str]]:
        """(field key, name of a code list) of every check that needs one."""
        yield from ((f.key, f.code_list) for f in self.fields if f.code_list)
        yield from ((r.keys[0], name) for r in self.relations for name in r.lists)

    def _of_single_fields(self, row: Row) -> Iterator[Problem]:
        yield from self._missing(row)
        yield from number_problems(row, self.numbers)
        for key, value in row.values.items():
            if value:
                yield from self.said_of(key, value)

    def _missing(self, row: Row) -> Iterator[Problem]:
        values = row.values
        for asked in self.asked:
            if not values.get(asked.key) and asked.is_required(row):
                yield Problem("check.required", asked.key)

    def said_of(self, key: str, value: str) -> tuple[Problem, ...]:
        """What is wrong with a value by itself."""
        known = self.known.setdefault(key, {})
        if value not in known:
            if len(known) > _MOST_KNOWN:
                known.clear()
            check = self.values.get(key)
            known[value] = tuple(check(value) if check else legal(key, value))
        return known[value]

    def _reader(self, row: Row, wrong: set[str]) -> Callable[[str], str]:
        """Relations see only what is declared and is not wrong by itself."""
        values, declared = row.values, self.values

        def get(key: str) -> str:
            return values.get(key, "") if key in declared and key not in wrong else ""

        return get


def make_plan(definitions: Sequence[FormDefinition], part: Part, setting: Setting) -> Plan:
    """For rows of ``part`` that stand in all of these forms.

    A field that a form makes out of others is no field of the draft.
    """
    fields = tuple(f for d in definitions for f in d.fields if f.part == part and f.made is None)
    keys = frozenset(f.key for f in fields)
    possible = (*_RELATIONS, *pairs(fields))
    return Plan(
        setting=setting,
        fields=fields,
        asked=tuple(f for f in fields if f.required or f.required_when),
        values={
            f.key: value_check(f, find_list=setting.find_list, filing_date=setting.filing_date)
            for f in fields
        },
        numbers={key: check for key, check in number_checks().items() if key in keys},
        relations=tuple(r for r in possible if keys.issuperset(r.keys)),
    )


@dataclass(frozen=True, slots=True)
class Plans:
    """The plans of one list: which forms a row stands in depends on the row."""

    definitions: tuple[FormDefinition, ...]
    part: Part
    setting: Setting
    made: dict[tuple[bool, ...], Plan] = field(default_factory=dict)

    def parted(self, block: Block) -> Iterator[tuple[Plan, Block]]:
        """The rows of a block by the forms that they stand in."""
        stands = list(zip(*(self._standing(d, block) for d in self.definitions), strict=True))
        different = dict.fromkeys(stands)
        for which in different:
            if len(different) == 1:
                yield self._of(which), block
            else:
                places = [place for place, each in enumerate(stands) if each == which]
                yield self._of(which), block.at(places)

    def _of(self, stands: tuple[bool, ...]) -> Plan:
        if stands not in self.made:
            chosen = [d for d, yes in zip(self.definitions, stands, strict=True) if yes]
            self.made[stands] = make_plan(chosen, self.part, self.setting)
        return self.made[stands]

    def _standing(self, definition: FormDefinition, block: Block) -> Sequence[bool]:
        """Of each row, whether it stands in the form."""
        if definition.part != self.part:
            return [definition.household_part == self.part] * len(block)
        if definition.when is None:
            return [True] * len(block)
        column = block.column(definition.when.field)
        holding = definition.when.among(column)
        return [value in holding for value in column]
