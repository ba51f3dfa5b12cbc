"""Stand-ins for what carrying asks of the other rooms."""

from dataclasses import dataclass, field
from pathlib import Path

from desktop.services.carry_rooms import CarryRoom
from forms.cover import CoverSheet
from forms.findings import Finding
from forms.model import Draft
from forms.render import open_envelope
from resources.faults import UsageFault


@dataclass
class FakeCarry:
    """A workbook is its draft's source; a cover sheet is what it says."""

    told: tuple[Finding, ...] = ()
    """of every workbook"""
    covers: list[CoverSheet] = field(default_factory=list)

    def room(self) -> CarryRoom:
        return CarryRoom(
            providers=("vnpt",),
            draft=self.draft,
            lists_movements=lambda procedure: procedure == "600",
            cover=self.cover,
            open_envelope=open_envelope,
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
