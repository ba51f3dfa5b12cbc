"""Everything done to a roster is a step: recorded, undone, done again, told; on every store."""

from dataclasses import replace
from datetime import date

import pytest

from desktop.services.ports import Store
from desktop.services.roster_api import Filter, RosterQuery, Step, Test
from desktop.services.roster_ports import Touched
from forms.model import DossierState, Draft, Part, Period, Row, Section
from forms.roster.changes import corrected, since, with_household, with_values
from forms.roster.model import Employee, Track
from resources.faults import UsageFault
from tests.desktop.store.samples import AN, BINH, NOVEMBER, NOW, UNIT, draft, later, stored_dossier

OTHER = replace(UNIT, code="TB0000Z")
QUERY = RosterQuery(unit_code=UNIT.code)


def filled(store: Store, *rows: Row, unit: str = UNIT.code) -> list[int]:
    """The unit, with the people of the rows; their ids."""
    with store.begin() as work:
        for one in (UNIT, OTHER):
            if one not in work.units.all():
                work.units.add(one)
        work.roster.merge(unit, draft(*(rows or (AN, BINH))), NOVEMBER, now=NOW)
        ids = list(work.roster.ids(RosterQuery(unit_code=unit)))
        work.commit()
    return ids


def people(store: Store, unit: str = UNIT.code) -> dict[int, Employee]:
    with store.reading() as work:
        return dict(work.roster.people(unit, work.roster.ids(RosterQuery(unit_code=unit))))


def change(store: Store, *changes: tuple[Employee | None, Employee | None]) -> Step:
    with store.begin() as work:
        step, _ = work.roster.record(
            UNIT.code, changes, code="roster.edited", params={"people": 1, "field": ""}, now=NOW
        )
        work.commit()
    return step


def undo(store: Store, unit: str = UNIT.code) -> bool:
    with store.begin() as work:
        moved = work.roster.undo(unit)
        work.commit()
    return moved is not None


def redo(store: Store) -> bool:
    with store.begin() as work:
        moved = work.roster.redo(UNIT.code)
        work.commit()
    return moved is not None


def test_an_import_makes_spans_since_the_month_of_each_row(store: Store) -> None:
    row = Row(4, {**AN.values, "tu_thang": "09/2026"})
    [one] = filled(store, row)
    an = people(store)[one]
    assert an.values["ho_ten"] == "Đặng Thị Ví Dụ An"
    assert an.tracks[Track.LUONG][0].since == date(2026, 9, 1)
    assert an.on(date(2026, 9, 1))["dang_tham_gia"] == "active"
    assert "tien_luong" not in an.on(date(2026, 8, 31))


def test_people_are_named_as_their_changes_stand(store: Store) -> None:
    """However they are written: those who stand together at once, new ones last."""
    [one, two] = filled(store)
    known = people(store)
    new = [replace(known[one], id=None, values={"ho_ten": name}) for name in ("Ví Dụ", "Thử")]
    with store.begin() as work:
        changes = [(None, new[0]), (known[two], None), (None, new[1]), (known[one], None)]
        _, ids = work.roster.record(
            UNIT.code, changes, code="roster.edited", params={"people": 4, "field": ""}, now=NOW
        )
        work.commit()
    assert [ids[1], ids[3]] == [two, one]
    assert [people(store)[ids[at]].values["ho_ten"] for at in (0, 2)] == ["Ví Dụ", "Thử"]
    assert undo(store)
    assert people(store) == known


def test_everything_is_undone_and_done_again_in_order(store: Store) -> None:
    [one, two] = filled(store)
    first = people(store)
    raised = since(first[one], Track.LUONG, date(2026, 12, 1), {"tien_luong": "6000000"})
    change(store, (first[one], raised))
    named = with_household(with_values(raised, {"email": "an@example.vn"}), [{"ho_ten": "Ví Dụ"}])
    change(store, (raised, named))
    change(store, (first[two], None))
    last = people(store)
    assert last == {one: named}
    seen = [last]
    while undo(store):
        seen.append(people(store))
    assert seen[1:] == [{one: named, two: first[two]}, {one: raised, two: first[two]}, first, {}]
    for state in reversed(seen[:-1]):
        assert redo(store)
        assert people(store) == state
    assert not redo(store)


