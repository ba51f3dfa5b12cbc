"""What carrying away and taking in has to say. No Qt."""

from collections.abc import Sequence
from pathlib import Path

from desktop.services.api import Services
from desktop.services.carry_api import CarriedBook, TakenOver
from desktop.ui.formats import dossier_title
from desktop.ui.texts import tr, words
from forms.excel.carried.condensing import condensed
from forms.findings import Severity, has_errors
from resources.faults import Fault

Said = tuple[str, str, str]
"""(look, title, text) of a message on the page"""

PASSWORD, GATEWAY = "sealed.password_needed", "handover.unknown_gateway"


class CarryPresenter:
    def __init__(self, services: Services) -> None:
        self._services = services

    @property
    def providers(self) -> Sequence[str]:
        return self._services.carry.providers

    # ---- off the UI thread

    def workbook(self, dossier_id: str, provider: str, folder: Path) -> Said:
        """Into a folder of its own below the chosen one."""
        made = self._services.carry.workbook(dossier_id, provider, folder / dossier_id)
        title = tr("ui.carry.written", file=str(made.path))
        return look_of(made), title, "\n".join(map(str, told(made)))

    def hand_over(self, dossier_id: str, folder: Path, password: str) -> Said:
        file = self._services.carry.hand_over(dossier_id, folder, password=password)
        code = "ui.carry.handed_locked" if password else "ui.carry.handed_open"
        return "done", tr("ui.carry.written", file=str(file)), tr(code)

    def take_over(self, file: Path, password: str, *, trusted: bool) -> Said:
        taken = self._services.carry.take_over(file, password=password, trusted=trusted)
        return "done", tr("ui.carry.taken", count=len(taken)), "\n".join(map(taken_line, taken))

    def take_back(self, dossier_id: str) -> Said:
        self._services.carry.take_back(dossier_id)
        return "done", tr("ui.carry.back_done"), tr("ui.carry.back_text")

    # ---- decisions

    def wants(self, error: BaseException) -> str:
        """What is to be asked for before trying again: a password, a yes, or nothing."""
        asked = isinstance(error, Fault) and error.code in (PASSWORD, GATEWAY)
        return error.code if isinstance(error, Fault) and asked else ""


def look_of(made: CarriedBook) -> str:
    if has_errors(made.findings):
        return "error"
    warned = any(each.severity is Severity.WARNING for each in made.findings)
    return "warning" if warned else "done"


def told(made: CarriedBook) -> list[str]:
    """What matters most first."""
    order = list(Severity)
    ranked = sorted(condensed(made.findings), key=lambda each: order.index(each.severity))
    return [f"• {words(each.code, each.params)}" for each in ranked]


def taken_line(taken: TakenOver) -> str:
    code = "ui.carry.taken_new" if taken.new else "ui.carry.taken_before"
    title = dossier_title(taken.dossier)
    return tr(code, dossier=title, url=taken.parcel.destination.url)
