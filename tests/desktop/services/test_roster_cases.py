"""The roster's use cases: cleaned, in steps, undone with the draft of the same import."""

from datetime import date
from pathlib import Path

import pytest

from desktop.services.roster_api import Edit, RosterQuery
from desktop.services.roster_cases import TOLD_EVERY, counted
from forms.excel.template.writing import export_people
from forms.model import DossierState, Period
from resources.faults import DataFault, Fault, UsageFault
from tests.fakes.desk import UNIT, Desk, person

QUERY = RosterQuery(unit_code=UNIT.code)


def brought(desk: Desk) -> int:
    """One imported person."""
    desk.imported(person(4, "Trần Thị Gió", ma_so_bhxh="0000000001"))
    [one] = desk.services.roster.ids(QUERY)
    return one


def test_an_edit_is_cleaned_and_undone(desk: Desk) -> None:
    one = brought(desk)
    roster = desk.services.roster
    edit = Edit(person=one, key="tien_luong", text="8.000.000 đ", since=date(2026, 12, 1))
    step = roster.edit(UNIT.code, [edit])
    assert (step.code, step.people) == ("roster.edited", 1)
    [row] = roster.rows(UNIT.code, [one])
    assert row.values["tien_luong"] == "8000000"
    [before] = roster.rows(UNIT.code, [one], Period(2026, 11))
    assert before.values["tien_luong"] == "7000000"
    assert roster.history(UNIT.code, one)[0].after == "8000000"
    undone = roster.undo(UNIT.code)
    assert undone is not None
    assert undone.undone
    [row] = roster.rows(UNIT.code, [one])
    assert row.values["tien_luong"] == "7000000"


@pytest.mark.parametrize(
    ("key", "text", "code"),
    [
        ("tien_luong", "nhiều tiền", "roster.not_understood"),
        ("dang_tham_gia", "somewhere", "roster.not_understood"),
        ("no_such", "1", "roster.field_unknown"),
        ("ky_gan_nhat", "01/2026", "roster.field_kept"),
        ("ho_ten", " ", "roster.name_needed"),
        ("ho_ten", "Trần Thị Gió", "roster.nothing"),
    ],
)
def test_what_is_refused_changes_nothing(desk: Desk, key: str, text: str, code: str) -> None:
    one = brought(desk)
    roster = desk.services.roster
    before, steps = roster.person(UNIT.code, one), roster.steps(UNIT.code)
    edits = [Edit(person=one, key=key, text=text)]
    if code != "roster.nothing":
        edits.insert(0, Edit(person=one, key="email", text="a@example.vn"))
    with pytest.raises(Fault, match=code.replace(".", r"\.")):
        roster.edit(UNIT.code, edits)
    assert roster.person(UNIT.code, one) == before
    assert roster.steps(UNIT.code) == steps


def test_a_refusal_tells_nobody_s_number(desk: Desk) -> None:
    one = brought(desk)
    with pytest.raises(DataFault) as refused:
        desk.services.roster.edit(UNIT.code, [Edit(person=one, key="gioi_tinh", text="secret")])
    assert "secret" not in str(refused.value)


def test_who_is_not_there_cannot_be_edited(desk: Desk) -> None:
    brought(desk)
    with pytest.raises(UsageFault, match=r"person\.unknown"):
        desk.services.roster.edit(UNIT.code, [Edit(person=99, key="email", text="a@b.vn")])
    with pytest.raises(UsageFault, match=r"person\.unknown"):
        desk.services.roster.remove(UNIT.code, [99])


def test_people_are_added_and_removed(desk: Desk) -> None:
    roster = desk.services.roster
    added = roster.add(
        UNIT.code, {"ho_ten": "Lê Văn Mưa", "tien_luong": "5 000 000"}, date(2026, 11, 5)
    )
    assert added.id is not None
    assert roster.person(UNIT.code, added.id) == added
    assert added.on(date(2026, 11, 5))["dang_tham_gia"] == "active"
    assert desk.services.people(UNIT.code)[0].wage == 5_000_000
    roster.remove(UNIT.code, [added.id])
    assert roster.count(QUERY) == 0
    with pytest.raises(UsageFault, match=r"roster\.name_needed"):
        roster.add(UNIT.code, {"email": "a@example.vn"}, date(2026, 11, 5))


def test_the_household_is_one_step(desk: Desk) -> None:
    one = brought(desk)
    step = desk.services.roster.set_household(UNIT.code, one, [{"ho_ten": "Con"}])
    assert step.params == {"people": 1}
    assert desk.services.roster.person(UNIT.code, one).household == ({"ho_ten": "Con"},)