def test_a_new_step_drops_what_was_undone(store: Store) -> None:
    [one, _] = filled(store)
    before = people(store)[one]
    change(store, (before, with_values(before, {"email": "a@example.vn"})))
    undo(store)
    change(store, (before, with_values(before, {"email": "b@example.vn"})))
    assert not redo(store)
    with store.reading() as work:
        assert [step.undone for step in work.roster.steps(UNIT.code, 50)] == [False, False]
        assert len(work.roster.steps(UNIT.code, 1)) == 1


def test_a_number_is_never_given_twice(store: Store) -> None:
    [_, two] = filled(store)
    change(store, (people(store)[two], None))
    change(store, (None, Employee(id=None, unit_code=UNIT.code, values={"ho_ten": "Ví Dụ Mới"})))
    assert max(people(store)) > two


def test_each_unit_undoes_its_own(store: Store) -> None:
    mine, theirs = filled(store), filled(store, unit=OTHER.code)
    assert not set(mine) & set(theirs)
    assert undo(store)
    assert people(store) == {}
    assert list(people(store, OTHER.code)) == theirs


def test_a_person_of_another_unit_is_nobody(store: Store) -> None:
    [theirs, _] = filled(store, unit=OTHER.code)
    with store.reading() as work:
        assert work.roster.rows(UNIT.code, [theirs]) == []
        for ask in (work.roster.person, work.roster.history):
            with pytest.raises(UsageFault, match=r"person\.unknown"):
                ask(UNIT.code, theirs)
        with pytest.raises(UsageFault, match=r"unit\.unknown"):
            work.roster.ids(RosterQuery(unit_code="TX0000Z"))


def test_the_history_tells_every_value_that_stands(store: Store) -> None:
    [one, _] = filled(store)
    before = people(store)[one]
    raised = since(before, Track.LUONG, date(2026, 12, 1), {"tien_luong": "6000000"})
    step = change(store, (before, raised))
    with store.reading() as work:
        newest, *rest = work.roster.history(UNIT.code, one)
    assert (newest.step, newest.key, newest.since) == (step.id, "tien_luong", date(2026, 12, 1))
    assert (newest.before, newest.after) == ("5310000", "6000000")
    assert {"nguoi", "ho_ten", "tien_luong"} <= {entry.key for entry in rest}
    undo(store)
    with store.reading() as work:
        assert list(work.roster.history(UNIT.code, one)) == rest


def test_the_same_import_again_is_no_step(store: Store) -> None:
    filled(store)
    with store.begin() as work:
        merged = work.roster.merge(UNIT.code, draft(AN, BINH), NOVEMBER, now=NOW)
    assert (merged.people, merged.step) == (2, None)


def test_the_draft_of_an_import_goes_and_comes_with_it(store: Store) -> None:
    dossier = stored_dossier(store)
    with store.begin() as work:
        step = work.roster.merge(UNIT.code, draft(AN), NOVEMBER, now=NOW, dossier_id=dossier).step
        assert step is not None
        moved = work.roster.undo(UNIT.code)
        assert moved is not None
        assert moved.dossier_id == dossier
        assert work.dossiers.withdraw(dossier, step.id)
        assert not work.dossiers.withdraw(dossier, step.id)
        assert work.dossiers.all() == []
        assert work.dossiers.latest_draft(UNIT.code, NOVEMBER, "600") is None
        with pytest.raises(UsageFault, match=r"dossier\.unknown"):
            work.dossiers.get(dossier)
        work.roster.redo(UNIT.code)
        work.dossiers.bring_back(step.id)
        assert work.dossiers.draft(dossier).rows(Part.LAO_DONG) == (AN, BINH)


