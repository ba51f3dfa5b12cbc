"""Invented units, people, dossiers and parcels for the tests of the store."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from desktop.services.inbox_api import (
    Letter,
    LetterFile,
    LetterKind,
    Origin,
    Reason,
    Said,
    Verified,
)
from desktop.services.inbox_ports import Kept
from desktop.services.ports import Store
from forms.findings import Finding, Severity
from forms.model import (
    DossierState,
    Draft,
    FileKind,
    FormFile,
    Part,
    Period,
    Row,
    Section,
    Unit,
)
from sync.model import Destination, Parcel, ParcelState, Settlement

NOW = datetime(2026, 11, 22, 3, 4, 5, 678901, tzinfo=UTC)
RULES = sha256(b"rule data").hexdigest()
NOVEMBER = Period(2026, 11)
UNIT = Unit(
    code="TA0000Z",
    name="Công ty TNHH Ví Dụ",
    tax_code="0000000000",
    agency="00100",
    region=1,
    signer="Nguyễn Thị Ví Dụ",
    phone="0900000000",
    email="vidu@example.vn",
    address="Số 0 đường Không Có Thật",
)
AN = Row(
    4,
    {
        "ho_ten": "Đặng Thị Ví Dụ An",
        "ma_so_bhxh": "0000000001",
        "cccd": "000000000011",
        "ngay_sinh": "02/01/1990",
        "gioi_tinh": "0",
        "chuc_vu": "Kế toán",
        "tien_luong": "5310000",
        "phuong_an": "TM",
    },
)
BINH = Row(
    5,
    {
        "ho_ten": "Trần Ví Dụ Bình",
        "ma_so_bhxh": "0000000002",
        "ngay_sinh": "1985",
        "gioi_tinh": "1",
        "tien_luong": "2.34",
        "phuong_an": "TM",
    },
)
FINDINGS = (
    Finding(
        code="number.social_digits",
        severity=Severity.ERROR,
        sheet="Dữ Liệu",
        row=5,
        column="AB",
        field="ma_so_bhxh",
        params={"length": 9, "seen": "a'b"},
    ),
    Finding(code="draft.no_papers", severity=Severity.INFO),
)
FORM = FormFile(
    name="D02-TS-595.xml",
    kind=FileKind.FORM,
    form_code="D02-TS",
    title="Danh sách lao động",
    sign_node="D02-TS/Cky",
    content=b"<D02-TS/>\x00\xff",
)
PAPER = FormFile(
    name="giay to.pdf",
    kind=FileKind.ATTACHMENT,
    form_code="CT-DK",
    title="Giấy tờ",
    sign_node=None,
    content=b"%PDF",
)
ENVELOPE = FormFile(
    name="BHXHDienTu.xml",
    kind=FileKind.ENVELOPE,
    form_code="BHXHDienTu",
    title="Hồ sơ",
    sign_node="Hoso/CKy_Dvi",
    content=b"<Hoso/>",
)


def later(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def draft(*rows: Row, source: str = "nhan-su.xlsx") -> Draft:
    people = Section(Part.LAO_DONG, "Dữ Liệu", {"ho_ten": "B", "cccd": "AB"}, rows)
    papers = Section(Part.BANG_KE, "Bảng kê", {"ten": "B"}, (Row(9, {"ten": "Hợp đồng"}),))
    return Draft("vnpt-d02-tk1-2025-11", source, (people, papers))


def stored_dossier(store: Store, unit: Unit = UNIT) -> str:
    """A unit (when it is new) and a draft of its own."""
    with store.begin() as work:
        if unit.code not in {known.code for known in work.units.all()}:
            work.units.add(unit)
        made = work.dossiers.create(
            unit.code, NOVEMBER, "600", draft(AN, BINH), FINDINGS, NOW, RULES
        )
        work.commit()
    return made.id


def signed_dossier(store: Store) -> str:
    dossier_id = stored_dossier(store)
    with store.begin() as work:
        for state in (DossierState.CHECKED, DossierState.SIGNED):
            work.dossiers.move(dossier_id, state, now=NOW, event="event.signed")
        work.commit()
    return dossier_id


def parcel(dossier_id: str, number: int = 1, content: bytes = b"goi") -> Parcel:
    return Parcel(
        id=f"00000000-0000-4000-8000-{number:012}",
        dossier_id=dossier_id,
        destination=Destination(url="https://gateway.example", ca_pem="-----BEGIN"),
        file_name="BHXHDienTu.xml",
        sha256=sha256(content).hexdigest(),
        size=len(content),
        labels={"unit_code": "TA0000Z", "period": "11/2026"},
        state=ParcelState.WAITING,
        attempts=0,
        next_try=NOW,
    )


def waiting_parcel(store: Store, number: int = 1, content: bytes = b"goi") -> Parcel:
    """A dossier of its own, signed and in the outbox."""
    new = parcel(signed_dossier(store), number, content)
    with store.begin() as work:
        work.dossiers.move(new.dossier_id, DossierState.WAITING, now=NOW, event="event.enqueued")
        work.parcels.enqueue(new, content)
        work.commit()
    return new


def settlement(of: Parcel, state: ParcelState, **values: object) -> Settlement:
    plain = Settlement(
        parcel_id=of.id,
        at=later(10),
        state=state,
        outcome="gateway.cut",
        next_try=later(60),
    )
    return replace(plain, **values)  # type: ignore[arg-type]  # names of fields


def accepted(of: Parcel) -> Settlement:
    return settlement(
        of,
        ParcelState.ACCEPTED,
        outcome="receipt.accepted",
        transaction="GD-1",
        number="00001/2026/00100",
        receipt=b"<ThongBao/>",
        answer=b'{"verdict":"accepted"}',
        detail="200",
    )


def state_of(store: Store, dossier_id: str) -> DossierState:
    with store.begin() as work:
        return work.dossiers.get(dossier_id).state


def parcel_of(store: Store, dossier_id: str) -> Parcel:
    with store.begin() as work:
        found = work.parcels.of_dossier(dossier_id)
    assert found is not None
    return found


def kept_letter(dossier_id: str | None, letter_id: str = "l" * 64, **more: object) -> Kept:
    """A notice with one file that is here and one that is not."""
    files = (
        LetterFile(name="ket-qua.xlsx", size=3, sha256="a" * 64, vouched=True),
        LetterFile(name="lon.pdf", size=9, sha256="b" * 64, vouched=False, kept=False),
    )
    usual: dict[str, object] = {
        "id": letter_id,
        "unit_code": UNIT.code,
        "kind": LetterKind.SUPPLEMENT,
        "origin": Origin.FETCHED,
        "source": "",
        "received_at": NOW,
        "dated": later(5),
        "period": NOVEMBER,
        "dossier_id": dossier_id,
        "number": "00001/2026/00100",
        "transaction": "GD-1",
        "agency": "BHXH Không Có Thật",
        "state_after": DossierState.SUPPLEMENT,
        "moved": True,
        "verified": Verified.NO,
        "doubt": Said(code="inbox.other_unit", params={"unit": "ZZ"}),
        "deadline": date(2026, 12, 1),
        "text": "Thiếu “giấy tờ” & 'hợp đồng'",
        "reasons": (Reason(text="Chưa có hợp đồng.", line=1), Reason(text="Khác.")),
        "files": files,
        "read": False,
    }
    made = Letter(**{**usual, **more})  # type: ignore[arg-type]  # the tests name any field
    return Kept(letter=made, document=b"<BHXH/>", contents=(b"abc", None))
