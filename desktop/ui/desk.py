"""What every screen is given: the use cases and the window's own services."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.services.api import Services
from desktop.ui.appearance import Appearance
from desktop.ui.errors import CrashLog, Explained, explain
from desktop.ui.pickers import Picker
from desktop.ui.session import Session
from desktop.ui.settings import UiSettings
from desktop.ui.tasks import Tasks
from forms.model import Period, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeHelp:
    """What practice mode offers to somebody who has nothing to begin with."""

    sample_unit: Callable[[], Unit]
    sample_workbook: Callable[[], Path] | None = None
    """writes an invented workbook and says where"""
    key_file: Callable[[], Path] | None = None
    """writes or finds the practice key and says where"""
    key_password: str = ""
    """of the practice key alone: it signs nothing that a real agency would take"""
    officer_step: Callable[[], int] | None = None
    """the practice officer takes the next step of every dossier that waits; how many were taken"""
    post_month: Callable[[Period, str | None], int] | None = None
    """(month, unit or None for all) → how many units' C12-TS and D09-TS were laid out; raises
    UsageFault ``practice.month_not_over``"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    services: Services
    tasks: Tasks
    session: Session
    settings: UiSettings
    picker: Picker
    crash_log: CrashLog
    practice: PracticeHelp | None = None
    appearance: Appearance | None = None

    def explain(self, error: BaseException) -> Explained:
        return explain(error, self.crash_log)