def test_a_withdrawn_draft_is_gone_for_good_with_the_next_step(store: Store) -> None:
    dossier = stored_dossier(store)
    with store.begin() as work:
        step = work.roster.merge(UNIT.code, draft(AN), NOVEMBER, now=NOW, dossier_id=dossier).step
        assert step is not None
        work.roster.undo(UNIT.code)
        work.dossiers.withdraw(dossier, step.id)
        work.roster.forget_undone(UNIT.code)
        work.dossiers.bring_back(step.id)
        assert work.dossiers.all() == []
        made = work.dossiers.create(UNIT.code, NOVEMBER, "600", draft(AN), (), later(5))
        assert made.id == dossier


def test_a_signed_dossier_is_never_withdrawn(store: Store) -> None:
    dossier = stored_dossier(store)
    with store.begin() as work:
        for state in (DossierState.CHECKED, DossierState.SIGNED):
            work.dossiers.move(dossier, state, now=NOW, event="event.signed")
        assert not work.dossiers.withdraw(dossier, 1)
        assert work.dossiers.get(dossier).state is DossierState.SIGNED


def test_household_members_come_from_the_second_sheet(store: Store) -> None:
    members = (Row(4, {"stt": "1", "ho_ten": "Ví Dụ Con"}), Row(5, {"stt": "9", "ho_ten": "Lạ"}))
    sheet = Section(Part.PHU_LUC, "Phụ lục", {"ho_ten": "B"}, members)
    with_stt = Row(4, {**AN.values, "stt": "1"})
    plain = draft(with_stt)
    with store.begin() as work:
        work.units.add(UNIT)
        both = Draft(plain.layout, plain.source, (*plain.sections, sheet))
        work.roster.merge(UNIT.code, both, NOVEMBER, now=NOW)
        [one] = work.roster.ids(QUERY)
        assert work.roster.person(UNIT.code, one).household == ({"ho_ten": "Ví Dụ Con"},)
        [(number, flat, household)] = work.roster.snapshot(UNIT.code, NOVEMBER)
        assert (number, flat["ho_ten"]) == (one, "Đặng Thị Ví Dụ An")
        assert household == ({"ho_ten": "Ví Dụ Con"},)


def test_a_snapshot_holds_who_is_there_at_the_end_of_the_month(store: Store) -> None:
    left = Row(4, {**AN.values, "phuong_an": "GH", "tu_thang": "12/2026"})
    comes = Row(5, {**BINH.values, "tu_thang": "12/2026"})
    filled(store, AN, left, comes)
    with store.reading() as work:
        there = {
            month: [flat["ho_ten"] for _, flat, _ in work.roster.snapshot(UNIT.code, month)]
            for month in (NOVEMBER, Period(2026, 12))
        }
    assert there == {
        NOVEMBER: ["Đặng Thị Ví Dụ An"],
        Period(2026, 12): ["Trần Ví Dụ Bình"],
    }


def test_a_snapshot_never_knows_what_came_later(store: Store) -> None:
    [one, _] = filled(store)
    before = people(store)[one]
    change(store, (before, since(before, Track.LUONG, date(2027, 1, 1), {"tien_luong": "9"})))
    with store.reading() as work:
        flat = {number: values for number, values, _ in work.roster.snapshot(UNIT.code, NOVEMBER)}
        [row] = work.roster.rows(UNIT.code, [one], NOVEMBER)
        [newest] = work.roster.rows(UNIT.code, [one])
    assert flat[one]["tien_luong"] == row.values["tien_luong"] == "5310000"
    assert newest.values["tien_luong"] == "9"


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ([Filter("ho_ten", Test.CONTAINS, "VI DU an")], ["An"]),
        ([Filter("ho_ten", Test.EQUALS, "tran vi du binh")], ["Bình"]),
        ([Filter("chuc_vu", Test.EMPTY)], ["Bình"]),
        ([Filter("chuc_vu", Test.FILLED)], ["An"]),
        ([Filter("chuc_vu", Test.CONTAINS, "ke toan")], ["An"]),
        ([Filter("tien_luong", Test.AT_LEAST, "100")], ["An"]),
        ([Filter("tien_luong", Test.AT_MOST, "2.34")], ["Bình"]),
        ([Filter("tien_luong", Test.EQUALS, "5310000")], ["An"]),
        ([Filter("ngay_sinh", Test.AT_LEAST, "1986")], ["An"]),
        ([Filter("gioi_tinh", Test.EQUALS, "1"), Filter("chuc_vu", Test.FILLED)], []),
    ],
)
def test_filters_compare_worth_and_letters(
    store: Store, filters: list[Filter], expected: list[str]
) -> None:
    filled(store)
    query = replace(QUERY, filters=tuple(filters))
    with store.reading() as work:
        rows = work.roster.rows(UNIT.code, work.roster.ids(query))
        assert work.roster.count(query) == len(rows)
    assert [row.values["ho_ten"].split()[-1] for row in rows] == expected


