"""Stand-ins for what carrying asks of the other rooms."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from desktop.services.carry_rooms import CarryRoom
from forms.cover import CoverSheet
from forms.findings import Finding
from forms.model import Draft, Period
from resources.faults import UsageFault

PERIOD = Period(2026, 11)


@dataclass(frozen=True)
class FakePacked:
    name: str = "D02-TS-595.xml"
    form_code: str = "D02-TS"
    title: str = "D02-TS"
    content: bytes = b"<D02-TS/>"


@dataclass(frozen=True)
class FakeEnvelope:
    """What the package of the stand-in desk says of itself."""

    unit_name: str = "CÔNG TY MÂY TRẮNG (không có thật)"
    unit_code: str = "ZZ0001Z"
    tax_code: str = "9900000016"
    signer: str = "Ngô Văn Mây"
    phone: str = "0900000001"
    agency: str = "079"
    procedure: str = "600"
    period: Period = PERIOD
    filing_date: date = date(2026, 11, 23)
    files: tuple[FakePacked, ...] = (
        FakePacked(),
        FakePacked("giay-to.pdf", "CT-DK", "", b"%PDF-1.7"),
    )


@dataclass
class FakeCarry:
    """A workbook is its draft's source; a cover sheet is what it says."""

    told: tuple[Finding, ...] = ()
    """of every workbook"""
    covers: list[CoverSheet] = field(default_factory=list)
    envelope: FakeEnvelope = FakeEnvelope()
    """what any package says"""

    def room(self) -> CarryRoom:
        return CarryRoom(
            providers=("vnpt",),
            draft=self.draft,
            lists_movements=lambda procedure: procedure == "600",
            cover=self.cover,
            open_envelope=lambda _package: self.envelope,
            wire_code=lambda procedure: procedure[:3],
        )

    def draft(self, draft: Draft, provider: str, folder: Path) -> tuple[Path, tuple[Finding, ...]]:
        if provider != "vnpt":
            raise UsageFault("carry.provider", provider=provider, known="vnpt")
        out = folder / "D02.xlsx"
        out.write_text(draft.source, encoding="utf-8")
        return out, self.told

    def cover(self, sheet: CoverSheet) -> bytes:
        self.covers.append(sheet)
        return b"%PDF-1.7 " + sheet.title.encode()
