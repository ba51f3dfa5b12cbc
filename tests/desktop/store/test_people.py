"""The roster: who is who, and finding them, on every store."""

import unicodedata
from dataclasses import replace
from functools import partial

import pytest

from desktop.services.ports import Person, Store
from forms.model import Period, Row, Unit
from resources.faults import UsageFault
from tests.desktop.store.samples import AN, BINH, NOVEMBER, NOW, UNIT, draft
from tests.fakes.effort import calls_of

DECEMBER = Period(2026, 12)
OTHER = replace(UNIT, code="TX0000Z")


def row(line: int = 4, /, **values: str) -> Row:
    return Row(line, values)


def merged(store: Store, *rows: Row, period: Period = NOVEMBER) -> int:
    with store.begin() as work:
        if not work.units.all():
            work.units.add(UNIT)
        count = work.roster.merge(UNIT.code, draft(*rows), period, now=NOW).people
        work.commit()
    return count


def roster(store: Store, words: str = "") -> list[Person]:
    with store.begin() as work:
        found = list(work.people.search(UNIT.code, words))
        assert work.people.count(UNIT.code, words) == len(found)
    return found


def names(store: Store, words: str = "") -> list[str]:
    return [person.name for person in roster(store, words)]


def test_people_come_as_they_stand_in_the_workbook(store: Store) -> None:
    assert merged(store, AN, BINH) == 2
    first, second = roster(store)
    assert first == Person(
        id=first.id,
        name="Đặng Thị Ví Dụ An",
        birth="02/01/1990",
        sex="0",
        citizen_id="000000000011",
        social_number="0000000001",
        job="Kế toán",
        wage=5310000,
        coefficient=None,
        last_movement="TM",
        last_period=NOVEMBER,
    )
    assert (second.wage, second.coefficient) == (None, "2.34")


def test_importing_again_adds_nobody(store: Store) -> None:
    merged(store, AN, BINH)
    before = roster(store)
    assert merged(store, AN, BINH) == 2
    assert roster(store) == before


def test_the_latest_import_refreshes_and_empty_cells_take_nothing_away(store: Store) -> None:
    merged(store, AN)
    raised = row(ho_ten="Đặng Thị Ví Dụ An", ma_so_bhxh="0000000001", tien_luong="6000000")
    merged(store, raised, period=DECEMBER)
    [an] = roster(store)
    assert (an.wage, an.last_period) == (6000000, DECEMBER)
    assert (an.citizen_id, an.job, an.last_movement) == ("000000000011", "Kế toán", "TM")


def test_pay_changes_from_amount_to_coefficient(store: Store) -> None:
    merged(store, AN)
    merged(store, row(ho_ten="An", ma_so_bhxh="0000000001", tien_luong="3.5"))
    [an] = roster(store)
    assert (an.wage, an.coefficient) == (None, "3.5")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("5310000", (5310000, None)),
        ("0", (0, None)),
        ("999999999999999", (999999999999999, None)),
        ("100", (None, "100")),
        ("2.34", (None, "2.34")),
        ("12.500", (None, None)),
        ("năm triệu", (None, None)),
        ("9999999999999999", (None, None)),
        ("-1", (None, None)),
        ("٣", (None, None)),
        ("", (None, None)),
    ],
)
def test_pay_that_is_not_understood_is_not_guessed(
    store: Store, typed: str, expected: tuple[int | None, str | None]
) -> None:
    merged(store, row(ho_ten="Ví Dụ", tien_luong=typed))
    [person] = roster(store)
    assert (person.wage, person.coefficient) == expected


def test_rows_without_a_name_are_nobody(store: Store) -> None:
    assert merged(store, row(ma_so_bhxh="0000000009"), row(ho_ten="  "), AN) == 1
    assert names(store) == ["Đặng Thị Ví Dụ An"]


def test_a_new_number_finds_the_person_by_citizen_id(store: Store) -> None:
    merged(store, row(ho_ten="Ví Dụ", cccd="000000000011"))
    merged(store, row(ho_ten="Ví Dụ", cccd="000000000011", ma_so_bhxh="0000000001"))
    [person] = roster(store)
    assert person.social_number == "0000000001"


def test_a_citizen_id_in_place_of_the_social_number_is_the_same_person(store: Store) -> None:
    merged(store, AN)
    merged(store, row(ho_ten="An", cccd="000000000011", ma_so_bhxh="000000000011"))
    [person] = roster(store)
    assert person.social_number == "000000000011"


