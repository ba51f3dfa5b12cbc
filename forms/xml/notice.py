"""The agency's notice ``BHXH/XACNHAN_GDICH`` (wire format §5.4), read and written.

The names are certain, their order is not; reading therefore asks for names and not for an order.
Where the agency signs a notice is unknown: here a slot ``CKy_BHXH`` closes the root, after the
pattern of ``CKy_Dvi`` in the envelope.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

from lxml import etree

from forms.xml.safe import parse
from forms.xml.writer import CanonicalWriter
from resources.faults import DataFault

ROOT, BODY, SLOT = "BHXH", "XACNHAN_GDICH", "CKy_BHXH"
SIGN_NODE = f"{ROOT}/{SLOT}"
ACCEPTED = "00"
"""MA_KQUA of a receipt; the agency's own values were never seen"""
LIMIT_BYTES = 2_000_000
MOST_DIGITS = 9
MOST_DAY = 10
"""characters of a day; a time may follow"""
MOMENT = "%d/%m/%Y %H:%M:%S"
DAY = "%d/%m/%Y"
_SHA256 = re.compile(r"sha256:([0-9a-f]{64})\Z")
_DIGEST = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
_DAYS = (DAY, "%Y-%m-%d")
"""how notices of the several forms write a day"""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRow:
    """One file of the dossier as the notice lists it."""

    name: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What a notice says; nothing of it is believed before its signature is verified."""

    unit_name: str
    agency_name: str
    unit_code: str
    tax_code: str
    number: str
    """số hồ sơ, empty in a refusal"""
    procedure_name: str
    procedure: str
    received: datetime
    """agency's clock, without a zone as the layout has none"""
    period: str
    """MM/yyyy"""
    transaction: str
    result_code: str
    result: str
    error_code: str
    error_text: str
    rows: tuple[NoticeRow, ...]
    signer: str
    signer_serial: str
    promised: date | None = None
    """NGAY_TRA: by when a result is promised or a supplement wanted; None where no day is said"""

    @property
    def sha256(self) -> str:
        """SHA-256 of the package that the notice is about, when a row names it; else empty.

        Empty too where rows name several: a paper's name must not pass for the package.
        """
        found = {match[1] for row in self.rows if (match := _SHA256.search(row.name))}
        return found.pop() if len(found) == 1 else ""

    @property
    def digests(self) -> frozenset[str]:
        """Every SHA-256 that a row names: of the package, and of files beside the notice."""
        return frozenset(found for row in self.rows for found in _DIGEST.findall(row.name))

    @property
    def accepted(self) -> bool:
        return self.result_code == ACCEPTED and bool(self.number)


def write_notice(notice: Notice) -> bytes:
    """Canonical and unsigned, with an empty slot for the signature."""
    out = BytesIO()
    writer = CanonicalWriter(out)
    writer.start(ROOT)
    writer.open(BODY)
    _group(writer, "TTDVI", _unit_fields(notice))
    _write_transaction(writer, notice)
    writer.open("TTCKY_BHXH")
    _group(writer, "TTCKY", _signer_fields(notice))
    writer.close()
    writer.close()
    writer.leaf(SLOT, "")
    writer.close()
    return out.getvalue()


def read_notice(content: bytes) -> Notice:
    """Raises DataFault ``receipt.unreadable`` or as the parser does."""
    root = parse(content, limit=LIMIT_BYTES)
    bodies = root.findall(BODY) if root.tag == ROOT else []
    if len(bodies) != 1:
        raise DataFault("receipt.unreadable")
    return _notice(bodies[0])


