"""Units and settings, on every store."""

import unicodedata
from dataclasses import replace

import pytest

from desktop.services.ports import Store
from resources.faults import UsageFault
from tests.desktop.store.samples import UNIT

AWKWARD = "O'Neill \"; DROP TABLE unit; -- % _ \\ 👩‍💼 " + unicodedata.normalize(
    "NFD", "Đỗ Thị Huệ"
)


def test_a_unit_comes_back_as_it_was(store: Store) -> None:
    with store.begin() as work:
        work.units.add(UNIT)
        work.commit()
    with store.begin() as work:
        assert work.units.get(UNIT.code) == UNIT


def test_units_are_listed_by_code(store: Store) -> None:
    with store.begin() as work:
        for code in ("TB0000Z", "TA0000Z"):
            work.units.add(replace(UNIT, code=code))
        assert [unit.code for unit in work.units.all()] == ["TA0000Z", "TB0000Z"]


def test_a_code_is_taken_once(store: Store) -> None:
    with store.begin() as work:
        work.units.add(UNIT)
        with pytest.raises(UsageFault, match=r"unit\.exists"):
            work.units.add(replace(UNIT, name="Khác"))


def test_an_unknown_unit_is_said_so(store: Store) -> None:
    with store.begin() as work, pytest.raises(UsageFault, match=r"unit\.unknown"):
        work.units.get("TX0000Z")


def test_no_text_is_taken_for_a_command(store: Store) -> None:
    awkward = replace(
        UNIT, name=AWKWARD, signer=AWKWARD, address=AWKWARD, phone=AWKWARD, email=AWKWARD
    )
    with store.begin() as work:
        work.units.add(awkward)
        work.settings.put(AWKWARD, AWKWARD)
        work.commit()
    with store.begin() as work:
        assert work.units.get(UNIT.code) == awkward
        assert work.settings.get(AWKWARD) == AWKWARD


def test_what_is_not_committed_is_undone(store: Store) -> None:
    with store.begin() as work:
        work.units.add(UNIT)
        work.settings.put("lang", "en")
    with store.begin() as work:
        assert work.units.all() == []
        assert work.settings.get("lang") is None


def test_a_fault_inside_undoes_everything(store: Store) -> None:
    def add_and_fail() -> None:
        with store.begin() as work:
            work.units.add(UNIT)
            work.units.add(UNIT)
            work.commit()

    with pytest.raises(UsageFault):
        add_and_fail()
    with store.begin() as work:
        assert work.units.all() == []


def test_what_comes_after_the_commit_needs_another(store: Store) -> None:
    with store.begin() as work:
        work.units.add(UNIT)
        work.commit()
        work.settings.put("lang", "en")
    with store.begin() as work:
        assert work.units.get(UNIT.code) == UNIT
        assert work.settings.get("lang") is None


def test_a_setting_is_overwritten(store: Store) -> None:
    with store.begin() as work:
        for value in ("vi", "en"):
            work.settings.put("lang", value)
        work.commit()
    with store.begin() as work:
        assert work.settings.get("lang") == "en"


def test_a_unit_of_work_is_of_use_only_inside_its_block(store: Store) -> None:
    work = store.begin()
    with pytest.raises(RuntimeError):
        work.units.all()
    with work:
        assert work.units.all() == []
    with pytest.raises(RuntimeError):
        work.units.all()
