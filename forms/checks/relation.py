"""A check of several fields of one row, with the fields and the code lists that it needs.

It is run only where the form in force has all its fields, and is "not checkable" where a list
is missing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from forms.checks.problem import Get, Problem, Setting

Check = Callable[[Get, Setting], Iterator[Problem]]


@dataclass(frozen=True, slots=True)
class Relation:
    keys: tuple[str, ...]
    """field keys; a problem stands at one of them"""
    check: Check
    lists: tuple[str, ...] = ()
    """names of code lists"""


def relation(*keys: str, lists: tuple[str, ...] = ()) -> Callable[[Check], Relation]:
    """Says of a generator what it needs."""
    return lambda check: Relation(keys, check, lists)
