"""What stands in the line below the window. No Qt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from desktop.services.api import Services
from desktop.services.upkeep import Copy
from desktop.ui.formats import day
from desktop.ui.texts import tr
from resources.faults import Fault
from signing.model import TokenSlot

OLD = timedelta(days=7)
"""after which a copy of the data is said to be old"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """``look``: icon; ``text``: short; ``tip``: what it means and what to do."""

    look: str
    text: str
    tip: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    token: Told
    copy: Told
    rules: Told


@dataclass
class StatusPresenter:
    services: Services

    # ---- off the UI thread

    def status(self, unit_code: str) -> Status:
        upkeep = self.services.upkeep
        return Status(
            token=self._token(unit_code),
            copy=copy_told(upkeep.last_copy(), self.services.now()),
            rules=rules_told(day(upkeep.about().rules.newest)),
        )

    def _token(self, unit_code: str) -> Told:
        """By the driver that the unit signed with last; no other one is asked for this."""
        last = self.services.token_desk.last_key(unit_code) if unit_code else None
        if last is None:
            return token_told("unknown", "info")
        try:
            slots = self.services.token_desk.watch(Path(last.module))
        except Fault as fault:
            return token_told("silent", "warning", code=fault.code)
        return token_told(*_state(slots, last.serial))


def _state(slots: Sequence[TokenSlot], serial: str) -> tuple[str, str]:
    serials = {one.certificate.serial for slot in slots for one in slot.certificates}
    if serial in serials:
        return "there", "done"
    return ("other", "warning") if slots else ("away", "info")


def token_told(state: str, look: str, **params: str) -> Told:
    code = f"ui.status.token.{state}"
    return Told(look=look, text=tr(code), tip=tr(f"{code}.tip", **params))


def copy_told(copy: Copy | None, now: datetime) -> Told:
    if copy is None:
        return Told(look="warning", text=tr("ui.status.copy.none"), tip=tr("ui.status.copy.tip"))
    old = now - copy.at > OLD
    text = tr("ui.status.copy.old" if old else "ui.status.copy", day=day(copy.at))
    return Told(look="warning" if old else "done", text=text, tip=tr("ui.status.copy.tip"))


def rules_told(newest: str) -> Told:
    text, tip = tr("ui.status.rules", day=newest), tr("ui.status.rules.tip", day=newest)
    return Told(look="info", text=text, tip=tip)


def network_told(*, online: bool | None) -> Told:
    """None: the system does not say."""
    state = "unknown" if online is None else "online" if online else "offline"
    look = {"online": "done", "offline": "warning"}.get(state, "info")
    code = f"ui.status.network.{state}"
    return Told(look=look, text=tr(code), tip=tr(f"{code}.tip"))