def _notice(body: etree._Element) -> Notice:
    unit, told, signed = "TTDVI", "TTGDICH", "TTCKY_BHXH/TTCKY"
    return Notice(
        unit_name=_text(body, f"{unit}/TEN_DVI"),
        agency_name=_text(body, f"{unit}/TEN_COQUAN"),
        unit_code=_text(body, f"{unit}/MA_DVI"),
        tax_code=_text(body, f"{unit}/MST"),
        number=_text(body, f"{told}/SO_HSO"),
        procedure_name=_text(body, f"{told}/TEN_GDICH"),
        procedure=_text(body, f"{told}/MALOAI_HSO"),
        received=_moment(_text(body, f"{told}/NGAY_GDICH")),
        period=_text(body, f"{told}/KY_KKHAI"),
        transaction=_text(body, f"{told}/MA_GDICH"),
        result_code=_text(body, f"{told}/MA_KQUA"),
        result=_text(body, f"{told}/KQUA"),
        error_code=_text(body, f"{told}/MA_LOI"),
        error_text=_text(body, f"{told}/MOTA_LOI"),
        rows=tuple(_rows(body)),
        signer=_text(body, f"{signed}/SUBJECT"),
        signer_serial=_text(body, f"{signed}/SERIAL"),
        promised=_day(_text(body, f"{told}/NGAY_TRA")),
    )


def _text(body: etree._Element, path: str) -> str:
    """The text of the only element at ``path``; two of them contradict each other."""
    found = body.findall(path)
    if len(found) > 1 or any(len(each) for each in found):
        raise DataFault("receipt.unreadable")
    return (found[0].text or "").strip() if found else ""


def _rows(body: etree._Element) -> Iterator[NoticeRow]:
    for row in body.findall("TTGDICH/CTIET_GDICH/ROW_CTIET"):
        yield NoticeRow(name=_text(row, "TEN_HSO"), count=_count(_text(row, "SO_LUONG")))


def _count(text: str) -> int:
    """0 where none is said: nothing hangs on it."""
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else 0


def _moment(text: str) -> datetime:
    try:
        return datetime.strptime(text, MOMENT)  # noqa: DTZ007  # the layout has no zone
    except ValueError as error:
        raise DataFault("receipt.unreadable") from error


def _day(text: str) -> date | None:
    """None also for what cannot be read: a day is only ever shown."""
    for layout in _DAYS:
        try:
            return datetime.strptime(text[:MOST_DAY], layout).date()  # noqa: DTZ007  # no zone
        except ValueError:
            continue
    return None


def _unit_fields(notice: Notice) -> Iterable[tuple[str, str]]:
    return (
        ("TEN_DVI", notice.unit_name),
        ("TEN_COQUAN", notice.agency_name),
        ("MA_DVI", notice.unit_code),
        ("MST", notice.tax_code),
        ("DIADIEM", ""),
        ("NGAY_THONGBAO", notice.received.strftime("%Y-%m-%d")),
    )


def _signer_fields(notice: Notice) -> Iterable[tuple[str, str]]:
    return (
        ("SUBJECT", notice.signer),
        ("SERIAL", notice.signer_serial),
        ("TIME", notice.received.strftime(MOMENT)),
    )


def _write_transaction(writer: CanonicalWriter, notice: Notice) -> None:
    writer.open("TTGDICH")
    for name, value in _transaction_fields(notice):
        writer.leaf(name, value)
    writer.open("CTIET_GDICH")
    for position, row in enumerate(notice.rows, start=1):
        fields = (("STT", str(position)), ("TEN_HSO", row.name), ("SO_LUONG", str(row.count)))
        _group(writer, "ROW_CTIET", fields)
    writer.leaf("DTHOAI_HTRO", "")
    writer.close()
    writer.close()


def _transaction_fields(notice: Notice) -> Iterable[tuple[str, str]]:
    return (
        ("SO_HSO", notice.number),
        ("TEN_GDICH", notice.procedure_name),
        ("MALOAI_HSO", notice.procedure),
        ("NGAY_GDICH", notice.received.strftime(MOMENT)),
        ("KY_KKHAI", notice.period),
        ("MA_GDICH", notice.transaction),
        ("MA_KQUA", notice.result_code),
        ("KQUA", notice.result),
        ("MA_LOI", notice.error_code),
        ("MOTA_LOI", notice.error_text),
        ("GIO_NHAN", notice.received.strftime("%H:%M")),
        ("NGAY_NHAN", notice.received.strftime(DAY)),
        ("NGAY_TRA", notice.promised.strftime(DAY) if notice.promised else ""),
    )


def _group(writer: CanonicalWriter, name: str, fields: Iterable[tuple[str, str]]) -> None:
    writer.open(name)
    for key, value in fields:
        writer.leaf(key, value)
    writer.close()
