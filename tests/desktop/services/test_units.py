"""Adding a unit: what is wrong is said before anything is stored."""

import pytest

from resources.faults import DataFault, UsageFault
from tests.fakes.desk import UNIT, Desk, retold


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("code", "ZZ1"),
        ("name", "   "),
        ("tax_code", "01"),
        ("agency", "7900"),
        ("region", 0),
        ("region", 5),
        ("signer", ""),
        ("phone", "912345678"),
        ("email", "ke-toan.example.vn"),
    ],
)
def test_the_first_wrong_field_is_named_and_nothing_is_stored(
    desk: Desk, field: str, value: str | int
) -> None:
    other = retold(UNIT, code="ZZ0002Z")
    with pytest.raises(DataFault) as caught:
        desk.services.add_unit(retold(other, **{field: value}))
    assert caught.value.code == f"unit.bad_{field}"
    assert [unit.code for unit in desk.services.units()] == [UNIT.code]


def test_a_unit_is_stored_in_its_tidy_form(desk: Desk) -> None:
    desk.services.add_unit(retold(UNIT, code=" zz0002z ", name=" CÔNG  TY   GIÓ "))
    stored = desk.services.unit("ZZ0002Z")
    assert stored.name == "CÔNG TY GIÓ"


def test_the_same_unit_twice_is_refused(desk: Desk) -> None:
    with pytest.raises(UsageFault, match=r"unit\.exists"):
        desk.services.add_unit(UNIT)