def test_without_numbers_name_and_birth_tell_who_it_is(store: Store) -> None:
    merged(store, row(ho_ten="Hoà Ví Dụ", ngay_sinh="1990"))
    merged(store, row(ho_ten="HÒA VÍ DỤ", ngay_sinh="1990", cccd="000000000011"))
    merged(store, row(ho_ten="Hòa Ví Dụ", ngay_sinh="1991"))
    assert [(one.birth, one.citizen_id) for one in roster(store)] == [
        ("1990", "000000000011"),
        ("1991", ""),
    ]


def test_namesakes_with_other_numbers_stay_two(store: Store) -> None:
    same = {"ho_ten": "Ví Dụ", "ngay_sinh": "1990"}
    for number in ("0000000001", "0000000002"):
        merged(store, row(**same, ma_so_bhxh=number))
    merged(store, row(**same, cccd="000000000011", ma_so_bhxh="0000000001"))
    merged(store, row(**same, cccd="000000000011", ma_so_bhxh="0000000003"))
    assert [one.social_number for one in roster(store)] == [
        "0000000001",
        "0000000002",
        "0000000003",
    ]


def test_a_namesake_who_lacks_the_number_is_found_behind_one_who_has_another(
    store: Store,
) -> None:
    same = {"ho_ten": "Ví Dụ", "ngay_sinh": "1990"}
    merged(store, row(**same, ma_so_bhxh="0000000001", cccd="000000000022"))
    merged(store, row(**same, cccd="000000000011"))
    merged(store, row(**same, ma_so_bhxh="0000000002"))
    assert [(one.social_number, one.citizen_id) for one in roster(store)] == [
        ("0000000001", "000000000022"),
        ("0000000002", "000000000011"),
    ]


def test_two_movements_of_one_person_are_one_person(store: Store) -> None:
    moved = row(5, ho_ten="An", ma_so_bhxh="0000000001", phuong_an="DC", tien_luong="7000000")
    assert merged(store, AN, moved) == 2
    [person] = roster(store)
    assert (person.last_movement, person.wage) == ("DC", 7000000)


@pytest.mark.parametrize(
    "words", ["dang du", "ĐẶNG", "du  DANG", "000000000011", "0001 vi", "Ví dụ đặng"]
)
def test_every_word_is_found_in_name_or_number(store: Store, words: str) -> None:
    merged(store, AN, BINH)
    assert names(store, words) == ["Đặng Thị Ví Dụ An"]
    assert names(store, unicodedata.normalize("NFD", words)) == ["Đặng Thị Ví Dụ An"]


@pytest.mark.parametrize("words", ["%", "_", "\\", "' OR 1=1 --", "dang binh"])
def test_what_nobody_has_finds_nobody(store: Store, words: str) -> None:
    merged(store, AN, BINH)
    assert names(store, words) == []


def test_signs_of_the_search_language_are_plain_letters(store: Store) -> None:
    awkward = "Ví 50%_Dụ \\ O'Neill\"; DROP TABLE person; --"
    merged(store, AN, row(ho_ten=awkward))
    for word in ("50%_", "\\", "o'neill\"", "--"):
        assert names(store, word) == [awkward]


def test_pages_follow_each_other(store: Store) -> None:
    merged(store, *(row(ho_ten=f"Ví Dụ {number:02}") for number in range(25)))
    with store.begin() as work:
        pages = [work.people.search(UNIT.code, "vi", 10, start) for start in (0, 10, 20)]
    assert [len(page) for page in pages] == [10, 10, 5]
    assert [one.name for page in pages for one in page] == names(store)


def test_another_unit_sees_nothing(store: Store) -> None:
    merged(store, AN)
    with store.begin() as work:
        assert work.people.count("TX0000Z") == 0
        with pytest.raises(UsageFault, match=r"unit\.unknown"):
            work.roster.merge("TX0000Z", draft(AN), NOVEMBER, now=NOW)


def test_namesakes_are_not_each_compared_with_all(store: Store) -> None:
    """Twice as many people are about twice the work, not four times."""
    effort = []
    for count, unit in ((1_000, UNIT), (2_000, OTHER)):
        rows = [
            row(ho_ten="Ví Dụ", ngay_sinh="1990", ma_so_bhxh=f"{number:010}")
            for number in range(count)
        ]
        effort.append(calls_of(partial(merge_twice, store, unit, rows)))
        with store.begin() as work:
            assert work.people.count(unit.code) == count
    assert effort[1] < 2.5 * effort[0]


def merge_twice(store: Store, unit: Unit, rows: list[Row]) -> None:
    with store.begin() as work:
        work.units.add(unit)
        for period in (NOVEMBER, DECEMBER):
            work.roster.merge(unit.code, draft(*rows), period, now=NOW)
        work.commit()
