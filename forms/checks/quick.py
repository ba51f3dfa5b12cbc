"""Which rows of a list may have something wrong: by column, several hundred at once.

Most rows have nothing wrong, and most values stand in many rows. So the checks are asked once
for each different value, or set of values, and only the rows with a doubtful one are looked at
one by one. What is passed here is passed by the checks of ``forms.checks.plan`` too; what is
suspected here may still be found good by them.
"""

import re
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from forms.checks import identity
from forms.checks.plan import Plan
from forms.checks.relation import Relation
from forms.definition import Field, FieldType
from forms.numbers.text import are_digits
from forms.packed import Block

_MOST_KNOWN = 50_000
"""so many answers are remembered of one relation"""
_CITIZEN = r"(?!000)[0-9]{3}[0-3][0-9]{8}"
_SURELY_RIGHT: Mapping[identity.NumberCheck, re.Pattern[str]] = {
    identity.social: re.compile(rf"|[0-9]{{10}}|{_CITIZEN}"),
    identity.citizen: re.compile(rf"|{_CITIZEN}"),
    identity.telephone: re.compile(r"|0[35789][0-9]{8}|02[0-9]{9}"),
    identity.family: re.compile(r"|[0-9]{10}"),
}
"""how nearly all numbers look; no number at all is right too"""
_FREE = frozenset({FieldType.TEXT})
_FIGURES = frozenset({FieldType.DIGITS, FieldType.MONEY})

_BETWEEN = "\x7f"
_ALL_RIGHT = {
    check: re.compile(rf"(?:(?:{right.pattern}){_BETWEEN})*+")
    for check, right in _SURELY_RIGHT.items()
}
"""the same of numbers that stand behind each other"""

Answer = tuple[Hashable, ...]


@dataclass(slots=True)
class Quick:
    """One plan asked by column. Lives as long as one check of one draft."""

    plan: Plan
    fields: dict[str, Field] = field(init=False)
    """of the keys whose meaning is one of the simple ones"""
    good: dict[str, set[str]] = field(init=False, default_factory=dict)
    answers: dict[int, set[Answer]] = field(init=False, default_factory=dict)
    """position of a relation → what it has seen and found nothing wrong with"""

    def __post_init__(self) -> None:
        simple = _FREE | _FIGURES
        declared = {f.key: f for f in self.plan.fields}
        self.fields = {key: f for key, f in declared.items() if f.type in simple}

    def suspects(self, block: Block) -> list[int]:
        """Positions of rows that must be looked at, in their order."""
        found = {*self._missing(block), *self._values(block), *self._numbers(block)}
        rest = [n for n in range(len(block)) if n not in found]
        good = block.at(rest) if found else block
        found.update(rest[n] for n in self._relations(good))
        return sorted(found)

    def _missing(self, block: Block) -> Iterator[int]:
        for asked in self.plan.asked:
            column = block.column(asked.key)
            if "" not in column:
                continue
            empty = (n for n, value in enumerate(column) if not value)
            condition = asked.required_when
            if condition is None:
                yield from empty
                continue
            decides = block.column(condition.field)
            holding = condition.among(decides)
            yield from (n for n in empty if decides[n] in holding)

    def _values(self, block: Block) -> Iterator[int]:
        for key, column in block.columns.items():
            good = self.good.setdefault(key, {""})
            new = set(column) - good
            if not new:
                continue
            plain = self._all_plain(key, new)
            bad = () if plain else {value for value in new if self.plan.said_of(key, value)}
            if not plain or len(new) <= len(column) // 2:
                self._keep(key, new.difference(bad))
            if bad:
                yield from (n for n, value in enumerate(column) if value in bad)

    def _keep(self, key: str, right: set[str]) -> None:
        """What may well come again."""
        if len(self.good[key]) > _MOST_KNOWN:
            self.good[key] = {""}
        self.good[key] |= right

    def _all_plain(self, key: str, column: Collection[str]) -> bool:
        """Whether a glance at all values together shows that each of them is right."""
        declared = self.fields.get(key)
        if declared is None:
            return key not in self.plan.values and "".join(column).isprintable()
        together = "".join(column)
        if not (together.isprintable() if declared.type in _FREE else are_digits(together)):
            return not together
        limit = declared.max_length
        return limit is None or len(max(column, key=len)) <= limit

    def _numbers(self, block: Block) -> Iterator[int]:
        for key, check in self.plan.numbers.items():
            if key in block.columns and not _all_right(check, block.columns[key]):
                right = _SURELY_RIGHT[check].fullmatch
                yield from (n for n, value in enumerate(block.columns[key]) if not right(value))

    def _relations(self, block: Block) -> Iterator[int]:
        for number, relation in enumerate(self.plan.relations):
            if all(key in block.columns for key in relation.needs):
                good = self.answers.setdefault(number, set())
                yield from self._related(relation, good, block)

    def _related(self, relation: Relation, good: set[Answer], block: Block) -> Collection[int]:
        columns = [block.column(key) for key in relation.keys]
        views = [
            list(map(relation.views[key], column)) if key in relation.views else column
            for key, column in zip(relation.keys, columns, strict=True)
        ]
        seen = list(zip(*views, strict=True))
        new = set(seen) - good
        if not new:
            return ()
        bad = self._ask(relation, new, seen, columns)
        if len(good) > _MOST_KNOWN:
            good.clear()
        good |= new - bad
        return [n for n, answer in enumerate(seen) if answer in bad] if bad else ()

    def _ask(
        self,
        relation: Relation,
        new: Collection[Answer],
        seen: Sequence[Answer],
        columns: Sequence[Sequence[str]],
    ) -> set[Answer]:
        """Those of which something is wrong: each is asked of the first row that has it."""
        by_key = dict(zip(relation.keys, columns, strict=True))
        left, bad = set(new), set[Answer]()
        for position, answer in enumerate(seen):
            if answer in left:
                left.remove(answer)
                if self._is_wrong(relation, by_key, position):
                    bad.add(answer)
        return bad

    def _is_wrong(
        self, relation: Relation, by_key: Mapping[str, Sequence[str]], position: int
    ) -> bool:
        said = relation.check(lambda key: by_key[key][position], self.plan.setting)
        return next(iter(said), None) is not None


def _all_right(check: identity.NumberCheck, column: Sequence[str]) -> bool:
    """By one look at all of them; False where it takes a look at each."""
    together = _BETWEEN.join((*column, ""))
    whole = together.count(_BETWEEN) == len(column)
    return whole and _ALL_RIGHT[check].fullmatch(together) is not None
