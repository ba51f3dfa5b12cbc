"""Notices of an invented agency about dossiers of the stand-in program, really signed."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256

from forms.outcomes import PROCESSING, outcomes
from forms.xml.notice import SIGN_NODE, Notice, NoticeRow, write_notice
from signing.xmldsig import sign_document
from sync.errors import Permanent
from sync.model import Destination, Posted, PostedFile, PostedKind, Posts
from tests.desktop.services.test_receipts import AUTHORITY, RECEIPTS, pem
from tests.fakes.certificates import NOW as SIGNED_AT
from tests.fakes.certificates import Identity
from tests.fakes.desk import PERIOD, UNIT, Desk

GATEWAY = Destination(url="https://cong.example.vn", ca_pem=pem(AUTHORITY))
NUMBER = "00001/2026/07900"


def at(hour: int, minute: int = 0) -> datetime:
    """The agency's clock of one day."""
    return datetime(2026, 11, 20, hour, minute)  # noqa: DTZ001  # the layout has no zone


def package_hash(desk: Desk, dossier: str) -> str:
    return sha256(desk.services.files(dossier)[-1].signed or b"").hexdigest()


def notice(
    desk: Desk, dossier: str, outcome: str = PROCESSING, *, rows: Sequence[str] = (), **more: object
) -> Notice:
    """What the agency says of the dossier at ten o'clock; ``rows``: said of single rows."""
    named = [NoticeRow(name=row, count=1) for row in ("D02-TS-595.xml", *rows)]
    package = f"BHXHDienTu.xml sha256:{package_hash(desk, dossier)}"
    made = Notice(
        unit_name=UNIT.name,
        agency_name="BHXH Không Có Thật",
        unit_code=UNIT.code,
        tax_code=UNIT.tax_code,
        number=NUMBER,
        procedure_name="",
        procedure="600",
        received=at(10),
        period=PERIOD.wire,
        transaction=f"GD-{dossier}",
        result_code=outcomes()[outcome].code,
        result="Hồ sơ đang được xem.",
        error_code="",
        error_text="",
        rows=(*named, NoticeRow(name=package, count=1)),
        signer="",
        signer_serial="",
    )
    return replace(made, **more)  # type: ignore[arg-type]  # the tests name any field


def about_month(*files: bytes, **more: object) -> Notice:
    """The month's statement, naming these files."""
    rows = [NoticeRow(name=f"tep (SHA-256 {sha256(file).hexdigest()})", count=1) for file in files]
    made = Notice(
        unit_name=UNIT.name,
        agency_name="BHXH Không Có Thật",
        unit_code=UNIT.code,
        tax_code=UNIT.tax_code,
        number="",
        procedure_name="C12",
        procedure="",
        received=at(11),
        period=PERIOD.wire,
        transaction="C12",
        result_code="02",
        result="Mẫu C12-TS của tháng.",
        error_code="",
        error_text="",
        rows=tuple(rows),
        signer="",
        signer_serial="",
    )
    return replace(made, **more)  # type: ignore[arg-type]  # the tests name any field


def signed(told: Notice, identity: Identity = RECEIPTS) -> bytes:
    return sign_document(write_notice(told), SIGN_NODE, identity.signer, signing_time=SIGNED_AT)


def file(name: str, content: bytes) -> PostedFile:
    digest = sha256(content).hexdigest()
    return PostedFile(id=digest[:8], name=name, size=len(content), sha256=digest)


def posted(document: bytes | None, *files: PostedFile, parcel_id: str | None = None) -> Posted:
    name = sha256(document or b"").hexdigest()[:8]
    return Posted(
        id=name, kind=PostedKind.OTHER, parcel_id=parcel_id, document=document, files=tuple(files)
    )


@dataclass
class FakeMailbox:
    """Pages as laid out, the cursor being how many were given; files by their digest."""

    pages: list[list[Posted]] = field(default_factory=list)
    contents: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)

    def lay(self, *items: Posted) -> None:
        self.pages.append(list(items))

    def posts(self, *, unit_code: str, tax_code: str, cursor: str) -> Posts:
        self.asked.append(cursor)
        begun = int(cursor or 0)
        if begun >= len(self.pages):
            return Posts(items=(), cursor=cursor, more=False)
        items = tuple(self.pages[begun])
        return Posts(items=items, cursor=str(begun + 1), more=begun + 1 < len(self.pages))

    def fetch(self, file: PostedFile) -> bytes:
        self.fetched.append(file.name)
        if file.sha256 not in self.contents:
            raise Permanent("gateway.file_gone", status=410)
        return self.contents[file.sha256]
