"""A code that goes on with another meaning: the name beside it is still the old one."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from forms.checks.problem import Placed, Problem
from forms.codes import code_list, fold
from forms.conversion import Kind, convert_commune
from forms.model import Section
from forms.packed import Block

_CODE, _NAME = "ma_xa_", "ten_xa_"
_MOST_KNOWN = 50_000
"""so many communes of one field are remembered"""


@dataclass(slots=True)
class Places:
    """Lives as long as one check of one draft."""

    passed: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    """field → (code, name) of communes of which there is nothing to say"""

    def divided(self, section: Section, block: Block) -> Iterator[Placed]:
        """Communes that were divided and gave their code on to one of several."""
        for key in _pairs(section):
            if key in block.columns:
                named = block.column(_NAME + key.removeprefix(_CODE))
                rows = list(zip(block.columns[key], named, strict=True))
                said = self._said(key, set(rows))
                if said:
                    placed = zip(block.lines, rows, strict=True)
                    yield from (
                        Placed(section.part, line, said[row]) for line, row in placed if row in said
                    )

    def _said(self, key: str, rows: set[tuple[str, str]]) -> dict[tuple[str, str], Problem]:
        passed = self.passed.setdefault(key, set())
        new = rows - passed
        found = ((row, _divided(key, *row)) for row in new if all(row))
        said = {row: problem for row, problem in found if problem is not None}
        if len(passed) > _MOST_KNOWN:
            passed.clear()
        passed |= new - said.keys()
        return said


def _pairs(section: Section) -> tuple[str, ...]:
    keys = section.columns.keys()
    return tuple(k for k in keys if k.startswith(_CODE) and _NAME + k.removeprefix(_CODE) in keys)


@lru_cache(maxsize=8192)
def _divided(key: str, code: str, name: str) -> Problem | None:
    current, found = code_list("xa").name_of(code), convert_commune(code)
    if current is None or found.name is None or found.kind is not Kind.SEVERAL:
        return None
    said = fold(name)
    if fold(found.name) not in said or fold(current) in said:
        return None
    now = "; ".join(f"{place.code} {place.name}" for place in found.candidates)
    return Problem("law.commune_divided", key, {"old": found.name, "current": current, "now": now})
