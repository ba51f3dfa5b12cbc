"""Household rows of an invented employee: a head, and those who live with them."""

from collections.abc import Iterator

from desktop.practice.movements import Employee
from desktop.practice.people import Inventor, Person
from forms.codes import code_list
from forms.model import Period

_HEAD, _WIFE, _HUSBAND, _CHILD = "00", "01", "02", "08"
_YOUNGEST_PARENT = 22
_OF_PARENTS_HOUSE = 0.3


def family_rows(
    employee: Employee, inventor: Inventor, period: Period
) -> Iterator[dict[str, object]]:
    """The employee stands among them, marked as the participant."""
    person = employee.person
    age = period.year - person.birth.year
    if inventor.chance.random() < _OF_PARENTS_HOUSE:
        family = person.name.split()[0]
        father = inventor.person(ages=range(age + 22, age + 35), sex="1", family=family)
        members = [(father, _HEAD), (person, _CHILD)]
    else:
        members = [(person, _HEAD), *_spouse_and_children(person, age, inventor)]
    for member, relation in members:
        yield _row(employee, member, relation, head=members[0][0], inventor=inventor)


def _spouse_and_children(
    person: Person, age: int, inventor: Inventor
) -> Iterator[tuple[Person, str]]:
    man = person.sex == "1"
    ages = range(max(18, age - 3), age + 4)
    yield inventor.person(ages=ages, sex="0" if man else "1"), _WIFE if man else _HUSBAND
    eldest = age - _YOUNGEST_PARENT
    for _ in range(inventor.chance.randrange(3) if eldest > 0 else 0):
        yield inventor.person(ages=range(eldest), family=person.name.split()[0]), _CHILD


def _row(
    employee: Employee, member: Person, relation: str, *, head: Person, inventor: Inventor
) -> dict[str, object]:
    values, person = employee.values, employee.person
    participant = member is person
    born = member.birth
    row: dict[str, object] = {
        "stt": values["stt"],
        "ho_ten": member.name,
        "ngay_sinh": f"{born.day:02}/{born.month:02}/{born.year:04}",
        "gioi_tinh": int(member.sex),
        "ten_moi_quan_he": code_list("moi_quan_he").name_of(relation),
        "moi_quan_he": relation,
        "cccd": member.citizen_id,
        "nguoi_tham_gia": int(participant),
        "quoc_tich": "VN",
        "dan_toc": "01",
        "cccd_ch": head.citizen_id,
        "dia_chi_hk": values["dia_chi_nn"],
        "ma_ho_gia_dinh": values["ma_ho_gia_dinh"],
    }
    for place in ("ten_tinh", "ma_tinh", "ten_xa", "ma_xa"):
        row[f"{place}_ks"] = values[f"{place}_ks"]
        row[f"{place}_hk"] = values[f"{place}_nn"]
    if participant and "ma_so_bhxh" in values:
        row["ma_so_bhxh"] = values["ma_so_bhxh"]
    if member is head:
        row["dien_thoai"] = inventor.phone()
    return row
