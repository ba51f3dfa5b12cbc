"""What the calculation of one person's month asks for, and the words of the field."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from forms.model import Period


class Group(StrEnum):
    """Participant groups (Luật 41/2024/QH15, Điều 2)."""

    STANDARD = "standard"
    STATE_BUDGET = "state-budget"
    OFFICIAL = "official"
    PART_TIME = "part-time"
    FOREIGN = "foreign"
    COMMUNE = "commune"
    HOUSEHOLD_OWNER = "household-owner"
    UNPAID_MANAGER = "unpaid-manager"
    OVERSEAS = "overseas"
    ALLOWANCE_SOLDIER = "allowance-soldier"
    PENSIONER = "pensioner"
    SECOND_EMPLOYER = "second-employer"


class Fund(StrEnum):
    """The five funds."""

    HTTT = "httt"
    ODTS = "odts"
    TNLD = "tnld"
    BHYT = "bhyt"
    BHTN = "bhtn"


BHXH_FUNDS = frozenset({Fund.HTTT, Fund.ODTS})


class Leave(StrEnum):
    """Why a person had no wage."""

    SICK = "sick"
    MATERNITY = "maternity"
    """birth, adoption under six months, surrogacy"""
    UNPAID = "unpaid"
    CUSTODY = "custody"
    """held or suspended from work"""
    SUSPENSION = "suspension"
    """HTTT suspended for the unit's hardship"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoefficientPay:
    """State-scale pay: coefficients of the base salary, per cents of coefficients."""

    scale: Decimal
    """hệ số lương"""
    kept: Decimal = Decimal(0)
    """hệ số chênh lệch bảo lưu"""
    position: Decimal = Decimal(0)
    """phụ cấp chức vụ"""
    seniority: Decimal = Decimal(0)
    """thâm niên vượt khung, %"""
    trade: Decimal = Decimal(0)
    """thâm niên nghề, %"""

    @property
    def total(self) -> Decimal:
        """Both per cents apply to scale and position (QĐ 595/QĐ-BHXH, sample of form D02a)."""
        grounds = self.scale + self.position
        return grounds + self.kept + grounds * (self.seniority + self.trade) / 100


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonMonth:
    """One person in one contribution month."""

    group: Group
    month: Period
    region: int
    """minimum-wage region 1..4"""
    wage: int = 0
    """đồng a month as contracted, not pro-rated"""
    allowance: int = 0
    """wage allowances and supplements, đồng"""
    coefficient: CoefficientPay | None = None
    unpaid_days: int | None = None
    """working days without wage; None: none, or the whole month on leave"""
    standard_days: int | None = None
    """working days of the month at this unit; None: Monday to Friday less holidays"""
    leave: Leave | None = None
    first_month: bool = False
    """first month of work or first month back"""
    agreed: bool = False
    """both sides agreed to pay for the unpaid month"""
    tnld_rate: Decimal | None = None
    """approved reduced TNLĐ rate, %"""
    disabled_hire_month: int | None = None
    """which month since a disabled person was hired, from 1"""
    pension_eligible: bool = False
