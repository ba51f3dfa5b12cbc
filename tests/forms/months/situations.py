"""Invented people of two months, in a few words."""

from forms.model import Period
from forms.months.case import Setting
from forms.months.model import PersonState, Place, Proposal, Question, Snapshot
from forms.months.propose import propose
from forms.months.snapshots import RowPlaces

PERIOD = Period(2026, 11)
BASE = {
    "ho_ten": "Ngô Văn Mây",
    "cccd": "099085000001",
    "ngay_sinh": "01/02/1985",
    "gioi_tinh": "1",
    "chuc_vu": "Thợ may",
    "tien_luong": "10000000",
    "ma_vung_ltt": "01",
}
COLUMNS = {key: f"C{number}" for number, key in enumerate((*BASE, "ma_so_bhxh", "ghi_chu"))}
OTHER = PersonState(values={"ho_ten": "Lê Thị Sao", "cccd": "099185000002", "ngay_sinh": "1985"})


def someone(line: int = 4, /, **values: str) -> PersonState:
    merged = {key: text for key, text in {**BASE, **values}.items() if text}
    columns = {**COLUMNS, **dict.fromkeys(values, "Z")}
    return PersonState(values=merged, places=RowPlaces("Dữ Liệu", line, columns))


def compare(
    old: PersonState | None, new: PersonState | None, setting: Setting | None = None
) -> Proposal:
    """The person among one other who stays the same, so that no month is missing."""
    return propose(
        Snapshot(name="cu", people=(OTHER, *((old,) if old else ()))),
        Snapshot(name="moi", people=(OTHER, *((new,) if new else ()))),
        setting or Setting(period=PERIOD, region=1),
    )


def told(proposal: Proposal) -> str:
    """``TM 2026-11, AD 2026-09..2026-10 ? ask.came_from[TM TD TC nothing]``"""
    moved = ", ".join(
        f"{each.phuong_an or each.procedure} {each.from_month.iso}"
        + (f"..{each.to_month.iso}" if each.to_month else "")
        for each in proposal.movements
    )
    asked = " ".join(_asked(each) for each in proposal.questions if each.code not in QUIET)
    return " ? ".join(part for part in (moved, asked) if part)


QUIET = frozenset({"months.said.notes"})


def _asked(question: Question) -> str:
    options = " ".join(option.id for option in question.options)
    return question.code.removeprefix("months.") + (f"[{options}]" if options else "")


def cell(place: Place | None) -> str:
    return f"{place.column}{place.row}" if place else ""
