"""Finding what explains a row of differences, without ever stretching a supposition.

A group of atoms explains the columns it changes only when it is right in **every** column that
it would change, within rounding. The smallest groups come first; where several explain equally
well, all their people are named and the number of groups is told. What is left stays unexplained.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from forms.reconcile.atoms import Atom
from forms.reconcile.difference import Explanation, Kind, Reason, Subject
from forms.reconcile.notice import Column
from resources.faults import Param

_MOST_FOR_PAIRS = 150
"""above this, pairs of atoms are too many to try and mean little"""

_PROVEN = frozenset({Reason.PEOPLE, Reason.UNEXPLAINED_PEOPLE})
"""what D09-TS shows is no supposition"""

Group = tuple[Atom, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The differences of one subject (theirs less ours) by column, zeros among them."""

    subject: Subject
    differences: Mapping[Column, int]
    tolerance: Mapping[Column, int]
    """what rounding alone may come to, đồng"""
    people: int
    """how many people our side sums"""

    def is_rounding(self, column: Column) -> bool:
        return abs(self.differences[column]) <= self.tolerance.get(column, 0)


def explain(row: Row, atoms: Callable[[], Sequence[Atom]]) -> dict[Column, Explanation]:
    """One explanation for every column that differs; atoms are asked for only when needed."""
    open_columns = {column for column, amount in row.differences.items() if amount}
    rounded = {column for column in open_columns if row.is_rounding(column)}
    found = {column: _rounding(row, column) for column in rounded}
    open_columns -= rounded
    known = atoms() if open_columns else ()
    relevant = [atom for atom in known if _touches(atom, row.subject, open_columns)]
    while open_columns and (best := _best(row, relevant, open_columns)):
        columns, groups = best
        found |= dict.fromkeys(columns, _explanation(groups))
        open_columns -= columns
    return found | dict.fromkeys(open_columns, unexplained())


def unexplained(people: Sequence[str] = ()) -> Explanation:
    """Stays marked so, with the people it may concern when they are known."""
    reason = Reason.UNEXPLAINED_PEOPLE if people else Reason.UNEXPLAINED
    params = {"count": len(people)} if people else {}
    return Explanation(kind=Kind.UNEXPLAINED, reason=reason, params=params, people=tuple(people))


def rounding(people: int, most: int) -> Explanation:
    """``most``: đồng that rounding may come to."""
    params = {"count": people, "most": most}
    return Explanation(kind=Kind.ROUNDING, reason=Reason.ROUNDED, params=params)


def _rounding(row: Row, column: Column) -> Explanation:
    return rounding(row.people, row.tolerance[column])


def _touches(atom: Atom, subject: Subject, columns: Collection[Column]) -> bool:
    return any(atom.effect.get((subject, column)) for column in columns)


def _best(
    row: Row, atoms: Sequence[Atom], open_columns: set[Column]
) -> tuple[frozenset[Column], list[Group]] | None:
    """The columns explained and every group of the smallest size that explains just these.

    Where a group is right to the đồng, those that are only near are left out.
    """
    for groups in _by_size(atoms):
        matches: defaultdict[frozenset[Column], list[Group]] = defaultdict(list)
        for group in groups:
            if columns := _explained(row, group, open_columns):
                matches[columns].append(group)
        if matches:
            columns = max(matches, key=lambda found: (len(found), sorted(found)))
            exact = [group for group in matches[columns] if _is_exact(row, group, columns)]
            return columns, exact or matches[columns]
    return None


def _by_size(atoms: Sequence[Atom]) -> Iterator[Iterable[Group]]:
    """What the list of people proves, one atom, all of a kind, two of a kind."""
    yield [(atom,) for atom in atoms if atom.reason in _PROVEN]
    yield [(atom,) for atom in atoms if atom.reason not in _PROVEN]
    alike = _alike(atoms, by_code=False)
    narrower = [group for group in _alike(atoms, by_code=True) if group not in alike]
    yield [*narrower, *alike]
    if len(atoms) <= _MOST_FOR_PAIRS:
        yield (pair for group in alike for pair in combinations(group, 2) if len(group) > 2)


def _alike(atoms: Sequence[Atom], *, by_code: bool) -> list[Group]:
    """Atoms of one reason, and of one phương án, where there are several."""
    found: defaultdict[tuple[Reason, tuple[str, ...]], list[Atom]] = defaultdict(list)
    for atom in atoms:
        found[atom.reason, atom.codes if by_code else ()].append(atom)
    return [tuple(group) for group in found.values() if len(group) > 1]


def _explained(row: Row, group: Group, open_columns: set[Column]) -> frozenset[Column]:
    """The open columns that the group explains; none when it is wrong anywhere."""
    changed: set[Column] = set()
    for column, amount in row.differences.items():
        effect = _effect(row, group, column)
        if effect and abs(amount - effect) > row.tolerance.get(column, 0):
            return frozenset()
        if effect:
            changed.add(column)
    return frozenset(changed & open_columns)


def _is_exact(row: Row, group: Group, columns: Iterable[Column]) -> bool:
    return all(_effect(row, group, column) == row.differences[column] for column in columns)


def _effect(row: Row, group: Group, column: Column) -> int:
    return sum(atom.effect.get((row.subject, column), 0) for atom in group)


def _explanation(groups: Sequence[Group]) -> Explanation:
    """Of the first reason among the groups; a reported movement speaks before a month."""
    leading = min(groups, key=lambda group: list(Kind).index(group[0].kind))[0]
    chosen = [group for group in groups if group[0].reason is leading.reason]
    atoms = [atom for group in chosen for atom in group]
    people = tuple(dict.fromkeys(key for atom in atoms for key in atom.people))
    size = len({key for atom in chosen[0] for key in atom.people})
    return Explanation(
        kind=leading.kind,
        reason=leading.reason,
        params=params_of(atoms) | {"count": size},
        people=people,
        alternatives=len(groups),
    )


def params_of(atoms: Sequence[Atom]) -> dict[str, Param]:
    """What the words ask for: phương án, and the first and last month."""
    codes = dict.fromkeys(code for atom in atoms for code in atom.codes)
    months = sorted(month for atom in atoms for month in (atom.first, atom.last) if month)
    first, last = (months[0].wire, months[-1].wire) if months else ("", "")
    return {"codes": ", ".join(codes), "first": first, "last": last}
