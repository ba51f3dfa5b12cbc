"""The error workbook of a dossier: as its findings are now, not as they were at the import."""

from pathlib import Path

import pytest

from resources.faults import UsageFault
from tests.fakes.desk import Desk, person


def test_it_holds_what_is_known_now(desk: Desk, tmp_path: Path) -> None:
    dossier = desk.imported(person(4, ""), person(5, ""))
    out = tmp_path / "loi.xlsx"
    assert desk.services.error_workbook(dossier, Path("danh-sach.xlsx"), out) == out
    assert out.read_text(encoding="utf-8") == "danh-sach.xlsx: 2"
    desk.services.change_rows(dossier, "lao_dong", [person(4, "Trần Thị Gió")])
    desk.services.error_workbook(dossier, Path("danh-sach.xlsx"), out)
    assert out.read_text(encoding="utf-8") == "danh-sach.xlsx: 1"


def test_an_unknown_dossier_writes_nothing(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "loi.xlsx"
    with pytest.raises(UsageFault, match=r"dossier\.unknown"):
        desk.services.error_workbook("x", Path("danh-sach.xlsx"), out)
    assert not out.exists()
