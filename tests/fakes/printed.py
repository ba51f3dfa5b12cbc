"""Drafts and units of invented people for printed forms, and what stands on a page."""

from collections.abc import Iterable, Mapping
from datetime import date

from forms.model import Draft, Part, Period, Row, Section, Unit
from forms.paper.document import Page, PaperDocument, Text
from forms.paper.printing import PaperForm, paper_forms

FILED = date(2026, 11, 5)
PERIOD = Period(2026, 10)
UNIT = Unit(
    code="TA1234B",
    name="Công ty TNHH Thử Nghiệm Ví Dụ",
    tax_code="0100000000",
    agency="001",
    region=1,
    signer="Phạm Thử",
    phone="0249999999",
    email="don-vi@vi-du.example",
    address="Số 1 phố Ví Dụ",
)
PERSON = {
    "stt": "1",
    "ho_ten": "Hoàng Thị Thử Nghiệm",
    "ma_so_bhxh": "7900000017",
    "cccd": "001199012345",
    "ngay_sinh": "08/1996",
    "gioi_tinh": "0",
    "dan_toc": "01",
    "quoc_tich": "VN",
    "chuc_vu": "Công nhân vận hành máy may công nghiệp",
    "noi_lam_viec": "Xã Giả Định, tỉnh Ví Dụ",
    "tien_luong": "12500000",
    "phu_cap_luong": "10000000",
    "phu_cap_bo_sung": "5000000",
    "hdld_xdth_tu_ngay": "01/10/2026",
    "tu_thang": "10/2026",
    "ma_benh_vien": "01001",
    "nhan_ban_dien_tu": "1",
    "phuong_an": "TM",
    "ghi_chu": "Hợp đồng số 12/HĐLĐ",
}


def people(count: int) -> list[dict[str, str]]:
    return [{**PERSON, "stt": str(n), "ma_so_bhxh": f"79{n:08}"} for n in range(1, count + 1)]


def draft(
    staff: Iterable[Mapping[str, str]],
    *,
    family: Iterable[Mapping[str, str]] = (),
    papers: Iterable[Mapping[str, str]] = (),
) -> Draft:
    lists = {Part.LAO_DONG: staff, Part.PHU_LUC: family, Part.BANG_KE: papers}
    return Draft(
        "l",
        "f.xlsx",
        tuple(
            Section(part, "s", {}, tuple(Row(n, values) for n, values in enumerate(rows, 4)))
            for part, rows in lists.items()
        ),
    )


def printed(of: Draft, code: str, *, filed: date = FILED) -> PaperForm:
    """The one form of procedure 600 with that code on paper."""
    forms = paper_forms(of, UNIT, PERIOD, procedure="600", filing_date=filed)
    return next(form for form in forms if form.code == code)


def texts(page: Page) -> list[str]:
    """As drawn, cell by cell."""
    return [mark.text for mark in page.marks if isinstance(mark, Text)]


def words_of(document: PaperDocument) -> str:
    """Everything that can be read, without the spaces and dots between it."""
    return squeezed("".join("".join(texts(page)) for page in document.pages))


def squeezed(text: str) -> str:
    return "".join(letter for letter in text if not letter.isspace() and letter not in ".…")
