"""What only the whole draft shows."""

from collections.abc import Callable, Iterator

from forms.checks import families, people
from forms.checks.gathering import Gathering, Regions
from forms.checks.problem import Placed, Problem
from forms.model import Draft, Part, Row
from resources.faults import Param

_CHECKS: tuple[Callable[[Draft], Iterator[Placed]], ...] = (*people.CHECKS, *families.CHECKS)


def whole(gathered: Gathering) -> Iterator[Placed]:
    """``gathered``: has taken every block of the draft."""
    if not len(gathered.people):
        yield Placed(Part.LAO_DONG, None, Problem("check.no_people", "ho_ten"))
    yield from _other_region(gathered.regions)
    draft = gathered.narrowed()
    yield from number_needs_tk1(draft)
    for check in _CHECKS:
        yield from check(draft)


def _other_region(regions: Regions) -> Iterator[Placed]:
    """Said once: people may well work at a branch, all of them, too."""
    if regions.count:
        params: dict[str, Param] = {"count": regions.count, "region": regions.own}
        problem = Problem("check.region_differs", "ma_vung_ltt", params)
        yield Placed(Part.LAO_DONG, regions.first, problem)


def number_needs_tk1(draft: Draft) -> Iterator[Placed]:
    """Who has no BHXH number asks for one in a TK1-TS; one row of the person is enough."""
    asked = {_who(row) for row in draft.rows(Part.LAO_DONG) if row.get("kem_tk1") == "1"}
    for row in draft.rows(Part.LAO_DONG):
        named = row.get("ho_ten") and row.get("phuong_an")
        if named and not row.get("ma_so_bhxh") and _who(row) not in asked:
            yield Placed(Part.LAO_DONG, row.line, Problem("check.number_without_tk1", "kem_tk1"))


def _who(row: Row) -> tuple[str, str]:
    return row.get("cccd"), row.get("ho_ten")
