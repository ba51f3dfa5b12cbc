"""Starting the window over use cases that somebody else has put together."""

import logging
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from desktop.services.api import Services
from desktop.services.moments import filing_day
from desktop.ui.appearance import Appearance, no_other_language
from desktop.ui.desk import Desk, PracticeHelp
from desktop.ui.errors import CrashLog, explain
from desktop.ui.main_window import MainWindow
from desktop.ui.pickers import DialogPicker
from desktop.ui.recovery import Recovery, start_again, start_in_mode
from desktop.ui.session import Session
from desktop.ui.settings import UiSettings
from desktop.ui.tasks import Tasks
from desktop.ui.texts import tr, use_language
from desktop.ui.theme import dress
from desktop.ui.tidying import Tidying
from forms.model import Period

SETTINGS = "window.ini"
SWITCH_EVERY = 0.0002
"""seconds for which work elsewhere may hold the interpreter. The window asks for it anew after each
call into Qt, hundreds of times for one page: at Python's usual 5 ms it would wait for seconds"""

LOOK_FOR_COPY = 3_600_000
"""ms between two looks whether the day's copy is due"""

_LOG = logging.getLogger(__name__)


def application() -> QApplication:
    """The one application object, dressed; its thread comes before work elsewhere."""
    sys.setswitchinterval(SWITCH_EVERY)
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication(sys.argv[:1])
    dress(app)
    return app


def make_window(
    services: Services,
    *,
    folder: Path,
    crash_log: CrashLog,
    practice: PracticeHelp | None = None,
    lang: str = "vi",
    tell_language: Callable[[str], None] = no_other_language,
) -> MainWindow:
    """The window, not yet shown. ``folder``: where its own small settings file lies.

    ``lang``: until the person chooses one. ``tell_language``: the use cases speak it too.
    """
    today = filing_day(services.now())
    settings = UiSettings(folder / SETTINGS)
    look = Appearance(application(), settings, lang=lang, tell_language=tell_language)
    look.apply()
    desk = Desk(
        services=services,
        tasks=Tasks(),
        session=Session(Period(today.year, today.month)),
        settings=settings,
        picker=DialogPicker(settings),
        crash_log=crash_log,
        practice=practice,
        appearance=look,
    )
    return MainWindow(desk)


def run(make: Callable[[], MainWindow], *, folder: Path) -> int:
    """Makes the window and shows it until it is closed; the process's exit code.

    ``folder``: the data folder, where a lock tells of a sudden end.
    """
    app = application()
    window = make()
    recovery = Recovery(folder, window.desk.settings)
    _catch_the_rest(window)
    resume(window, recovery)
    window.show()
    keep_daily(window)
    tidying = Tidying(window.desk.tasks, window)
    tidying.begin()
    try:
        return app.exec()
    finally:
        tidying.end()
        recovery.end()


def keep_daily(window: MainWindow) -> None:
    """A copy of the data by itself, now and while the window stays open."""
    timer = QTimer(window, interval=LOOK_FOR_COPY)
    timer.timeout.connect(partial(_copy_if_due, window))
    timer.start()
    _copy_if_due(window)


def _copy_if_due(window: MainWindow) -> None:
    """Where none can be made, the status line says how old the last one is."""
    desk = window.desk
    desk.tasks.run(
        lambda _: desk.services.upkeep.back_up_daily(),
        done=lambda _: window.status.look(),
        failed=lambda error: _LOG.warning("no copy today: %s", type(error).__name__),
        channel="window.copy",
    )


def resume(window: MainWindow, recovery: Recovery) -> None:
    """Where the person was, after a sudden end or a start that was asked for."""
    crashed, asked = recovery.begin(), recovery.asked_to_resume()
    place = recovery.place
    window.moved.connect(recovery.remember)
    window.restart_wanted.connect(partial(_restart, window, recovery))
    window.mode_wanted.connect(partial(_change_mode, window, recovery))
    if crashed or asked:
        window.resume(*place, crashed=crashed)


def _restart(window: MainWindow, recovery: Recovery) -> None:
    recovery.ask_to_resume()
    recovery.end()
    if start_again():
        window.close()


def _change_mode(window: MainWindow, recovery: Recovery, practice: bool) -> None:
    recovery.end()
    if start_in_mode(practice=practice):
        window.close()


def _catch_the_rest(window: MainWindow) -> None:
    """An exception inside Qt's own calls must be seen, not printed where nobody looks."""

    def told(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        _LOG.error("unexpected %s", kind.__name__)
        window.desk.tasks.unhandled.emit(error.with_traceback(trace))

    sys.excepthook = told


def show_fault(error: BaseException, *, crash_log: CrashLog, lang: str) -> None:
    """The window cannot even open: say why, and what to do."""
    use_language(lang)
    application()
    told = explain(error, crash_log)
    box = QMessageBox(QMessageBox.Icon.Warning, tr("ui.app"), told.title)
    box.setInformativeText(told.text)
    box.exec()