def test_order_is_by_worth_with_the_empty_last(store: Store) -> None:
    rows = [
        Row(n, {"ho_ten": name, "tien_luong": wage, "ma_so_bhxh": f"{n:010}", "cccd": "1"})
        for n, (name, wage) in enumerate(
            [("Đỗ Ví Dụ", "9000000"), ("an ví dụ", "10000000"), ("Bé Ví Dụ", "")], 4
        )
    ]
    filled(store, *rows)

    def ordered(*sort: tuple[str, bool]) -> list[str]:
        with store.reading() as work:
            ids = work.roster.ids(replace(QUERY, sort=sort))
            return [row.values["ho_ten"][:2] for row in work.roster.rows(UNIT.code, ids)]

    assert ordered() == ["Đỗ", "an", "Bé"]
    assert ordered(("ho_ten", True)) == ["an", "Bé", "Đỗ"]
    assert ordered(("ho_ten", False)) == ["Đỗ", "Bé", "an"]
    assert ordered(("tien_luong", True)) == ["Đỗ", "an", "Bé"]
    assert ordered(("tien_luong", False), ("ho_ten", True)) == ["an", "Đỗ", "Bé"]
    assert ordered(("ngay_sinh", True), ("ho_ten", True)) == ["an", "Bé", "Đỗ"]


def test_a_field_that_there_is_not_is_refused(store: Store) -> None:
    filled(store)
    query = replace(QUERY, sort=(("no_such", True),))
    with store.reading() as work, pytest.raises(UsageFault, match=r"roster\.field_unknown"):
        work.roster.ids(query)


def test_the_newest_span_is_put_right_in_its_place(store: Store) -> None:
    [one, _] = filled(store)
    before = people(store)[one]
    right = corrected(before, Track.LUONG, {"tien_luong": "7"}, otherwise=date(2026, 1, 1))
    change(store, (before, right))
    assert people(store)[one].tracks[Track.LUONG] == right.tracks[Track.LUONG]
    assert len(right.tracks[Track.LUONG]) == 1


def test_values_of_some_fields_of_everybody(store: Store) -> None:
    [one, two] = filled(store)
    with store.reading() as work:
        found = dict(work.roster.values_of(UNIT.code, ("chuc_vu", "gioi_tinh")))
    assert found == {one: {"chuc_vu": "Kế toán", "gioi_tinh": "0"}, two: {"gioi_tinh": "1"}}


def test_who_was_touched_since_a_moment_came_or_was_changed(store: Store) -> None:
    an, binh = filled(store)
    first = people(store)
    with store.begin() as work:
        work.roster.record(
            UNIT.code,
            [
                (first[an], with_values(first[an], {"email": "an@vidu.example"})),
                (None, with_values(replace(first[binh], id=None), {"ho_ten": "Lê Ví Dụ Chi"})),
            ],
            code="roster.edited",
            params={"people": 2, "field": ""},
            now=later(60),
        )
        work.roster.merge(
            UNIT.code, draft(AN, BINH), Period(2026, 12), now=later(90), dossier_id="made-then"
        )
        work.commit()
    [chi] = people(store).keys() - {an, binh}
    with store.reading() as work:
        since = work.roster.touched_since(UNIT.code, NOW, apart_from={"made-then"})
        both = work.roster.touched_since(UNIT.code, NOW, apart_from=())
        late = work.roster.touched_since(UNIT.code, later(60), apart_from={"made-then"})
        elsewhere = work.roster.touched_since(OTHER.code, NOW, apart_from=())
    assert (since.came, since.changed) == ({chi}, {an})
    assert (both.came, both.changed) == ({chi}, {an, binh})
    assert late == elsewhere == Touched()


