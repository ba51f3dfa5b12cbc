"""Whatever is done to a roster in whatever order: the data file and the plain store agree."""

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from desktop.services.ports import Store
from desktop.services.roster_api import Filter, RosterQuery, Test
from desktop.store.opening import open_store
from forms.model import Part, Period, Row, Section
from forms.roster.changes import since, with_household, with_values
from forms.roster.model import Track
from tests.desktop.store.samples import NOW, UNIT, draft
from tests.fakes.memory_store import MemoryStore

Step = Callable[[Store], object]
MONTHS = (Period(2026, 10), Period(2026, 11), Period(2027, 1))
QUERIES = (
    RosterQuery(unit_code=UNIT.code, words="vi du"),
    RosterQuery(unit_code=UNIT.code, sort=(("tien_luong", True), ("ho_ten", False))),
    RosterQuery(unit_code=UNIT.code, sort=(("chuc_vu", False),), month=MONTHS[0]),
    RosterQuery(unit_code=UNIT.code, filters=(Filter("tien_luong", Test.AT_LEAST, "6000000"),)),
    RosterQuery(
        unit_code=UNIT.code, filters=(Filter("chuc_vu", Test.CONTAINS, "to"),), month=MONTHS[1]
    ),
)

texts = {
    "ho_ten": some.sampled_from(["Ví Dụ An", "Ví Dụ Bình", "Ví\x7fDụ", ""]),
    "ma_so_bhxh": some.sampled_from(["0000000001", "0000000002", "0000000003", ""]),
    "cccd": some.sampled_from(["000000000011", ""]),
    "ngay_sinh": some.sampled_from(["1990", ""]),
    "chuc_vu": some.sampled_from(["Thợ", "Tổ trưởng", ""]),
    "tien_luong": some.sampled_from(["5000000", "6000000", "2.34", ""]),
    "phu_cap_luong": some.sampled_from(["100000", "", ""]),
    "phuong_an": some.sampled_from(["TM", "DC", "GH", "AD", "TS", "ON", "??", ""]),
    "tu_thang": some.sampled_from(["09/2026", "12/2026", "", "?"]),
    "stt": some.sampled_from(["1", "2", ""]),
}
rows = some.lists(some.fixed_dictionaries(texts), max_size=5)


def merge(
    people: list[dict[str, str]], period: Period, with_members: bool, starting: bool = False
) -> Step:
    def take(store: Store) -> object:
        filled = ({key: text for key, text in one.items() if text} for one in people)
        plain = draft(*(Row(line, values) for line, values in enumerate(filled, 4)))
        main, papers = plain.sections
        main = Section(main.part, main.sheet, dict.fromkeys(texts, "A"), main.rows)
        member = Row(4, {"stt": "1", "ho_ten": "Con"})
        house = Section(Part.PHU_LUC, "", {}, (member,) if with_members else ())
        made = type(plain)(plain.layout, plain.source, (main, papers, house))
        with store.begin() as work:
            found = work.roster.merge(UNIT.code, made, period, now=NOW, starting=starting)
            work.commit()
        return found.people, found.assumed, found.step and found.step.people

    return take


def change(which: int, how: str) -> Step:
    def take(store: Store) -> object:
        with store.begin() as work:
            ids = work.roster.ids(RosterQuery(unit_code=UNIT.code))
            if not ids:
                return None
            one = work.roster.person(UNIT.code, ids[which % len(ids)])
            pairs: dict[str, Any] = {
                "go": (one, None),
                "come": (
                    None,
                    with_values(one, {"email": "moi@example.vn"}).__class__(
                        id=None, unit_code=UNIT.code, values={"ho_ten": "Ví Dụ Mới"}
                    ),
                ),
                "wage": (one, since(one, Track.LUONG, date(2026, 10, 1), {"tien_luong": "7"})),
                "value": (one, with_values(one, {"email": "a@example.vn", "cccd": ""})),
                "house": (one, with_household(one, [{"ho_ten": "Con"}])),
            }
            pair = pairs[how]
            if pair[0] == pair[1]:
                return None
            work.roster.record(UNIT.code, [pair], code="roster.edited", params={}, now=NOW)
            work.commit()
        return how

    return take


def back(store: Store) -> object:
    with store.begin() as work:
        moved = work.roster.undo(UNIT.code)
        work.commit()
    return moved is not None


def forth(store: Store) -> object:
    with store.begin() as work:
        moved = work.roster.redo(UNIT.code)
        work.commit()
    return moved is not None


steps = some.lists(
    some.one_of(
        some.builds(merge, rows, some.sampled_from(MONTHS), some.booleans(), some.booleans()),
        some.builds(
            change, some.integers(0, 9), some.sampled_from(["go", "come", "wage", "value", "house"])
        ),
        some.just(back),
        some.just(forth),
    ),
    min_size=1,
    max_size=5,
)


def seen(store: Store) -> list[object]:
    """Everything that can be asked, with people by their place: ids are each store's own."""
    with store.reading() as work:
        roster, unit = work.roster, UNIT.code
        ids = list(roster.ids(RosterQuery(unit_code=unit)))
        place = {one: at for at, one in enumerate(ids)}
        people = roster.people(unit, ids)
        told = [
            sorted((entry.key, entry.before, entry.after, str(entry.since)) for entry in found)
            for found in (roster.history(unit, one) for one in ids)
        ]
        return [
            [(people[one].values, people[one].tracks, people[one].household) for one in ids],
            told,
            [[place[one] for one in roster.ids(query)] for query in QUERIES],
            [[row.values for row in roster.rows(unit, ids, month)] for month in (None, *MONTHS)],
            [
                [(place[one], flat, house) for one, flat, house in roster.snapshot(unit, month)]
                for month in MONTHS
            ],
            [values for _, values in roster.values_of(unit, ("ho_ten", "tien_luong"))],
        ]


@settings(
    deadline=None, max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps)
def test_both_stores_keep_the_same_roster(taken: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        stores: list[Store] = [open_store(Path(folder), mode="real", now=NOW), MemoryStore()]
        for store in stores:
            with store.begin() as work:
                work.units.add(UNIT)
                work.commit()
        for take in taken:
            real, plain = (take(store) for store in stores)
            assert real == plain
            assert seen(stores[0]) == seen(stores[1])
