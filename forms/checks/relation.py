"""A check of several fields of one row, with the fields and the code lists that it needs.

It is run only where the form in force has all its fields, and is "not checkable" where a list
is missing.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field

from forms.checks.problem import Get, Problem, Setting

Check = Callable[[Get, Setting], Iterator[Problem]]
View = Callable[[str], Hashable]


@dataclass(frozen=True, slots=True)
class Relation:
    keys: tuple[str, ...]
    """field keys; a problem stands at one of them"""
    check: Check
    lists: tuple[str, ...] = ()
    """names of code lists"""
    needs: tuple[str, ...] = ()
    """keys of which none may be empty; else nothing is said"""
    views: Mapping[str, View] = field(default_factory=dict)
    """all that the check sees of a good value: rows with the same views have the same answer"""


def relation(
    *keys: str,
    lists: tuple[str, ...] = (),
    needs: tuple[str, ...] = (),
    views: Mapping[str, View] | None = None,
) -> Callable[[Check], Relation]:
    """Says of a generator what it needs."""
    return lambda check: Relation(keys, check, lists, needs, views or {})
