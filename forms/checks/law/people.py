"""The same person on several rows: another birth date, and declarations made before."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from forms.checks.law.case import Case, period
from forms.checks.people import name_key, numbers_of
from forms.checks.problem import Problem
from forms.model import Period, Row


@dataclass(frozen=True, slots=True)
class Register:
    """Rows by the numbers of their people."""

    rows: dict[str, list[Row]] = field(default_factory=dict)

    def of(self, numbers: Iterable[str]) -> Sequence[Row]:
        """Every row of somebody who has one of these numbers, each once, in order."""
        if not self.rows:
            return ()
        found = [other for number in numbers for other in self.rows.get(number, ())]
        return list({id(other): other for other in found}.values())

    def add(self, row: Row) -> None:
        for number in numbers_of(row):
            self.rows.setdefault(number, []).append(row)


def register(rows: Iterable[Row]) -> Register:
    made = Register()
    for row in rows:
        made.add(row)
    return made


def births(cases: Sequence[Case]) -> Iterator[tuple[Case, Problem]]:
    """One number cannot have two birth dates."""
    seen: dict[str, Case] = {}
    for case in cases:
        for number in case.numbers:
            other = seen.setdefault(number, case)
            if _contradict(case, other):
                params = {"line": other.row.line}
                yield case, Problem("law.birth_differs", "ngay_sinh", params)
                break


def _contradict(one: Case, other: Case) -> bool:
    """A birth date that is known less well contradicts nothing that lies within it."""
    if one.birth is None or other.birth is None:
        return False
    return one.birth.last < other.birth.first or other.birth.last < one.birth.first


def declared_before(cases: Sequence[Case], earlier: Register) -> Iterator[tuple[Case, Problem]]:
    """The same movement, or the number under another name, in an earlier list of the period."""
    for case in cases:
        before = earlier.of(case.numbers)
        if any(_same_movement(case, other) for other in before):
            yield case, Problem("law.declared_before", "phuong_an")
        if any(_other_name(case.row, other) for other in before):
            yield case, Problem("law.named_otherwise_before", "ho_ten")


def _same_movement(case: Case, other: Row) -> bool:
    if case.row.get("phuong_an") != other.get("phuong_an"):
        return False
    one, two = _range(case.row), _range(other)
    return bool(one and two and one[0] <= two[1] and two[0] <= one[1])


def _range(row: Row) -> tuple[Period, Period] | None:
    """A row without an end is taken for its first month alone."""
    start = period(row.get("tu_thang"))
    return (start, period(row.get("den_thang")) or start) if start else None


def _other_name(one: Row, other: Row) -> bool:
    names = one.get("ho_ten"), other.get("ho_ten")
    return all(names) and name_key(names[0]) != name_key(names[1])
