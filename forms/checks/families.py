"""Household rows and papers: whose they are, and whether the household makes sense."""

from collections.abc import Iterator

from forms.checks.people import name_key, numbers_of
from forms.checks.problem import Placed, Problem
from forms.model import Draft, Part, Row

_HEAD = "00"
"""chủ hộ in the list of relations"""


def households(draft: Draft) -> Iterator[Placed]:
    """Rows that belong to nobody would be lost without a word."""
    people = _by_id(draft)
    told: set[str] = set()
    for row in draft.rows(Part.PHU_LUC):
        owner = row.get("stt")
        if owner and owner not in people:
            yield Placed(Part.PHU_LUC, row.line, Problem("check.household_unmatched", "stt"))
        elif owner and owner not in told:
            told.add(owner)
            if all(person.get("kem_tk1") != "1" for person in people[owner]):
                problem = Problem("check.household_without_tk1", "stt", {"id": owner})
                yield Placed(Part.PHU_LUC, row.line, problem)


def heads(draft: Draft) -> Iterator[Placed]:
    """One head a household."""
    members: dict[str, list[Row]] = {}
    for row in draft.rows(Part.PHU_LUC):
        if row.get("stt"):
            members.setdefault(row.get("stt"), []).append(row)
    for owner, rows in members.items():
        leading = [row for row in rows if row.get("moi_quan_he") == _HEAD]
        for row in leading[1:]:
            problem = Problem("check.two_heads", "moi_quan_he", {"line": leading[0].line})
            yield Placed(Part.PHU_LUC, row.line, problem)
        if not leading and all(row.get("moi_quan_he") for row in rows):
            problem = Problem("check.no_head", "moi_quan_he", {"id": owner})
            yield Placed(Part.PHU_LUC, rows[0].line, problem)


def shared_ids(draft: Draft) -> Iterator[Placed]:
    """Two people under one number of the workbook: a household would be given to both."""
    households_of = {row.get("stt") for row in draft.rows(Part.PHU_LUC)}
    for owner, people in _by_id(draft).items():
        for person in people[1:]:
            if not _same(people[0], person):
                code = "shared_id_household" if owner in households_of else "shared_id"
                problem = Problem(f"check.{code}", "stt", {"line": people[0].line})
                yield Placed(Part.LAO_DONG, person.line, problem)


def papers(draft: Draft) -> Iterator[Placed]:
    """A paper names its person by number in the workbook, by BHXH number or by name."""
    people = draft.rows(Part.LAO_DONG)
    ids = set(_by_id(draft))
    numbers = {number for row in people for number in numbers_of(row)}
    names = {name_key(row.get("ho_ten")) for row in people}
    for row in draft.rows(Part.BANG_KE):
        if not _belongs(row, ids, numbers, names):
            key = "stt" if row.get("stt") else "ho_ten"
            yield Placed(Part.BANG_KE, row.line, Problem("check.paper_unmatched", key))


def _belongs(row: Row, ids: set[str], numbers: set[str], names: set[tuple[str, ...]]) -> bool:
    if row.get("stt"):
        return row.get("stt") in ids
    if row.get("ma_so_bhxh"):
        return row.get("ma_so_bhxh") in numbers
    return not row.get("ho_ten") or name_key(row.get("ho_ten")) in names


def _by_id(draft: Draft) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in draft.rows(Part.LAO_DONG):
        if row.get("stt"):
            found.setdefault(row.get("stt"), []).append(row)
    return found


def _same(one: Row, two: Row) -> bool:
    if set(numbers_of(one)) & set(numbers_of(two)):
        return True
    return name_key(one.get("ho_ten")) == name_key(two.get("ho_ten"))


CHECKS = (households, heads, shared_ids, papers)