def test_what_was_undone_touched_nobody(store: Store) -> None:
    an, _ = filled(store)
    before = people(store)[an]
    with store.begin() as work:
        changes = [(before, with_values(before, {"email": "an@vidu.example"}))]
        work.roster.record(UNIT.code, changes, code="roster.edited", params={}, now=later(60))
        work.roster.undo(UNIT.code)
        work.commit()
    with store.reading() as work:
        assert work.roster.touched_since(UNIT.code, NOW, apart_from=()) == Touched()


def test_columns_hold_the_newest_values_in_the_order_asked_for(store: Store) -> None:
    an, binh = filled(store)
    with store.reading() as work:
        found = work.roster.columns(UNIT.code, [binh, an, 99], ["ho_ten", "email"])
        with pytest.raises(UsageFault, match=r"roster\.field_unknown"):
            work.roster.columns(UNIT.code, [an], ["no_such"])
    assert list(map(list, found)) == [["Trần Ví Dụ Bình", AN.get("ho_ten"), ""], ["", "", ""]]


class Stopped(Exception):
    """What a person's wish to stop is told by."""


def stop(_done: int, _whole: int) -> None:
    raise Stopped


def test_a_step_that_is_stopped_has_not_happened(store: Store) -> None:
    an, _ = filled(store)
    before = people(store)
    changes = [(before[an], with_values(before[an], {"email": "an@vidu.example"}))]
    change(store, *changes)
    changed = people(store)
    more = [(changed[an], with_values(changed[an], {"email": "khac@vidu.example"}))]
    with pytest.raises(Stopped), store.begin() as work:
        work.roster.record(UNIT.code, more, code="roster.edited", params={}, now=NOW, progress=stop)
    with pytest.raises(Stopped), store.begin() as work:
        work.roster.undo(UNIT.code, stop)
    assert people(store) == changed
    assert undo(store)
    with pytest.raises(Stopped), store.begin() as work:
        work.roster.redo(UNIT.code, stop)
    assert people(store) == before
    with pytest.raises(Stopped), store.begin() as work:
        work.roster.merge(UNIT.code, draft(BINH), NOVEMBER, now=NOW, progress=stop)
    assert people(store) == before
    assert redo(store), "nothing that was stopped took away what was undone"


def stamp(store: Store, unit: str = UNIT.code) -> object:
    with store.reading() as work:
        return work.roster.stamp(unit)


def test_whatever_is_done_to_a_roster_gives_it_another_stamp(store: Store) -> None:
    an, _ = filled(store)
    seen, elsewhere = [stamp(store)], stamp(store, OTHER.code)
    assert stamp(store) == seen[0], "looking changes nothing"
    before = people(store)[an]
    for minute, email in enumerate(("a@vidu.example", "b@vidu.example"), 1):
        with store.begin() as work:
            changes = [(before, with_values(before, {"email": email}))]
            work.roster.record(
                UNIT.code, changes, code="roster.edited", params={}, now=later(60 * minute)
            )
            work.commit()
        seen.append(stamp(store))
        assert undo(store)
        seen.append(stamp(store))
    assert undo(store)
    seen.append(stamp(store))
    assert len(set(map(str, seen))) == len(seen)
    assert redo(store)
    assert stamp(store) == seen[-2], "as it was before, and so are its people"
    assert stamp(store, OTHER.code) == elsewhere
