"""The envelope ``BHXHDienTu.xml``: signed forms and attachments, unit and procedure.

Wire format §1. ``DoDaiFile`` is the length of the base64 text, not of the file.
"""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from pathlib import PurePosixPath

from forms.catalog import AttachmentRules, Ivan, Procedure
from forms.definition import FILES
from forms.model import Period, Row, Unit
from forms.wire import Wire
from forms.xml.reader import ReadRow, read_document
from forms.xml.rendering import Content, write_document
from resources.faults import DataFault

_DATE = "%d/%m/%Y"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedFile:
    """One FileToKhai."""

    form_code: str
    title: str
    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What an envelope says, its files decoded."""

    ivan: Ivan
    unit_name: str
    unit_code: str
    tax_code: str
    signer: str
    phone: str
    agency: str
    procedure_name: str
    procedure: str
    """MaThuTuc"""
    period: Period
    filing_date: date
    files: tuple[PackedFile, ...]


def form_code_of(name: str, family: str, attachments: AttachmentRules) -> str:
    """MaToKhai: ``CT-DK`` for attachments, else the name without extension and family."""
    path = PurePosixPath(name)
    if path.suffix.lower() in attachments.extensions:
        return attachments.form_code
    return path.stem.removesuffix(f"-{family}")


def write_envelope(
    files: Sequence[PackedFile],
    *,
    unit: Unit,
    period: Period,
    procedure: Procedure,
    filing_date: date,
    ivan: Ivan,
    wire: Wire,
) -> bytes:
    """In canonical form, unsigned. Raises DataFault ``xml.illegal_character``."""
    values = {
        "ma_ivan": ivan.code,
        "ten_ivan": ivan.name,
        "ten_don_vi": unit.name,
        "ma_don_vi": unit.code,
        "ma_so_thue": unit.tax_code,
        "nguoi_ky": unit.signer,
        "dien_thoai": unit.phone,
        "dien_thoai_lien_he": unit.phone,
        "email": unit.email,
        "dia_chi": unit.address,
        "dia_chi_lien_he": unit.address,
        "nguoi_lien_he": unit.signer,
        "co_quan": unit.agency,
        "ten_thu_tuc": procedure.name_vi,
        "ma_thu_tuc": procedure.wire_code,
        "ky_ke_khai": period.wire,
        "ngay_lap": filing_date.strftime(_DATE),
        "ngay_dang_ky": filing_date.strftime(_DATE),
    }
    rows = [_file_row(n, packed) for n, packed in enumerate(files, 1)]
    out = BytesIO()
    write_document(out, wire, Content(values=values, lists={FILES: rows}))
    return out.getvalue()


def read_envelope(content: bytes, *, wire: Wire, attachments: AttachmentRules) -> Envelope:
    """The envelope, signed or not, with every stated length, count and name checked.

    Signatures are not looked at. Raises DataFault ``xml.*`` or ``envelope.*``.
    """
    read = read_document(content, wire)
    rows = read.rows(FILES)
    files = tuple(_packed(row, n, wire.family, attachments) for n, row in enumerate(rows, 1))
    stated = next((t for e, t in read.texts.items() if e.endswith("/SoLuongFile")), "")
    if stated != str(len(files)):
        raise DataFault("envelope.count", stated=stated[:20], found=len(files))
    values = read.values
    return Envelope(
        ivan=Ivan(code=values.get("ma_ivan", ""), name=values.get("ten_ivan", "")),
        unit_name=values.get("ten_don_vi", ""),
        unit_code=values.get("ma_don_vi", ""),
        tax_code=values.get("ma_so_thue", ""),
        signer=values.get("nguoi_ky", ""),
        phone=values.get("dien_thoai", ""),
        agency=values.get("co_quan", ""),
        procedure_name=values.get("ten_thu_tuc", ""),
        procedure=values.get("ma_thu_tuc", ""),
        period=_period(values.get("ky_ke_khai", "")),
        filing_date=_date(values.get("ngay_lap", "")),
        files=files,
    )


def _file_row(position: int, packed: PackedFile) -> Row:
    text = base64.b64encode(packed.content).decode("ascii")
    return Row(
        position,
        {
            "ma_to_khai": packed.form_code,
            "mo_ta": packed.title,
            "ten_tep": packed.name,
            "loai_tep": PurePosixPath(packed.name).suffix,
            "do_dai": str(len(text)),
            "noi_dung": text,
        },
    )


def _packed(row: ReadRow, position: int, family: str, attachments: AttachmentRules) -> PackedFile:
    values = row.values
    text, stated = values.get("noi_dung", ""), values.get("do_dai", "")
    if stated != str(len(text)):
        raise DataFault("envelope.length", position=position, stated=stated[:20], found=len(text))
    name, code = values.get("ten_tep", ""), values.get("ma_to_khai", "")
    if not _names_agree(name, values.get("loai_tep", ""), code, family, attachments):
        raise DataFault("envelope.file_name", position=position)
    return PackedFile(
        form_code=code,
        title=values.get("mo_ta", ""),
        name=name,
        content=_decode(text, position),
    )


def _names_agree(
    name: str, extension: str, code: str, family: str, attachments: AttachmentRules
) -> bool:
    """A name with a folder in it is never one of ours."""
    path = PurePosixPath(name)
    return (
        path.name == name
        and "\\" not in name
        and path.suffix == extension
        and form_code_of(name, family, attachments) == code
    )


def _decode(text: str, position: int) -> bytes:
    try:
        return base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        raise DataFault("envelope.encoding", position=position) from None


def _period(text: str) -> Period:
    try:
        return Period.parse(text)
    except ValueError:
        raise DataFault("envelope.date") from None


def _date(text: str) -> date:
    try:
        return datetime.strptime(text, _DATE).date()  # noqa: DTZ007 - a calendar date, no moment
    except ValueError:
        raise DataFault("envelope.date") from None
