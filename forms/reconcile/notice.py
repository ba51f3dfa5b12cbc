"""What stands in a notice of the agency: C12-TS (money by fund) and D09-TS (people by wage).

Every figure keeps its cell. What could not be read is no figure but a finding, and its column is
named in ``unreadable`` so that nobody takes it for nothing.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from forms.findings import Finding
from forms.model import Period
from forms.rules.persons import Fund, Leave


class Column(StrEnum):
    """Money columns of both notices."""

    BHXH = "bhxh"
    """sickness and pension funds together: QĐ 595, the portal, D09-TS"""
    ODTS = "odts"
    HTTT = "httt"
    BHYT = "bhyt"
    BHTN = "bhtn"
    TNLD = "tnld"
    TOTAL = "total"
    """Cộng"""


JOINT = (Column.BHXH, Column.BHYT, Column.BHTN, Column.TNLD)
SPLIT = (Column.ODTS, Column.HTTT, Column.BHYT, Column.BHTN, Column.TNLD)
FUNDS: Mapping[Column, tuple[Fund, ...]] = {
    Column.BHXH: (Fund.ODTS, Fund.HTTT),
    Column.ODTS: (Fund.ODTS,),
    Column.HTTT: (Fund.HTTT,),
    Column.BHYT: (Fund.BHYT,),
    Column.BHTN: (Fund.BHTN,),
    Column.TNLD: (Fund.TNLD,),
}


class Layout(StrEnum):
    """Whose lines a C12-TS has; the columns may be split or joint under either."""

    QD595 = "2017-07-01"
    """QĐ 595/QĐ-BHXH; the value is the version of the form"""
    QD366 = "2026-05-01"
    """QĐ 366/QĐ-BHXH"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a figure stands: a cell of a workbook, or a field of a row of the portal's list."""

    row: int
    """1-based"""
    sheet: str | None = None
    column: str | None = None
    """letters"""
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """đồng, people or days; only a line of per cents holds a Decimal."""

    amount: int | Decimal
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """One line of C12-TS, such as ``B.3`` Phải đóng. An empty cell has no figure."""

    code: str
    label: str
    unit: str
    """``dong``, ``nguoi``, ``ngay``, ``phan_tram``, or empty for a heading"""
    figures: Mapping[Column, Figure]
    unreadable: frozenset[Column] = frozenset()

    def amount(self, column: Column) -> int | None:
        """None where nothing whole stands there."""
        figure = self.figures.get(column)
        return figure.amount if figure and isinstance(figure.amount, int) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A C12-TS of one unit and month."""

    layout: Layout
    columns: tuple[Column, ...]
    """the fund columns: ``JOINT`` or ``SPLIT``, as far as they are there"""
    unit_code: str
    """empty when it does not say"""
    period: Period | None
    """None when it does not say"""
    source: str
    """file name without its folder"""
    lines: Mapping[str, StatementLine]
    """by code; payments are C.1, C.2, …"""

    def amount(self, code: str, column: Column) -> int | None:
        line = self.lines.get(code)
        return line.amount(column) if line else None


class Standing(StrEnum):
    """The groups of lines of D09-TS."""

    TAKING_PART = "dang_tham_gia"
    NEW = "tang_moi"
    CHANGED = "dieu_chinh"
    LEFT = "giam"


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """One line of D09-TS."""

    number: str
    """mã số BHXH or personal number; empty when none could be read"""
    name: str
    birth: str
    """dd/MM/yyyy, MM/yyyy, yyyy or empty"""
    standing: Standing
    bases: Mapping[Column, Figure]
    """wage base under BHXH, BHYT, BHTN, TNLD; left out when empty"""
    unreadable: frozenset[Column] = frozenset()
    leave: Leave | None = None
    """as the note says"""
    paid_to: Period | None = None
    """BHXH paid up to the end of this month, as the note says"""
    note: str = ""
    place: Place

    def base(self, column: Column) -> int:
        """đồng; 0 when empty."""
        figure = self.bases.get(column)
        return int(figure.amount) if figure else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantList:
    """A D09-TS of one unit and month, line by line: a person may stand in several groups."""

    unit_code: str
    period: Period | None
    source: str
    people: tuple[Participant, ...]
    totals: Mapping[Column, Figure] = dataclasses.field(default_factory=dict)
    """line Cộng"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notices:
    """What one file holds."""

    statement: Statement | None = None
    participants: ParticipantList | None = None
    findings: tuple[Finding, ...] = ()
