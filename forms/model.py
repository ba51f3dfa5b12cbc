"""What is declared: unit, draft rows, dossier, form files. Frozen values, no behaviour of screens.

A draft keeps what stands in the workbook: every row knows its line, every field its column,
so that a finding can name the cell. Values are text in canonical form (see
``forms.excel.cleaning``): dates ``dd/MM/yyyy`` (``MM/yyyy`` or ``yyyy`` where a birth date is
incomplete), months ``MM/yyyy``, money plain đồng digits, percentages with a dot, flags
``0``/``1``. What could not be understood stays as it was typed and has a finding.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

_ISO_MONTH = re.compile(r"(\d{4})-(\d{2})\Z")
_WIRE_MONTH = re.compile(r"(\d{2})/(\d{4})\Z")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A declaration month."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not (1 <= self.month <= 12 and 1900 <= self.year <= 2999):
            raise ValueError(f"no such month: {self.year}-{self.month}")

    @classmethod
    def parse(cls, text: str) -> "Period":
        """From ``YYYY-MM`` or ``MM/yyyy``. Raises ValueError."""
        if iso := _ISO_MONTH.match(text):
            return cls(int(iso[1]), int(iso[2]))
        if wire := _WIRE_MONTH.match(text):
            return cls(int(wire[2]), int(wire[1]))
        raise ValueError(f"not a month: {text!r}")

    @classmethod
    def of(cls, day: date) -> "Period":
        """The month that a day lies in."""
        return cls(day.year, day.month)

    def plus(self, months: int) -> "Period":
        """So many months later, or earlier when negative."""
        count = self.year * 12 + self.month - 1 + months
        return Period(count // 12, count % 12 + 1)

    def next(self) -> "Period":
        return self.plus(1)

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        return self.next().first_day - timedelta(days=1)

    @property
    def iso(self) -> str:
        return f"{self.year:04}-{self.month:02}"

    @property
    def wire(self) -> str:
        """``MM/yyyy`` as in KyKeKhai (wire format §1)."""
        return f"{self.month:02}/{self.year:04}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """The declaring enterprise (đơn vị)."""

    code: str
    """mã đơn vị given by the agency, 7 characters"""
    name: str
    tax_code: str
    """MST: 10, 10-3 or 12 digits"""
    agency: str
    """mã cơ quan BHXH, 3 or 5 digits"""
    region: int
    """minimum-wage region 1..4"""
    signer: str
    phone: str
    email: str = ""
    address: str = ""


class Part(StrEnum):
    """The three lists of a draft for procedure 600."""

    LAO_DONG = "lao_dong"
    """people and their movements: feeds D02-TS and TK1-TS"""
    PHU_LUC = "phu_luc"
    """household members: feeds PhuLuc of TK1-TS"""
    BANG_KE = "bang_ke"
    """papers: feeds D01-TS"""


@dataclass(frozen=True, slots=True)
class Row:
    """One data row: 1-based line in the sheet, values by field key (empty ones left out)."""

    line: int
    values: Mapping[str, str]

    def get(self, key: str) -> str:
        return self.values.get(key, "")


@dataclass(frozen=True, slots=True)
class Section:
    """One list of a draft with the place it came from."""

    part: Part
    sheet: str
    columns: Mapping[str, str]
    """field key → column letters"""
    rows: Sequence[Row]
    """a tuple of rows, or packed ones (``forms.packed``) where there may be many"""


@dataclass(frozen=True, slots=True)
class Draft:
    """What an import yields and a dossier is built from."""

    layout: str
    source: str
    """file name of the workbook, without its folder"""
    sections: tuple[Section, ...]

    def section(self, part: Part) -> Section | None:
        return next((found for found in self.sections if found.part is part), None)

    def rows(self, part: Part) -> Sequence[Row]:
        found = self.section(part)
        return found.rows if found else ()


class DossierState(StrEnum):
    """nháp → đã kiểm tra → đã ký → chờ gửi → đang gửi → đã gửi → đã tiếp nhận → đang giải quyết
    → có kết quả, bị từ chối or yêu cầu bổ sung; what may follow what: ``forms.states``."""

    DRAFT = "draft"
    CHECKED = "checked"
    """forms are built and free of errors"""
    SIGNED = "signed"
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    """the gateway has it whole; no verified receipt yet"""
    ACCEPTED = "accepted"
    """đã tiếp nhận, and so đã nộp: a verified receipt with the dossier's number says so"""
    PROCESSING = "processing"
    """đang giải quyết: a verified notice says that the agency works on it"""
    SUPPLEMENT = "supplement"
    """yêu cầu bổ sung: a verified notice asks for more before it goes on"""
    DONE = "done"
    """có kết quả: a verified notice brought the result"""
    REJECTED = "rejected"
    """từ chối: a verified answer refuses it, at the gateway or later"""
    SEND_FAILED = "send_failed"


class FileKind(StrEnum):
    FORM = "form"
    ATTACHMENT = "attachment"
    ENVELOPE = "envelope"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormFile:
    """A file of a dossier. From rendering on its bytes are never parsed and written again."""

    name: str
    """such as ``D02-TS-595.xml``"""
    kind: FileKind
    form_code: str
    """MaToKhai: ``D02-TS``, ``CT-DK`` for attachments, ``BHXHDienTu`` for the envelope"""
    title: str
    """MoTaToKhai"""
    sign_node: str | None
    """path of the signature's parent, such as ``D02-TS/Cky``; None for attachments"""
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A declaration to be filed, without its rows and bytes."""

    id: str
    """``<unit>-<YYYY-MM>-<procedure>-<đợt>``, the name used on the command line"""
    unit_code: str
    period: Period
    procedure: str
    batch: int
    """đợt: 1, 2, … within unit, period and procedure"""
    state: DossierState
    created: datetime
    filed_on: date | None = None
    """NgayLap, set when the forms are built"""
    transaction: str | None = None
    """mã giao dịch of the gateway"""
    number: str | None = None
    """số hồ sơ ``nnnnn/yyyy/ccccc``; only from a verified receipt"""
    rules_hash: str | None = None
    """SHA-256 of the rule data its findings were made by; None where that is not known"""


def dossier_id(unit_code: str, period: Period, procedure: str, batch: int) -> str:
    return f"{unit_code}-{period.iso}-{procedure}-{batch}"
