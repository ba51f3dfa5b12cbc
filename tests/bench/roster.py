"""The roster against reading the same people bare: ``python -m tests.bench.roster [PEOPLE]``.

Merging is measured with people who are new, known and as they were, known and changed.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from desktop.practice.sample import sample_unit
from desktop.services.roster_api import Filter, RosterQuery, Test
from desktop.store.opening import open_store
from desktop.store.unit_of_work import SqlStore
from forms.model import Draft, Part, Period, Row, Section
from forms.packed import PackedRows
from tests.bench.importing import bare_read, workbook
from tests.bench.measure import Measure, best, say, seconds
from tests.bench.wide import PERIOD, SHEET, _people

NOW = datetime(2026, 11, 22, tzinfo=UTC)
UNIT = sample_unit()
NEXT = PERIOD.next()
ALL = RosterQuery(unit_code=UNIT.code)
SORTED = RosterQuery(unit_code=UNIT.code, sort=(("ho_ten", True),))
FILTERED = RosterQuery(unit_code=UNIT.code, filters=(Filter("tien_luong", Test.AT_LEAST, "9"),))


def draft(people: int, *, raised: bool = False) -> Draft:
    rows = PackedRows.of(_rows(people, raised=raised))
    columns = dict.fromkeys(rows[0].values, "A")
    return Draft("", "", (Section(Part.LAO_DONG, SHEET, columns, rows),))


def _rows(people: int, *, raised: bool) -> Iterator[Row]:
    for line, record in enumerate(islice(_people(), people), 4):
        values: Mapping[str, str] = {key: str(value) for key, value in record.items() if value}
        yield Row(line, {**values, "phuong_an": "DC", "tien_luong": "9"} if raised else values)


def new_store(folder: Path) -> SqlStore:
    store = open_store(folder, mode="practice", now=NOW)
    with store.begin() as work:
        work.units.add(UNIT)
        work.commit()
    return store


def merge(store: SqlStore, made: Draft, period: Period) -> None:
    with store.begin() as work:
        work.roster.merge(UNIT.code, made, period, now=NOW)
        work.commit()


def measure(people: int) -> Iterator[Measure]:
    bare = best(lambda: bare_read(workbook(people)))
    with tempfile.TemporaryDirectory() as folder:
        for name, job in _jobs(Path(folder), people):
            yield Measure(
                name=f"{name}, {people:,} people",
                yardstick="bare read",
                job=seconds(job),
                bare=bare,
            )


def _jobs(folder: Path, people: int) -> Iterator[tuple[str, Callable[[], object]]]:
    """In this order: each finds what those before it left."""
    store, same, raised = new_store(folder), draft(people), draft(people, raised=True)
    yield "merge of new people", lambda: merge(store, same, PERIOD)
    yield "merge of people as they were", lambda: merge(store, same, PERIOD)
    yield "merge of people who changed", lambda: merge(store, raised, NEXT)
    with store.reading() as work:
        roster = work.roster
        yield "ids, sorted", lambda: roster.ids(SORTED)
        yield "ids, filtered", lambda: roster.ids(FILTERED)
        page = list(roster.ids(SORTED))[:200]
        yield "a page of 200", lambda: roster.rows(UNIT.code, page)
        yield "snapshot", lambda: sum(1 for _ in roster.snapshot(UNIT.code, NEXT))
    with store.begin() as work:
        roster = work.roster
        yield "undo", lambda: roster.undo(UNIT.code)
        yield "redo", lambda: roster.redo(UNIT.code)


if __name__ == "__main__":
    for found in measure(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000):
        say(found)
