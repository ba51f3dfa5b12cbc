"""One good row and what the checks say of it after a change."""

from collections.abc import Iterable, Mapping
from datetime import date

from forms.checks.problem import FindList, find_list
from forms.checks.run import check
from forms.findings import Finding
from forms.model import Draft, Part, Period, Row, Section, Unit

UNIT = Unit(
    code="ZZ0001Z",
    name="CÔNG TY TNHH MỘT NGÀY NẮNG (không có thật)",
    tax_code="9900000016",
    agency="07900",
    region=1,
    signer="Ngô Thử Nghiệm",
    phone="0900000001",
)
PERIOD = Period(2026, 11)
TODAY = date(2026, 11, 20)

PERSON = {
    "stt": "1",
    "ho_ten": "Lê Thị Mây Suối",
    "ma_so_bhxh": "9900000017",
    "loai": "1",
    "phuong_an": "TM",
    "chuc_vu": "Công nhân may",
    "noi_lam_viec": "Nhà máy số 1",
    "tien_luong": "7500000",
    "tu_thang": "11/2026",
    "ty_le_dong": "32",
    "tinh_lai": "0",
    "da_co_so": "1",
    "ma_vung_ltt": "01",
    "ngay_sinh": "05/06/1990",
    "gioi_tinh": "0",
    "cccd": "079190000001",
}
WITH_TK1 = {
    **PERSON,
    "kem_tk1": "1",
    "quoc_tich": "VN",
    "dan_toc": "01",
    "ma_tinh_ks": "01",
    "ma_xa_ks": "00004",
    "dia_chi_nn": "Số 1 đường Nắng Mai",
    "ma_tinh_nn": "01",
    "ma_xa_nn": "00008",
    "ma_tinh_benh_vien": "01",
    "ma_benh_vien": "01001",
    "dien_thoai": "0900000001",
    "ma_ho_gia_dinh": "9900000123",
}
HEAD = {
    "stt": "1",
    "ho_ten": "Lê Thị Mây Suối",
    "ma_so_bhxh": "9900000017",
    "ngay_sinh": "05/06/1990",
    "gioi_tinh": "0",
    "moi_quan_he": "00",
    "cccd": "079190000001",
}
HUSBAND = {
    "stt": "1",
    "ho_ten": "Trần Văn Núi Sông",
    "ngay_sinh": "1988",
    "gioi_tinh": "1",
    "moi_quan_he": "02",
    "cccd": "079088000002",
}
PAPER = {"stt": "1", "ho_ten": "Lê Thị Mây Suối", "ten_loai_van_ban": "Hợp đồng lao động"}

SHEETS = {Part.LAO_DONG: "Dữ Liệu", Part.PHU_LUC: "Phụ lục", Part.BANG_KE: "Bảng kê"}
Values = Mapping[str, str]


def changed(values: Values, **changes: str) -> dict[str, str]:
    """An empty text takes the field away."""
    return {key: value for key, value in {**values, **changes}.items() if value}


def draft(
    people: Iterable[Values], families: Iterable[Values] = (), papers: Iterable[Values] = ()
) -> Draft:
    """Rows begin in line 4; column letters are A, B, C … in the order of the keys."""
    lists = {Part.LAO_DONG: people, Part.PHU_LUC: families, Part.BANG_KE: papers}
    return Draft("thu", "thu.xlsx", tuple(section(part, rows) for part, rows in lists.items()))


def section(part: Part, values: Iterable[Values]) -> Section:
    rows = tuple(Row(line, dict(row)) for line, row in enumerate(values, 4))
    keys = list(dict.fromkeys(key for row in rows for key in row.values))
    columns = {key: chr(ord("A") + place) for place, key in enumerate(keys[:26])}
    return Section(part, SHEETS[part], columns, rows)


def findings(
    checked: Draft, *, today: date = TODAY, lists: FindList = find_list
) -> tuple[Finding, ...]:
    return check(checked, unit=UNIT, period=PERIOD, filing_date=today, find_list=lists)


def said(values: Values, **changes: str) -> list[tuple[str, str | None]]:
    """(code, field) of everything found in one changed row."""
    return [(f.code, f.field) for f in findings(draft([changed(values, **changes)]))]
