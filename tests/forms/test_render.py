"""From a draft to the dossier's files: the project's own vectors, the rules around them."""

import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree

from forms.catalog import Ivan
from forms.model import Draft, FileKind, FormFile, Part, Period, Row, Section, Unit
from forms.render import (
    FormData,
    attachment,
    open_envelope,
    render_envelope,
    render_form,
    render_forms,
)
from forms.xml.safe import parse
from forms.xml.writer import DECLARATION
from resources.faults import DataFault, UsageFault

DATA = Path(__file__).parents[1] / "data" / "xml"
OCTOBER = Period(2026, 10)
FILED = date(2026, 10, 5)
UNIT = Unit(
    code="TZ0001Z",
    name="Công ty Ví Dụ & Bạn",
    tax_code="0100000000",
    agency="07906",
    region=2,
    signer="Lê Thị Giám Đốc Thử",
    phone="0900000033",
)
NEW = {
    "stt": "17",
    "ho_ten": "Hoàng Thị Thử Nghiệm",
    "loai": "1",
    "phuong_an": "TM",
    "chuc_vu": "Kế toán & thủ quỹ",
    "noi_lam_viec": "Xã Giả Định, tỉnh Ví Dụ",
    "tien_luong": "12500000",
    "phu_cap_luong": "500000",
    "tu_thang": "10/2026",
    "ghi_chu": "HĐLĐ số 07/2026, lương > mức sàn",
    "ty_le_dong": "32",
    "tinh_lai": "0",
    "da_co_so": "0",
    "ma_vung_ltt": "02",
    "kem_tk1": "1",
    "cccd": "079196000017",
    "ma_ho_gia_dinh": "7900000100",
    "ngay_sinh": "08/1996",
    "gioi_tinh": "0",
    "vtvl_cmktbc_tu_ngay": "01/10/2026",
    "hdld_tu_ngay": "01/10/2026",
    "quoc_tich": "VN",
    "dan_toc": "01",
    "ma_tinh_ks": "79",
    "ma_xa_ks": "26734",
    "dia_chi_nn": "Số 9 phố Ví Dụ",
    "ma_tinh_nn": "79",
    "ma_xa_nn": "26740",
    "dien_thoai": "0900000022",
    "ma_tinh_benh_vien": "79",
    "ma_benh_vien": "79031",
    "noi_dung_thay_doi": "Cấp mã số BHXH",
    "dia_chi_ks": "Phường Giả Định",
    "email": "thu.nghiem@example.vn",
    "nhan_ban_dien_tu": "1",
}
DEAD = {
    "stt": "23",
    "ho_ten": "Đặng Văn Ví Dụ",
    "ma_so_bhxh": "7900000012",
    "loai": "3",
    "phuong_an": "GH",
    "chuc_vu": "Lái xe",
    "noi_lam_viec": "Kho số 3",
    "tien_luong": "3.66",
    "phu_cap_cv": "0.4",
    "phu_cap_tnvk": "5",
    "tu_thang": "09/2026",
    "den_thang": "10/2026",
    "ty_le_dong": "32.5",
    "tinh_lai": "1",
    "da_co_so": "1",
    "muc_huong": "4",
    "ma_phong_ban": "KHO",
    "ma_vung_ss": "K1",
    "ma_vung_ltt": "02",
    "ngay_chet": "15/09/2026",
    "cccd": "079068000023",
    "ngay_sinh": "20/11/1968",
    "gioi_tinh": "1",
    "hdld_xdth_tu_ngay": "01/01/2025",
    "hdld_xdth_den_ngay": "31/12/2026",
}
DAUGHTER = {
    "stt": "17",
    "ho_ten": "Hoàng Thị Thử Nghiệm",
    "ngay_sinh": "08/1996",
    "gioi_tinh": "0",
    "ma_tinh_ks": "79",
    "ma_xa_ks": "26734",
    "moi_quan_he": "08",
    "cccd": "079196000017",
    "nguoi_tham_gia": "1",
    "dan_toc": "01",
    "quoc_tich": "VN",
    "dia_chi_ks": "Phường Giả Định",
    "ma_ho_gia_dinh": "7900000100",
    "dien_thoai": "0900000044",
}
HEAD = {
    "stt": "17",
    "ho_ten": "Hoàng Văn Chủ Hộ",
    "ma_so_bhxh": "7900000029",
    "ngay_sinh": "1966",
    "gioi_tinh": "1",
    "ma_tinh_ks": "79",
    "ma_xa_ks": "26740",
    "moi_quan_he": "00",
    "cccd": "079066000011",
    "ghi_chu": "Chủ hộ",
    "nguoi_tham_gia": "0",
    "dan_toc": "01",
    "quoc_tich": "VN",
    "dien_thoai": "0900000011",
    "so_giay_to": "HK-01",
    "loai_giay_to": "01",
    "ma_tinh_hk": "79",
    "ma_xa_hk": "26734",
    "ma_thon": "Thôn Thử",
    "dia_chi_hk": "Số 9 phố Ví Dụ",
}
STRANGER = {"stt": "99", "ho_ten": "Người Hộ Khác", "moi_quan_he": "00"}
PAPER = {
    "stt": "17",
    "ho_ten": "Hoàng Thị Thử Nghiệm",
    "ten_loai_van_ban": "Hợp đồng lao động",
    "so_van_ban": "07/2026/HĐLĐ",
    "ngay_ban_hanh": "25/09/2026",
    "ngay_hieu_luc": "01/10/2026",
    "co_quan_ban_hanh": "Công ty Ví Dụ",
    "trich_yeu": "Tuyển dụng",
    "noi_dung_tham_dinh": "Truy tăng từ 10/2026",
}


