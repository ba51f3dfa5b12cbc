"""What is said before the PIN is asked for."""

from datetime import date

from desktop.compose import forms_room
from desktop.services.api import Remark
from tests.fakes.desk import Desk, person


def test_people_movements_and_wages_are_counted(desk: Desk) -> None:
    dossier = desk.imported(
        person(4, "Trần Thị Gió", ma_so_bhxh="0100000001", tien_luong="7000000"),
        person(5, "Trần Thị Gió", ma_so_bhxh="0100000001", phuong_an="DC", tien_luong="8500000"),
        person(6, "Lê Văn Mưa", ma_so_bhxh="0100000002", tien_luong="2.34"),
        person(7, "Lê Văn Mưa", ngay_sinh="01/02/1990", tien_luong="bảy triệu"),
    )
    summary = desk.services.sign_summary(dossier)
    assert summary.people == 3
    assert summary.movements == (("TM", 3), ("DC", 1))
    assert summary.total_wage == 15_500_000
    assert summary.procedure_name == "Báo tăng, báo giảm"


def test_the_envelope_is_named_last_signed_or_not(desk: Desk) -> None:
    names = ("D02-TS-595.xml", "TK1-TS-595.xml", "BHXHDienTu.xml")
    built = desk.built()
    assert desk.services.sign_summary(built).forms == names
    assert desk.services.sign_summary(desk.signed()).forms == names


def test_a_form_whose_format_is_not_confirmed_is_told_before_signing(desk: Desk) -> None:
    built = desk.built()
    assert desk.services.sign_summary(built).unproven == ()
    desk.forms.unproven = frozenset({"TK1-TS"})
    told = (Remark(code="form.unproven", params={"form": "TK1-TS"}),)
    assert desk.services.sign_summary(built).unproven == told


def test_the_table_of_forms_says_which_formats_are_not_confirmed() -> None:
    """TK3-TS has never been seen in a real file; what is known of it is marked so in its data."""
    unproven = forms_room("vi").unproven
    assert unproven("604", ["TK3-TS"], date(2026, 11, 23)) == ("TK3-TS",)
    assert unproven("600", ["D02-TS", "TK1-TS", "D01-TS"], date(2026, 11, 23)) == ()
