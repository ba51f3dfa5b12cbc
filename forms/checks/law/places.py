"""A code that goes on with another meaning: the name beside it is still the old one."""

from collections.abc import Iterator
from functools import lru_cache

from forms.checks.problem import Placed, Problem
from forms.codes import code_list, fold
from forms.conversion import Kind, convert_commune
from forms.model import Draft, Section

_CODE, _NAME = "ma_xa_", "ten_xa_"


def places(draft: Draft) -> Iterator[Placed]:
    """Communes that were divided and gave their code on to one of several."""
    for section in draft.sections:
        for key in _pairs(section):
            for row in section.rows:
                code, name = row.get(key), row.get(_NAME + key.removeprefix(_CODE))
                if code and name and (problem := _divided(key, code, name)):
                    yield Placed(section.part, row.line, problem)


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