def section(part: Part, *rows: dict[str, str]) -> Section:
    return Section(part, part.value, {}, tuple(Row(n, values) for n, values in enumerate(rows, 4)))


DRAFT = Draft(
    "vnpt-d02-tk1-2025-11",
    "danh-sach.xlsx",
    (
        section(Part.LAO_DONG, NEW, DEAD),
        section(Part.PHU_LUC, DAUGHTER, HEAD, STRANGER),
        section(Part.BANG_KE, PAPER),
    ),
)


def rendered(draft: Draft = DRAFT) -> dict[str, FormFile]:
    files = render_forms(draft, UNIT, OCTOBER, procedure="600", filing_date=FILED)
    return {file.form_code: file for file in files}


def canonical(content: bytes) -> bytes:
    return etree.tostring(parse(content), method="c14n")


def in_wire_form(content: bytes) -> bytes:
    """The canonical bytes under the root tag of the wire format §1: xsi, then xsd."""
    root_tag, end, rest = canonical(content).partition(b">")
    name, xsd, xsi = root_tag.split(b" ")
    return DECLARATION.encode() + b" ".join((name, xsi, xsd)) + end + rest


@pytest.mark.parametrize("code", ["D02-TS", "TK1-TS", "D01-TS"])
def test_a_form_equals_its_vector_and_stands_in_wire_form(code: str) -> None:
    file = rendered()[code]
    assert file.name == f"{code}-595.xml"
    assert file.kind is FileKind.FORM
    assert file.sign_node == f"{code}/Cky"
    assert canonical(file.content) == canonical((DATA / file.name).read_bytes())
    assert file.content == in_wire_form(file.content)


def test_forms_stand_in_the_order_of_the_envelope() -> None:
    assert list(rendered()) == ["D02-TS", "TK1-TS", "D01-TS"]


def test_optional_forms_without_a_row_are_left_out() -> None:
    draft = replace(DRAFT, sections=(section(Part.LAO_DONG, DEAD),))
    assert list(rendered(draft)) == ["D02-TS"]


def test_tk1_holds_only_the_people_marked_for_it() -> None:
    people = parse(rendered()["TK1-TS"].content).findall("NoiDung/LaoDong")
    assert [person.findtext("HoTen") for person in people] == ["Hoàng Thị Thử Nghiệm"]


def test_a_person_without_a_number_in_the_workbook_gets_nobodys_household() -> None:
    loose = {key: value for key, value in NEW.items() if key != "stt"}
    lost = {key: value for key, value in HEAD.items() if key != "stt"}
    draft = replace(DRAFT, sections=(section(Part.LAO_DONG, loose), section(Part.PHU_LUC, lost)))
    assert b"<PhuLuc></PhuLuc>" in rendered(draft)["TK1-TS"].content


def test_a_dossier_without_its_required_list_is_refused() -> None:
    with pytest.raises(DataFault) as fault:
        rendered(replace(DRAFT, sections=()))
    assert (fault.value.code, fault.value.params) == ("form.no_rows", {"form": "D02-TS"})


