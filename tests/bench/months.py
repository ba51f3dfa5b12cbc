"""Two months of many people: the difference and the proposal, against reading one bare.

The yardstick is python-calamine reading one workbook of the same people in 45 columns.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from python_calamine import CalamineWorkbook

from forms.excel.layout import load
from forms.excel.writer import write_rows
from forms.model import Part, Period
from forms.months.case import Setting
from forms.months.delta import apply, diff
from forms.months.model import PersonState, Snapshot
from forms.months.propose import propose
from forms.months.snapshots import RowPlaces
from tests.bench.measure import best

PERIOD = Period(2026, 11)
PEOPLE = 100_000
LAYOUT = "vnpt-d02-tk1-2025-11"
SHEET = "Dữ Liệu"
ROUNDS = 2
_FILLED = 35
"""columns beside those that identify and pay somebody: 45 in all"""


@cache
def filler() -> dict[str, str]:
    """The layout's first columns that the values below leave empty."""
    sheet = load(LAYOUT).sheet(Part.LAO_DONG)
    keys = [column.key for column in sheet.named] if sheet else []
    other = [key for key in keys if key not in own_values(0) and key != "phuong_an"]
    return dict.fromkeys(other[:_FILLED], "x" * 12)


@dataclass(frozen=True, slots=True)
class Timed:
    """Seconds of the processor for a job, and for reading bare."""

    name: str
    job: float
    bare: float

    def line(self) -> str:
        return f"{self.name:52} {self.job:7.2f} s  {self.job / self.bare:6.2f} × bare read"


def values(number: int) -> dict[str, str]:
    return {**own_values(number), **filler()}


def own_values(number: int) -> dict[str, str]:
    return {
        "stt": str(number),
        "ho_ten": f"Ngô Văn Mây {number}",
        "ma_so_bhxh": f"99{number:08}",
        "cccd": f"0990850{number:05}"[:12],
        "ngay_sinh": "01/02/1985",
        "gioi_tinh": "1",
        "chuc_vu": "Thợ may",
        "tien_luong": str(6_000_000 + number % 50 * 100_000),
        "ma_vung_ltt": "01",
    }


def month(count: int, *, later: bool) -> Snapshot:
    """``later``: every fiftieth is gone, every tenth has another wage, as many are new."""
    columns = dict.fromkeys(values(0), "A")
    people = []
    for number in range(count):
        own = values(number)
        if later and number % 50 == 0:
            own = values(number + count)
        elif later and number % 10 == 1:
            own["tien_luong"] = str(int(own["tien_luong"]) + 500_000)
        people.append(PersonState(values=own, places=RowPlaces(SHEET, number + 4, columns)))
    return Snapshot(name="", people=tuple(people))


def measure(count: int = PEOPLE) -> tuple[Timed, ...]:
    old, new = month(count, later=False), month(count, later=True)
    path = Path(mkdtemp(prefix="tokhai-months-")) / "month.xlsx"
    write_rows(path, LAYOUT, {Part.LAO_DONG: [person.values for person in old.people]})
    bare = best(lambda: _read_bare(path), ROUNDS)
    path.unlink()
    delta, setting = diff(old, new), Setting(period=PERIOD, region=1)
    jobs = {
        f"diff of two months, {count:,} people": lambda: diff(old, new),
        "apply": lambda: apply(delta, old),
        "propose (with the difference)": lambda: propose(old, new, setting),
    }
    return tuple(Timed(name, best(job, ROUNDS), bare) for name, job in jobs.items())


def _read_bare(path: Path) -> None:
    with CalamineWorkbook.from_path(path) as book:
        for _ in book.get_sheet_by_name(SHEET).iter_rows():
            pass


if __name__ == "__main__":
    for each in measure():
        print(each.line())  # noqa: T201  # the table is what it is for
