"""What the roster's list says of people: what lacks, what is old, what is new since filing."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop.services.roster_api import (
    ROW_STATE,
    Edit,
    Filter,
    PersonState,
    RosterQuery,
    States,
    Test,
)
from forms.model import Row
from tests.fakes.desk import UNIT, Desk, Key, person

WHOLE = {"ma_so_bhxh": "0000000001", "ngay_sinh": "01/02/1990", "gioi_tinh": "1"}
OLD_COMMUNE = "00013"
"""good until 2025-06-30"""


def whole(line: int, name: str, **more: str) -> Row:
    return person(line, name, **{**WHOLE, "ma_so_bhxh": f"{line:010}", **more})


def filed(desk: Desk, *rows: Row) -> str:
    """A dossier made of these people that the agency accepted."""
    dossier = desk.built(*rows)
    desk.services.sign(dossier, Key())
    desk.services.enqueue(dossier)
    desk.services.drain(dossier)
    desk.now += timedelta(days=1)
    return dossier


def states(desk: Desk) -> States:
    return desk.services.roster.states(UNIT.code)


def ids(desk: Desk, *by: Filter) -> list[int]:
    return list(desk.services.roster.ids(RosterQuery(unit_code=UNIT.code, filters=by)))


def edit(desk: Desk, one: int, key: str, text: str) -> None:
    desk.services.roster.edit(UNIT.code, [Edit(person=one, key=key, text=text)])


def test_of_whole_people_before_the_first_filing_nothing_is_said(desk: Desk) -> None:
    desk.imported(whole(4, "Trần Thị Gió"))
    desk.now += timedelta(days=1)
    edit(desk, ids(desk)[0], "email", "gio@vidu.example")
    assert states(desk) == {}


@pytest.mark.parametrize("lacks", ["ngay_sinh", "gioi_tinh", "ma_so_bhxh"])
def test_who_lacks_what_every_form_asks_for(desk: Desk, lacks: str) -> None:
    desk.imported(whole(4, "Trần Thị Gió", **{lacks: ""}), whole(5, "Lê Văn Mưa"))
    first, _ = ids(desk)
    assert states(desk) == {PersonState.LACKING: {first}}


def test_one_number_is_enough_to_know_a_person_by(desk: Desk) -> None:
    desk.imported(whole(4, "Trần Thị Gió", ma_so_bhxh="", cccd="001090000001"))
    assert states(desk) == {}


def test_an_address_by_an_old_code(desk: Desk) -> None:
    desk.imported(whole(4, "Trần Thị Gió", ma_xa_ks=OLD_COMMUNE))
    assert states(desk) == {PersonState.OLD_ADDRESS: set(ids(desk))}


def test_since_filing_who_came_is_new_and_who_was_changed_is_changed(desk: Desk) -> None:
    filed(desk, whole(4, "Trần Thị Gió"), whole(5, "Lê Văn Mưa"))
    first, second = ids(desk)
    assert states(desk) == {}
    edit(desk, first, "email", "gio@vidu.example")
    new = desk.services.roster.add(
        UNIT.code, {"ho_ten": "Phan Thị Nắng", **WHOLE}, date(2026, 11, 1)
    )
    assert states(desk) == {PersonState.NEW: {new.id}, PersonState.CHANGED: {first}}
    desk.services.roster.undo(UNIT.code)
    desk.services.roster.undo(UNIT.code)
    assert states(desk) == {}
    assert second in ids(desk)


def test_a_further_filing_covers_what_was_changed_before(desk: Desk) -> None:
    filed(desk, whole(4, "Trần Thị Gió"))
    edit(desk, ids(desk)[0], "email", "gio@vidu.example")
    desk.now += timedelta(days=1)
    filed(desk, whole(4, "Trần Thị Gió", tien_luong="8000000"))
    assert states(desk) == {}


def test_of_one_who_left_nothing_is_asked(desk: Desk) -> None:
    desk.imported(person(4, "Trần Thị Gió"))
    [one] = ids(desk)
    edit(desk, one, "dang_tham_gia", "absent")
    assert states(desk) == {PersonState.LEFT: {one}}


def test_the_list_is_narrowed_by_what_is_said(desk: Desk, tmp_path: Path) -> None:
    desk.imported(whole(4, "Trần Thị Gió", gioi_tinh=""), whole(5, "Lê Văn Mưa"))
    lacking, fine = ids(desk)
    equals = Filter(ROW_STATE, Test.EQUALS, "lacking")
    assert ids(desk, equals) == [lacking]
    assert ids(desk, Filter(ROW_STATE, Test.EQUALS, "new")) == []
    assert ids(desk, Filter(ROW_STATE, Test.FILLED)) == [lacking]
    assert ids(desk, Filter(ROW_STATE, Test.EMPTY)) == [fine]
    assert ids(desk, equals, Filter("ho_ten", Test.CONTAINS, "mua")) == []
    query = RosterQuery(unit_code=UNIT.code, filters=(equals,))
    assert desk.services.roster.count(query) == 1
    out = desk.services.roster.export(query, tmp_path / "out.txt")
    assert "Gió" in out.read_text(encoding="utf-8")
    assert "Mưa" not in out.read_text(encoding="utf-8")
