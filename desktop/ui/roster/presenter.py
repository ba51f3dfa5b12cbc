"""Pages of people and how each of them looks. No Qt."""

from dataclasses import dataclass

from desktop.services.api import Services
from desktop.services.ports import Person
from desktop.ui.formats import money
from desktop.ui.texts import tr

PAGE_SIZE = 200
HEADS = (
    "ui.roster.name",
    "ui.roster.birth",
    "ui.roster.sex",
    "ui.roster.citizen_id",
    "ui.roster.social_number",
    "ui.roster.job",
    "ui.roster.wage",
    "ui.roster.last",
)
RIGHT = frozenset({6})
"""columns of figures"""
SEXES = {"1": "ui.sex.male", "0": "ui.sex.female"}


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for; a new value makes every page old."""

    unit_code: str
    words: str = ""


class RosterPresenter:
    def __init__(self, services: Services) -> None:
        self._services = services

    def count(self, search: Search) -> int:
        if not search.unit_code:
            return 0
        return self._services.count_people(search.unit_code, search.words)

    def page(self, search: Search, number: int) -> tuple[tuple[str, ...], ...]:
        """Cells of the people on page ``number`` (from 0)."""
        people = self._services.people(
            search.unit_code, search.words, limit=PAGE_SIZE, offset=number * PAGE_SIZE
        )
        return tuple(cells(person) for person in people)

    def summary(self, search: Search, total: int) -> str:
        if search.words:
            return tr("ui.roster.found", count=total, words=search.words)
        return tr("ui.roster.count", count=total)


def cells(person: Person) -> tuple[str, ...]:
    """In the order of ``HEADS``."""
    return (
        person.name,
        person.birth,
        tr(SEXES[person.sex]) if person.sex in SEXES else person.sex,
        person.citizen_id,
        person.social_number,
        person.job,
        pay(person),
        tr("ui.roster.last_cell", movement=person.last_movement, period=person.last_period.wire),
    )


def pay(person: Person) -> str:
    if person.wage is not None:
        return money(person.wage)
    if person.coefficient:
        return tr("ui.roster.coefficient", value=person.coefficient.replace(".", ","))
    return ""