def test_a_filing_date_before_every_form_is_refused() -> None:
    with pytest.raises(UsageFault):
        render_forms(DRAFT, UNIT, OCTOBER, procedure="600", filing_date=date(2016, 1, 1))


def signed_form(code: str, content: bytes) -> tuple[FormFile, bytes]:
    return rendered()[code], content


def enveloped(*files: tuple[FormFile, bytes], ivan: Ivan | None = None) -> FormFile:
    return render_envelope(files, UNIT, OCTOBER, procedure="600", filing_date=FILED, ivan=ivan)


def test_the_envelope_equals_its_vector() -> None:
    paper = attachment("hop dong.pdf", b"%PDF-1.4 x")
    envelope = enveloped(signed_form("D02-TS", b"<a/>"), (paper, paper.content))
    assert (envelope.name, envelope.sign_node) == ("BHXHDienTu.xml", "Hoso/CKy_Dvi")
    assert envelope.kind is FileKind.ENVELOPE
    assert canonical(envelope.content) == canonical((DATA / "BHXHDienTu.xml").read_bytes())
    assert envelope.content == in_wire_form(envelope.content)


def test_the_envelope_gives_back_the_signed_bytes() -> None:
    envelope = enveloped(*((file, file.content) for file in rendered().values()))
    opened = open_envelope(envelope.content)
    assert [packed.form_code for packed in opened.files] == ["D02-TS", "TK1-TS", "D01-TS"]
    assert [packed.content for packed in opened.files] == [f.content for f in rendered().values()]


def test_an_i_van_of_ones_own_may_be_named() -> None:
    envelope = enveloped(signed_form("D02-TS", b"<a/>"), ivan=Ivan(code="00999", name="Thử"))
    assert open_envelope(envelope.content).ivan == Ivan(code="00999", name="Thử")


def test_a_package_over_20_mb_is_refused() -> None:
    with pytest.raises(DataFault) as fault:
        enveloped(signed_form("D02-TS", bytes(15_000_000)))
    assert fault.value.code == "package.too_large"
    assert fault.value.params == {"size_mb": 21, "limit_mb": 20}
    enveloped(signed_form("D02-TS", bytes(14_900_000)))


def test_two_files_of_one_name_are_refused() -> None:
    first, second = (attachment(name, b"%PDF-1.4") for name in ("a.pdf", "A.PDF"))
    with pytest.raises(DataFault) as fault:
        enveloped((first, first.content), (second, second.content))
    assert (fault.value.code, fault.value.params) == ("package.duplicate_name", {"position": 2})


def office(folder: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(f"{folder}/main.xml", "<a/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.pdf", b"%PDF-1.7"), ("a.docx", office("word")), ("a.xlsx", office("xl"))],
)
def test_papers_that_are_what_they_are_called_are_taken(name: str, content: bytes) -> None:
    paper = attachment(name, content)
    assert (paper.form_code, paper.kind) == ("CT-DK", FileKind.ATTACHMENT)
    assert paper.sign_node is None
    assert paper.content == content


@pytest.mark.parametrize("name", [r"C:\hồ sơ\Hợp đồng.PDF", "/tmp/hồ sơ/Hợp đồng.PDF"])
def test_folders_are_dropped_and_the_extension_is_small(name: str) -> None:
    assert attachment(name, b"%PDF-1.7").name == "Hợp đồng.pdf"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.jpg", b"%PDF-1.7", "attachment.extension"),
        ("a", b"%PDF-1.7", "attachment.extension"),
        (".pdf", b"%PDF-1.7", "attachment.extension"),
        ("a.pdf", b"", "attachment.content"),
        ("a.pdf", office("word"), "attachment.content"),
        ("a.docx", office("xl"), "attachment.content"),
        ("a.xlsx", b"PK\x03\x04 broken", "attachment.content"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0 with a password", "attachment.content"),
    ],
)
def test_other_papers_are_refused(name: str, content: bytes, code: str) -> None:
    with pytest.raises(DataFault) as fault:
        attachment(name, content)
    assert fault.value.code == code


def test_a_form_no_workbook_feeds_is_written_from_what_is_given() -> None:
    nothing = replace(DRAFT, sections=())
    given = {"TK3-TS": FormData(values={"noi_dung_thay_doi": "Đổi địa chỉ"})}
    (file,) = render_forms(nothing, UNIT, OCTOBER, procedure="604", filing_date=FILED, given=given)
    assert (file.name, file.form_code, file.sign_node) == (
        "TK3-TS-595.xml",
        "TK3-TS",
        "TK3-TS/Cky",
    )
    root = parse(file.content)
    assert root.findtext("NoiDung/Noidung_Thaydoi") == "Đổi địa chỉ"
    assert root.findtext("NoiDung/TenDonVi") == "Công ty Ví Dụ & Bạn"
    assert root.findtext("NoiDung/MaSoThue") == "0100000000"