def test_members_are_cleaned_as_typed_in(desk: Desk) -> None:
    one = brought(desk)
    typed = {"ho_ten": "  Con   Ví Dụ ", "ngay_sinh": "2/1/2019"}
    desk.services.roster.set_household(UNIT.code, one, [typed])
    [member] = desk.services.roster.person(UNIT.code, one).household
    assert member == {"ho_ten": "Con Ví Dụ", "ngay_sinh": "02/01/2019"}
    with pytest.raises(DataFault, match=r"roster\.not_understood") as refused:
        desk.services.roster.set_household(UNIT.code, one, [{"ngay_sinh": "hôm qua"}])
    assert "hôm qua" not in str(refused.value.params)
    with pytest.raises(UsageFault, match=r"roster\.field_unknown"):
        desk.services.roster.set_household(UNIT.code, one, [{"no_such": "1"}])
    assert desk.services.roster.person(UNIT.code, one).household == (member,)


def test_undoing_an_import_takes_its_draft_too(desk: Desk) -> None:
    brought(desk)
    roster = desk.services.roster
    step = roster.undo(UNIT.code)
    assert step is not None
    assert (step.code, step.remark) == ("roster.imported", "")
    assert desk.services.dossiers() == []
    assert roster.count(QUERY) == 0
    assert roster.undo(UNIT.code) is None
    roster.redo(UNIT.code)
    assert len(desk.services.dossiers()) == roster.count(QUERY) == 1
    assert roster.redo(UNIT.code) is None


def test_a_signed_dossier_stays_and_the_step_says_so(desk: Desk) -> None:
    dossier = desk.imported(person(4, "Trần Thị Gió"))
    with desk.store.begin() as work:
        for state in (DossierState.CHECKED, DossierState.SIGNED):
            work.dossiers.move(dossier, state, now=desk.now, event="event.signed")
        work.commit()
    step = desk.services.roster.undo(UNIT.code)
    assert step is not None
    assert (step.remark, step.params["dossier"]) == ("roster.dossier_stays", dossier)
    assert desk.services.dossier(dossier).state is DossierState.SIGNED
    assert desk.services.roster.count(QUERY) == 0


def test_old_communes_are_shown_with_what_they_became(desk: Desk) -> None:
    one = brought(desk)
    roster = desk.services.roster
    roster.edit(UNIT.code, [Edit(person=one, key="ma_xa_nn", text="00001")])
    roster.edit(UNIT.code, [Edit(person=one, key="ma_xa_ks", text="00004")])
    roster.edit(UNIT.code, [Edit(person=one, key="ma_xa_tt", text="99999")])
    [proposal] = roster.old_addresses(UNIT.code)
    assert (proposal.person, proposal.key, proposal.before) == (one, "ma_xa_nn", "00001")
    assert [code for code, _ in proposal.options] == ["00097"]


def test_the_list_is_written_as_it_is_shown(desk: Desk, tmp_path: Path) -> None:
    brought(desk)
    out = desk.services.roster.export(QUERY, tmp_path / "ds.xlsx")
    assert "Trần Thị Gió" in out.read_text(encoding="utf-8")
    assert desk.services.roster.template(tmp_path / "mau.xlsx").exists()


class Stopped(Exception):
    """As the window stops work with one of its own."""


def test_how_many_are_written_is_told_and_a_stop_leaves_the_file_as_it_was(
    tmp_path: Path,
) -> None:
    people = [{"ho_ten": f"Trần Thị Gió {at}"} for at in range(TOLD_EVERY + 1)]
    out = tmp_path / "ds.xlsx"
    told: list[tuple[int, int]] = []
    export_people(out, counted(people, len(people), lambda *at: told.append(at)))
    assert told == [(0, len(people)), (TOLD_EVERY, len(people))]
    before = out.read_bytes()

    def stop(done: int, _whole: int) -> None:
        if done:
            raise Stopped

    with pytest.raises(Stopped):
        export_people(out, counted(people, len(people), stop))
    assert out.read_bytes() == before
    assert list(tmp_path.iterdir()) == [out]


def test_every_field_is_told(desk: Desk) -> None:
    assert {"ho_ten", "tien_luong", "dang_tham_gia"} <= {
        f.key for f in desk.services.roster.fields()
    }


def test_every_change_tells_how_much_is_done_and_comes_nearer_to_the_end(desk: Desk) -> None:
    one = brought(desk)
    roster = desk.services.roster
    told: list[float] = []

    def tell(done: int, whole: int) -> None:
        told.append(done / whole)

    roster.edit(UNIT.code, [Edit(person=one, key="email", text="gio@vidu.example")], tell)
    assert told == [0, 1 / 3, 2 / 3]
    told.clear()
    roster.remove(UNIT.code, [one], tell)
    assert told == [0, 2 / 3]
    told.clear()
    roster.undo(UNIT.code, tell)
    roster.redo(UNIT.code, tell)
    assert told == [0, 0]
