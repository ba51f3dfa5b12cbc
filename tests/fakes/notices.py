"""Notices of an invented agency to an invented unit, and the roster that they speak of."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from forms.excel.letters import to_letters
from forms.model import Period
from forms.reconcile.expected import Expected, Month
from forms.reconcile.ledger import Ledger
from forms.reconcile.notice import JOINT, SPLIT, Column, Layout, Standing
from forms.reconcile.notice_layouts import lines
from forms.reconcile.statement_comparison import sums_of
from forms.rules.persons import Group, PersonMonth
from tests.fakes.workbooks import CellValue, package, row_xml, sheet_xml

UNIT = "ZZ0001Z"
JANUARY = Period(2026, 1)
JUNE = Period(2026, 6)
JULY = Period(2026, 7)
MINIMUM = 5_310_000
"""regional minimum of region 1 in 2026, đồng"""

Amounts = Sequence[CellValue | bytes]
Lines = Mapping[str, Amounts]
"""code of a line → cells of the fund columns and the total, from the left"""

_HEADINGS = {
    Column.ODTS: "ÔĐ, TS",
    Column.HTTT: "HTTT",
    Column.BHXH: "BHXH",
    Column.BHYT: "BHYT",
    Column.BHTN: "BHTN",
    Column.TNLD: "BHTNLĐ, BNN",
    Column.TOTAL: "CỘNG",
}
_FIRST_MONEY = 3
C12_HEADING = 6
"""line of the headings; under split columns one more follows"""


def place_of(code: str, column: Column, layout: Layout, *, split: bool) -> str:
    """The cell that a figure of ``c12_sheet`` stands in, such as ``C30``."""
    line = C12_HEADING + 3 + list(lines(layout)).index(code)
    return f"{to_letters(_FIRST_MONEY + money_columns(split=split).index(column))}{line}"


def money_columns(*, split: bool) -> tuple[Column, ...]:
    return (*(SPLIT if split else JOINT), Column.TOTAL)


def c12_sheet(
    figures: Lines,
    *,
    layout: Layout = Layout.QD366,
    split: bool = True,
    unit: str = UNIT,
    month: str = "Tháng 01 năm 2026",
) -> bytes:
    """The whole form in its printed order, with numbers printed as the form prints them."""
    rows: dict[int, dict[str, CellValue | bytes]] = {
        2: {"A": "THÔNG BÁO KẾT QUẢ ĐÓNG BHXH, BHYT, BHTN, BHTNLĐ, BNN"},
        3: {"A": month},
        4: {"A": "Kính gửi: Đơn vị Thử Nghiệm"},
        5: {"A": f"Địa chỉ: số 0 đường Không Có. Mã đơn vị {unit}"},
        **_c12_headings(split=split),
    }
    for line, (code, known) in enumerate(lines(layout).items(), start=C12_HEADING + 3):
        cells: dict[str, CellValue | bytes] = {"A": printed_number(code), "B": known.label_vi}
        for number, value in enumerate(figures.get(code, ()), start=_FIRST_MONEY):
            cells[to_letters(number)] = value
        rows[line] = cells
    rows[max(rows) + 1] = {"A": "a) Kết quả đơn vị đã đóng BHXH cho 2 lao động", "C": "ghi chú"}
    return sheet_xml(row_xml(line, cells) for line, cells in sorted(rows.items()))


def _c12_headings(*, split: bool) -> dict[int, dict[str, CellValue | bytes]]:
    named = list(enumerate(money_columns(split=split), start=_FIRST_MONEY))
    top: dict[str, CellValue | bytes] = {"A": "STT", "B": "NỘI DUNG"}
    below: dict[str, CellValue | bytes] = {}
    for number, column in named:
        narrow = column in (Column.ODTS, Column.HTTT)
        (below if narrow else top)[to_letters(number)] = _HEADINGS[column]
    if split:
        top["C"] = "BHXH"
    numbers = {to_letters(n): n - _FIRST_MONEY + 1 for n, _ in named}
    return {
        C12_HEADING: top,
        C12_HEADING + 1: below,
        C12_HEADING + 2: {"A": "A", "B": "B"} | numbers,
    }


def printed_number(code: str) -> CellValue:
    """Without its part; B.2.1 is printed as 1.1; short ones are numbers in the cell."""
    part, _, number = code.partition(".")
    if code in ("B.2.1", "B.2.2"):
        number = f"1{number[1:]}"
    if not number:
        return part
    return float(number) if number.count(".") <= 1 and number != "n" else number


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One line of D09-TS."""

    name: str
    number: str = ""
    birth: str = "01/02/1990"
    bases: Amounts = (MINIMUM,) * 4
    note: str = ""


