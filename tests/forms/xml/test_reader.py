"""Reading is strict about names and order, and tolerant of a signature at its node only."""

from datetime import date
from pathlib import Path

import pytest

from forms import catalog
from forms.xml.reader import read_document
from resources.faults import DataFault

DATA = Path(__file__).parents[2] / "data" / "xml"
WIRE = catalog.form("TK1-TS", filing_date=date(2026, 10, 5)).wire
TK1 = (DATA / "TK1-TS-595.xml").read_text(encoding="utf-8")


def read(text: str) -> None:
    read_document(text.encode(), WIRE)


def test_rows_and_household_come_back_under_their_keys() -> None:
    document = read_document(TK1.encode(), WIRE)
    (person,) = document.rows("lao_dong")
    assert person.values["ma_benh_vien"] == "79031"
    assert person.texts["Mahuyen_KS"] == ""
    household = person.households["phu_luc"]
    assert household.texts["Hoten_Chuho"] == "Hoàng Văn Chủ Hộ"
    assert household.values["dia_chi_hk"] == "Số 9 phố Ví Dụ"
    assert [member.values["moi_quan_he"] for member in household.rows("phu_luc")] == ["08", "00"]


def test_a_signature_may_stand_in_its_node() -> None:
    signed = TK1.replace("<Cky />", '<Cky><Signature xmlns="urn:x"><A /></Signature></Cky>')
    assert len(read_document(signed.encode(), WIRE).rows("lao_dong")) == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<HosoKemtheo />", ""),
        ("<HosoKemtheo />", "<HosoKemTheo />"),
        ("<HosoKemtheo />", "<HosoKemtheo /><HosoKemtheo />"),
        ("<CCNS>1</CCNS><ID>079196000017</ID>", "<ID>079196000017</ID><CCNS>1</CCNS>"),
        ("<HosoKemtheo />", "<HosoKemtheo><b>x</b></HosoKemtheo>"),
        ("<Cky />", ""),
        ("<Cky />", "<Cky /><Them />"),
    ],
)
def test_another_layout_is_refused(old: str, new: str) -> None:
    changed = TK1.replace(old, new, 1)
    assert changed != TK1
    with pytest.raises(DataFault) as fault:
        read(changed)
    assert fault.value.code == "xml.unexpected_element"


def test_another_form_is_refused() -> None:
    with pytest.raises(DataFault) as fault:
        read((DATA / "D02-TS-595.xml").read_text(encoding="utf-8"))
    assert fault.value.params == {"expected": "TK1-TS", "found": "D02-TS"}
