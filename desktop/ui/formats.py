"""How values look on the screen. No Qt."""

from datetime import date, datetime
from decimal import Decimal

from desktop.services.moments import in_vietnam
from desktop.ui.texts import tr
from forms.model import Dossier, DossierState, Period
from sync.model import ParcelState

KILO = 1024
MOST_NAME = 40
"""letters of a file's name beside a bar"""


def grouped(amount: int) -> str:
    """``12500000`` → ``12.500.000``."""
    return f"{amount:,}".replace(",", ".")


def money(amount: int) -> str:
    """``12500000`` → ``12.500.000 đ``."""
    return tr("ui.format.money", amount=grouped(amount))


def percent(rate: Decimal) -> str:
    """``0.030`` → ``0,03``: with the comma, and no figure too many."""
    return f"{rate.normalize():f}".replace(".", ",")


def day(value: date | datetime) -> str:
    """Of a moment: the day that it is in Vietnam then."""
    local = in_vietnam(value) if isinstance(value, datetime) else value
    return f"{local:%d/%m/%Y}"


def moment(value: datetime) -> str:
    """On the Vietnamese clock, wherever the computer thinks it is."""
    return f"{in_vietnam(value):%H:%M %d/%m/%Y}"


def size(octets: int) -> str:
    """Rounded up, so that nothing is ever 0."""
    if octets < KILO * KILO:
        return tr("ui.format.kb", amount=max(1, -(-octets // KILO)))
    return tr("ui.format.mb", amount=f"{octets / KILO / KILO:.1f}".replace(".", ","))


def month(period: Period) -> str:
    return tr("ui.format.month", period=period.wire)


def dossier_title(dossier: Dossier) -> str:
    return tr("ui.format.dossier", period=dossier.period.wire, batch=dossier.batch)


def state(value: DossierState) -> str:
    return tr(f"ui.state.{value.value}")


def parcel_state(value: ParcelState) -> str:
    return tr(f"ui.parcel.{value.value}")


def next_month(period: Period, step: int = 1) -> Period:
    """``step`` months later, earlier when negative."""
    months = period.year * 12 + period.month - 1 + step
    return Period(months // 12, months % 12 + 1)


def short(name: str) -> str:
    """Of a long file name its end, which says more than its beginning."""
    return name if len(name) <= MOST_NAME else f"…{name[-MOST_NAME:]}"