D09_FIRST = 7
"""line of the first group"""


def d09_sheet(
    groups: Mapping[Standing, Sequence[Listed]],
    *,
    total: Amounts = (),
    unit: str = UNIT,
    month: str = "Tháng 01 năm 2026",
) -> bytes:
    """Groups in the order given, each under its caption."""
    names = {
        Standing.TAKING_PART: "Người đang tham gia",
        Standing.NEW: "Tăng mới",
        Standing.CHANGED: "Điều chỉnh",
        Standing.LEFT: "Giảm",
    }
    rows: list[dict[str, CellValue | bytes]] = []
    for standing, people in groups.items():
        rows.append({"A": "I", "B": names[standing]})
        rows += [_listed(number, person) for number, person in enumerate(people, start=1)]
    if total:
        rows.append({"B": "Cộng", **dict(zip("HIJK", total, strict=False))})
    rows += [{"H": "…, ngày 05 tháng 02 năm 2026"}, {"B": "Người lập", "H": "GIÁM ĐỐC"}]
    top = {
        1: {"A": f"Mã đơn vị: {unit}; Tên đơn vị: Đơn vị Thử Nghiệm"},
        2: {"A": month},
        4: dict(
            zip(
                "ABCDEFGHL",
                ("STT", "Họ và tên", "Mã số BHXH", "Ngày tháng năm sinh", "Địa chỉ",
                 "Nơi đăng ký KCB", "Chức vụ, chức danh nghề", "Tiền lương đóng", "Ghi chú"),
                strict=True,
            )
        ),
        5: {"H": "BHXH", "I": "BHYT", "J": "BHTN", "K": "BHTNLĐ, BNN"},
        6: {"A": "A", "B": "B", **{letter: n for n, letter in enumerate("CDEFGHIJKL", start=1)}},
    }  # fmt: skip
    body = dict(enumerate(rows, start=D09_FIRST))
    return sheet_xml(row_xml(line, cells) for line, cells in (top | body).items())


def _listed(number: int, person: Listed) -> dict[str, CellValue | bytes]:
    return {
        "A": number,
        "B": person.name,
        "C": person.number,
        "D": person.birth,
        **dict(zip("HIJK", person.bases, strict=False)),
        "L": person.note,
    }


def write(path: Path, **sheets: bytes) -> Path:
    """A workbook of these sheets."""
    return package(sheets).write(path)


def portal_reply(figures: Mapping[str, Sequence[object]], unit: str = UNIT) -> bytes:
    """All lines of the old form, numbers as strings (wire format §5.5)."""
    rows = []
    for code, known in lines(Layout.QD595).items():
        amounts = [*figures.get(code, ()), *[""] * 5][:5]
        names = ("bhxh", "bhyt", "bhtn", "bhtnld", "cong")
        rows.append(
            {"maDonVi": unit, "stt": code.replace(".n", ".1"), "noiDung": known.label_vi}
            | {n: "" if a is None else str(a) for n, a in zip(names, amounts, strict=True)}
        )
    return json.dumps({"maCqBhxh": "00000", "c12s": rows}, ensure_ascii=False).encode()


def month_of(period: Period = JANUARY, wage: int = MINIMUM, **more: object) -> PersonMonth:
    """An ordinary employee of region 1."""
    return PersonMonth(group=Group.STANDARD, month=period, region=1, wage=wage, **more)  # type: ignore[arg-type]  # names and types are those of PersonMonth


def worker(number: int, now: Month | None = None, **more: object) -> Expected:
    """The n-th invented person; at the regional minimum in January 2026 unless told otherwise."""
    month = month_of() if now is None else now
    fields: dict[str, object] = {"now": month} | more
    return Expected(key=f"99{number:08}", name=f"Người Thử {number}", birth="01/02/1990", **fields)  # type: ignore[arg-type]  # names and types are those of Expected


def figures_of(people: Sequence[Expected], columns: Iterable[Column]) -> dict[str, list[CellValue]]:
    """B.1 to B.4 as an agency would write them that agrees with us, the total last."""
    sums = sums_of(people, Ledger())
    found: dict[str, list[CellValue]] = {}
    for code, amounts in zip(("B.1", "B.2", "B.3", "B.4"), sums.amounts.values(), strict=True):
        by_fund: list[CellValue] = [amounts[column] for column in columns]
        whole = sum(amounts[column] for column in columns)
        found[code] = [*by_fund, whole if code in ("B.3", "B.4") else None]
    return found
