"""Looking at the roster: whom a query shows, in which order, and everybody of a month.

Fields are taken out of the columns of the newest lines; only of whom a month is asked in which
something newer does not hold yet, the whole line is read. Tests and order are
``desktop.store.roster_order``'s, the same on every database.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, repeat
from operator import itemgetter

from sqlalchemy import select

from desktop.services.roster_api import RosterQuery, RosterRow
from desktop.services.roster_ports import Snapped
from desktop.store.employees import Employees, chunks
from desktop.store.folding import folded
from desktop.store.roster_columns import NAME as FOLDED
from desktop.store.roster_columns import NUMBERS, Block, RosterColumns
from desktop.store.roster_order import NAME, Line, in_order, passing
from desktop.store.session import Session
from desktop.store.tables import household_member, person
from forms.model import Period
from forms.roster.changes import ABSENT, is_there
from forms.roster.fields import fields
from forms.roster.lines import home_column, reader_of, since_column
from forms.roster.model import Track, Values
from forms.roster.taking_in import STATE
from resources.faults import UsageFault

_SINCE = tuple(map(since_column, Track))


@dataclass(frozen=True, slots=True)
class Look:
    session: Session

    def count(self, query: RosterQuery) -> int:
        return len(self.ids(query))

    def ids(self, query: RosterQuery) -> list[int]:
        """Raises UsageFault ``roster.field_unknown``."""
        keys = [*(one.key for one in query.filters), *(key for key, _ in query.sort)]
        lines = self._asked(query.unit_code, keys, query.words, query.month)
        kept = passing(lines, query.filters)
        return in_order(kept, query.sort, first=1 + len(query.filters))

    def _asked(
        self, unit_code: str, keys: Sequence[str], words: str, month: Period | None
    ) -> list[Line]:
        """id and texts of the fields, by id; names come folded, as they are compared."""
        columns = [FOLDED if key == NAME else _column(key) for key in keys]
        wanted = folded(words).split()
        tracks = {fields()[key].track for key in keys} - {None} if month else set()
        since = [since_column(track) for track in tracks if track is not None]
        asked = [*columns, *since, *((FOLDED, *NUMBERS) if wanted else ())]
        found: list[Line] = []
        late: dict[int, int] = {}
        for block in RosterColumns(self.session, unit_code).blocks(asked):
            lines = list(zip(block.ids, *map(block.column, columns), strict=True))
            places: Sequence[int] = _matching(block, wanted) if wanted else range(len(lines))
            if month:
                day = month.last_day.isoformat()
                later = _later(block, since, day)
                late |= {
                    block.ids[at]: len(found) + n for n, at in enumerate(places) if at in later
                }
            found += [lines[at] for at in places] if wanted else lines
        if month and late:
            for one, values in self._on(unit_code, list(late), month.last_day):
                texts = (_compared(key, values.get(key, "")) for key in keys)
                found[late[one]] = (one, *texts)
        return found

    def _on(
        self, unit_code: str, ids: Sequence[int], day: date
    ) -> Iterator[tuple[int, dict[str, str]]]:
        """What is in force on a day, of whom that is not the newest."""
        for some in chunks(ids):
            for one, employee in Employees.of(self.session, unit_code).read(some).items():
                yield one, employee.on(day)

    def rows(self, unit_code: str, ids: Sequence[int], month: Period | None) -> list[RosterRow]:
        found: dict[int, Values] = {}
        employees = Employees.of(self.session, unit_code)
        day = month.last_day if month else date.max
        for some in chunks(ids):
            for one, stored in employees.lines(some).items():
                _, reader, cells = stored
                if reader.begun(cells, day.isoformat()):
                    found[one] = reader.flat(cells)
                else:
                    found[one] = employees.employee(one, stored, ()).on(day)
        return [RosterRow(id=one, values=found[one]) for one in ids if one in found]

    def snapshot(self, unit_code: str, period: Period) -> Iterator[Snapped]:
        households = self._households(unit_code)
        for block in RosterColumns(self.session, unit_code).blocks():
            for one, values in self._there(unit_code, block, period.last_day):
                yield one, values, households.get(one, ())

    def _there(self, unit_code: str, block: Block, day: date) -> Iterator[tuple[int, Values]]:
        """Everybody of a block who is there on that day."""
        columns = {key: column for key, column in block.columns.items() if key != FOLDED}
        flat = reader_of(tuple(columns)).flat
        lines = zip(*columns.values(), strict=True) if columns else repeat(())
        states = block.column(home_column(STATE))
        late = {block.ids[at] for at in _later(block, _SINCE, day.isoformat())}
        older = Employees.of(self.session, unit_code).read(sorted(late)) if late else {}
        for one, state, line in zip(block.ids, states, lines):  # noqa: B905 - some never end
            if one not in late:
                if state != ABSENT:
                    yield one, flat(line)
            elif is_there(older[one].tracks, day):
                yield one, older[one].on(day)

    def values_of(self, unit_code: str, keys: Sequence[str]) -> Iterator[tuple[int, Values]]:
        columns = list(map(_column, keys))
        for block in RosterColumns(self.session, unit_code).blocks(columns):
            for one, *texts in zip(block.ids, *map(block.column, columns), strict=True):
                yield one, {key: text for key, text in zip(keys, texts, strict=True) if text}

    def columns(self, unit_code: str, ids: Sequence[int], keys: Sequence[str]) -> list[list[str]]:
        """Raises UsageFault ``roster.field_unknown``."""
        columns = list(map(_column, keys))
        found: list[dict[int, str]] = [{} for _ in keys]
        for block in RosterColumns(self.session, unit_code).blocks(columns):
            for key, texts in zip(columns, found, strict=True):
                texts.update(zip(block.ids, block.column(key), strict=True))
        return [[texts.get(one, "") for one in ids] for texts in found]

    def _households(self, unit_code: str) -> dict[int, tuple[Values, ...]]:
        found = self.session.tuples(
            select(household_member.c.person_id, household_member.c.cells)
            .join(person, person.c.id == household_member.c.person_id)
            .where(person.c.unit_code == unit_code)
            .order_by(household_member.c.person_id, household_member.c.position)
        )
        groups = groupby(found, key=itemgetter(0))
        return {one: tuple(cells for _, cells in members) for one, members in groups}


def _column(key: str) -> str:
    if key not in fields():
        raise UsageFault("roster.field_unknown", field=key)
    return home_column(key)


def _compared(key: str, text: str) -> str:
    return folded(text) if key == NAME else text


def _matching(block: Block, words: Sequence[str]) -> list[int]:
    """Every word stands somewhere in the name or a number; the blocks are looked through whole."""
    whole, texts = block.lines
    if any(word not in whole for word in words):
        return []
    found = list(range(len(texts)))
    for word in words:
        found = [at for at in found if word in texts[at]]
    return found


def _later(block: Block, since: Sequence[str], day: str) -> set[int]:
    """Places of those of whom something newer does not hold yet on that day (ISO 8601)."""
    columns = [block.columns[key] for key in since if key in block.columns]
    return {
        at
        for column in columns
        if max(column) > day
        for at, text in enumerate(column)
        if text > day
    }
