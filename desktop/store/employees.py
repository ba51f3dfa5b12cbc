"""People at rest, read and written many at once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import bindparam, delete, select, update

from desktop.store.column_types import encoded_cells
from desktop.store.roster_columns import Cells, Columns, RosterColumns, searched
from desktop.store.roster_lines import BETWEEN, Shapes
from desktop.store.session import Session
from desktop.store.tables import household_member, person
from forms.roster.lines import LineReader, changed_columns, to_line
from forms.roster.model import Employee, Values

CHUNK = 2000
"""so many ids in one statement; every database takes more parameters than that"""

Change = tuple[Employee | None, Employee | None]
"""(before, after); both of one id"""
T = TypeVar("T")

PERSON = ("id", "unit_code", "shape", "line")
MEMBER = ("person_id", "position", "cells")
_REFRESH = (
    update(person)
    .where(person.c.id == bindparam("at_id"))
    .values(shape=bindparam("shape"), line=bindparam("line"))
)


def chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]


class Stored(NamedTuple):
    """A line as it stands in the data file, and who can read it."""

    shape: int | None
    reader: LineReader
    cells: Sequence[str]

    def may_say(self, texts: Mapping[str, str]) -> bool:
        """Whether these may stand in the line under its own shape."""
        known = self.shape is not None and texts.keys() <= self.reader.places.keys()
        return known and not any(BETWEEN in text for text in texts.values())

    def with_texts(self, texts: Mapping[str, str]) -> Iterator[str]:
        """Its texts with these over them, where ``may_say``."""
        fresh = list(self.cells)
        for column, text in texts.items():
            fresh[self.reader.places[column]] = text
        return iter(fresh)

    def line(self) -> dict[str, str]:
        return {
            key: text for key, text in zip(self.reader.columns, self.cells, strict=True) if text
        }


@dataclass(frozen=True, slots=True)
class Employees:
    """The people of one unit: those of another are not there."""

    session: Session
    unit_code: str
    shapes: Shapes
    columns: RosterColumns

    @classmethod
    def of(cls, session: Session, unit_code: str) -> "Employees":
        return cls(session, unit_code, Shapes(session), RosterColumns(session, unit_code))

    def read(self, ids: Sequence[int]) -> dict[int, Employee]:
        """id → the whole person; ids of nobody are left out."""
        found: dict[int, Employee] = {}
        for some in chunks(ids):
            lines = self.lines(some)
            households = self.households(list(lines))
            for one, stored in lines.items():
                found[one] = self.employee(one, stored, households.get(one, ()))
        return found

    def employee(self, one: int, stored: Stored, household: tuple[Values, ...]) -> Employee:
        _, reader, cells = stored
        return Employee(
            id=one,
            unit_code=self.unit_code,
            values=reader.values(cells),
            tracks=reader.tracks(cells),
            household=household,
        )

    def lines(self, ids: Sequence[int]) -> dict[int, Stored]:
        """At most ``CHUNK`` ids."""
        wanted = select(person.c.id, person.c.shape, person.c.line).where(
            person.c.unit_code == self.unit_code, person.c.id.in_(ids)
        )
        read = self.shapes.read
        found = self.session.tuples(wanted)
        return {one: Stored(shape, *read(shape, line)) for one, shape, line in found}

    def households(self, ids: Sequence[int]) -> dict[int, tuple[Values, ...]]:
        """At most ``CHUNK`` ids; those without are left out."""
        wanted = (
            select(household_member.c.person_id, household_member.c.cells)
            .where(household_member.c.person_id.in_(ids))
            .order_by(household_member.c.person_id, household_member.c.position)
        )
        found: dict[int, list[Values]] = defaultdict(list)
        for one, cells in self.session.tuples(wanted):
            found[one].append(cells)
        return {one: tuple(members) for one, members in found.items()}

    def write(self, changes: Iterable[Change]) -> None:
        """Only what differs is written. Every ``before`` is what is stored."""
        work = Work()
        for before, after in changes:
            work.take(before, after)
        self._write_people(work)
        self.columns.change(work.cells, work.gone)
        self._write_households(work)

    def _write_people(self, work: "Work") -> None:
        for some in chunks(work.added):
            written = self.shapes.write([line for _, line in some])
            rows = zip(some, written, strict=True)
            lines = [(one, self.unit_code, *text) for (one, _), text in rows]
            self.session.insert_many(person, PERSON, lines)
        for some in chunks(list(work.changed.items())):
            self._refresh(dict(some))

    def _refresh(self, changed: Cells) -> None:
        """Texts written over those in the lines, under another shape where theirs lacks one."""
        rows: list[tuple[int | None, str, int]] = []
        rest: list[tuple[int, dict[str, str]]] = []
        for one, stored in self.lines(list(changed)).items():
            texts = changed[one]
            if stored.may_say(texts):
                rows.append((stored.shape, BETWEEN.join(stored.with_texts(texts)), one))
            else:
                line = {**stored.line(), **texts}
                rest.append((one, {key: text for key, text in line.items() if text}))
        written = self.shapes.write([line for _, line in rest])
        rows += [(*text, one) for (one, _), text in zip(rest, written, strict=True)]
        self.session.run_many(_REFRESH, ("shape", "line", "at_id"), rows)

    def _write_households(self, work: "Work") -> None:
        """What others refer to is made first and unmade last."""
        of = household_member.c.person_id == bindparam("at_id")
        self.session.change_many(delete(household_member).where(of), _each(work.members_gone))
        self.session.insert_many(household_member, MEMBER, work.members)
        gone = delete(person).where(person.c.id == bindparam("at_id"))
        self.session.change_many(gone, _each(work.gone))

    def add(self, ids: Sequence[int], columns: Columns, searched_by: Columns) -> None:
        """Many who are new and have no household, by id: a line each, given by column."""
        shape, wanted = self.shapes.fitting(columns)
        none = ("",) * len(ids)
        texts = map(BETWEEN.join, zip(*(columns.get(key, none) for key in wanted), strict=True))
        written = self.shapes.checked(
            shape, texts, lambda at: {key: text for key in columns if (text := columns[key][at])}
        )
        rows = [(one, self.unit_code, *text) for one, text in zip(ids, written, strict=True)]
        self.session.insert_many(person, PERSON, rows)
        self.columns.add(ids, {**columns, **searched_by})


def _each(ids: Iterable[int]) -> list[dict[str, Any]]:
    return [{"at_id": one} for one in ids]


@dataclass(slots=True)
class Work:
    """What is to be written, gathered by statement."""

    added: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    changed: dict[int, dict[str, str]] = field(default_factory=dict)
    cells: dict[int, Mapping[str, str]] = field(default_factory=dict)
    gone: list[int] = field(default_factory=list)
    members: list[tuple[Any, ...]] = field(default_factory=list)
    members_gone: list[int] = field(default_factory=list)

    def take(self, before: Employee | None, after: Employee | None) -> None:
        one = after or before
        if one is None or one.id is None:
            return
        if after is None:
            self.gone.append(one.id)
        else:
            self._take_line(one.id, before, after)
        old = before.household if before else ()
        new = after.household if after else ()
        if old != new:
            if old:
                self.members_gone.append(one.id)
            self.members += [(one.id, at, encoded_cells(cells)) for at, cells in enumerate(new)]

    def _take_line(self, one: int, before: Employee | None, after: Employee) -> None:
        if before is None:
            line = to_line(after)
            self.added.append((one, line))
            self.cells[one] = searched(line)
        elif changed := changed_columns(before, after):
            self.changed[one] = changed
            self.cells[one] = searched(changed)
