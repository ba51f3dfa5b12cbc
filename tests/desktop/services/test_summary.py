"""What is said before the PIN is asked for."""

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
