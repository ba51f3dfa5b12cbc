"""Which fields hold codes, of which catalogue, and which names belong to them."""

from forms.codes import names
from forms.excel.coded import coded, named_by
from forms.model import Part


def test_a_ward_lies_in_the_province_of_the_same_address() -> None:
    ward = coded(Part.LAO_DONG)["ma_xa_ks"]
    assert (ward.list, ward.name, ward.province) == ("xa", "ten_xa_ks", "ma_tinh_ks")
    assert ward.codes.name_of("00004") == "Phường Ba Đình"


def test_a_clinic_lies_in_its_province_and_a_movement_in_none() -> None:
    fields = coded(Part.LAO_DONG)
    assert fields["ma_benh_vien"].province == "ma_tinh_benh_vien"
    assert (fields["phuong_an"].name, fields["phuong_an"].province) == ("ten_phuong_an", "")


def test_names_lead_to_their_codes() -> None:
    assert named_by(Part.LAO_DONG)["ten_quoc_tich"].key == "quoc_tich"
    assert named_by(Part.PHU_LUC)["ten_moi_quan_he"].key == "moi_quan_he"


def test_every_catalogue_is_there() -> None:
    assert {each.list for part in Part for each in coded(part).values()} <= names()