def test_a_required_form_nobody_gave_is_refused() -> None:
    with pytest.raises(DataFault, match=r"form\.no_rows"):
        render_forms(DRAFT, UNIT, OCTOBER, procedure="630a", filing_date=FILED)


def test_benefits_stand_in_their_part_of_the_list() -> None:
    sick = Row(1, {"ho_ten": "Đặng Văn Ví Dụ", "ma_benh_dai_ngay": "A00"})
    back = Row(1, {"ho_ten": "Hoàng Thị Thử Nghiệm", "ly_do_dieu_chinh": "sai ngày"})
    data = FormData(lists={"ps_om_dau": [sick], "dc_thai_san": [back]})
    root = parse(render_form("M01B-HSB", data, UNIT, OCTOBER, filing_date=FILED).content)
    assert root.findtext("ThongTinKhac/MaDonVi") == "TZ0001Z"
    assert [p.tag for p in root.iterfind("NoiDung/*/*")] == [
        *("CheDoOmDau", "CheDoThaiSan", "CheDoDuongSuc") * 2
    ]
    rows = root.findall("NoiDung/PhatSinh/CheDoOmDau/LaoDong")
    assert [row.findtext("MaBenhDaiNgay") for row in rows] == ["A00"]
    changed = root.findall("NoiDung/DieuChinh/CheDoThaiSan/LaoDong")
    assert [[e.tag for e in row] for row in changed] == [CHANGE_ROW]
    assert len(root.findall("NoiDung//LaoDong")) == 2


CHANGE_ROW = [
    "STT",
    "MaNhomHuong",
    "SoBHXH",
    "SoCMND",
    "HoTen",
    "TuNgay",
    "DenNgay",
    "TongSoNgay",
    "DotDaGiaiQuyet",
    "HinhThucNhan",
    "SoTaiKhoan",
    "TenChuTaiKhoan",
    "MaNganHang",
    "MaNhanVien",
    "GhiChu",
    "LyDoDieuChinh",
    "TuNgayDuyetTruoc",
]
"""verbatim from a real file of 2023 (wire format §2.6)"""


def test_the_printed_name_of_a_list_writes_the_electronic_one() -> None:
    data = FormData(lists={"lao_dong": [Row(4, DEAD)]})
    file = render_form("D02-LT", data, UNIT, OCTOBER, filing_date=FILED)
    assert (file.name, file.form_code) == ("D02-TS-595.xml", "D02-TS")


def test_a_first_registration_has_an_envelope_of_its_own() -> None:
    form = render_form("TK3-TS", FormData(), UNIT, OCTOBER, filing_date=FILED)
    envelope = render_envelope(
        [(form, b"<a/>")], UNIT, OCTOBER, procedure="dk-lan-dau", filing_date=FILED
    )
    content = parse(envelope.content).find("NoiDung")
    assert content is not None
    assert [child.tag for child in content] == FIRST_REGISTRATION
    assert content.findtext("TenDoiTuong") == "Công ty Ví Dụ & Bạn"
    assert content.findtext("NgayDangKy") == "05/10/2026"
    assert content.findtext("ToKhais/FileToKhai/MaToKhai") == "TK3-TS"


FIRST_REGISTRATION = [
    "TenCoQuan",
    "MaCoQuan",
    "LoaiDoiTuong",
    "TenDoiTuong",
    "MaSoThue",
    "DienThoai",
    "Email",
    "NguoiLienHe",
    "DiaChi",
    "DiaChiLienHe",
    "DienThoaiLienHe",
    "NgayLap",
    "NgayDangKy",
    "MaIVan",
    "TenIVan",
    "PTNhanKetQua",
    "ToKhais",
]
"""wire format §1.2"""


@pytest.mark.parametrize("code", ["05A-HSB", "TK3-TS"])
def test_somebody_without_a_phone_is_not_given_the_units(code: str) -> None:
    form = render_form(code, FormData(), UNIT, OCTOBER, filing_date=FILED)
    assert UNIT.phone
    assert UNIT.phone.encode() not in form.content
