"""The window: ``tokhai-app``, or ``python -m desktop``."""

import argparse
import secrets
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from desktop.compose import App, compose, upkeep_alone
from desktop.frozen import look_beside_the_program, serve_agent_if_asked
from desktop.logs import log_crash, sudden_ends_into
from desktop.practice.roster import make_roster, write_roster
from desktop.practice.sample import sample_unit, write_sample_key, write_sample_workbook
from desktop.services.moments import filing_day
from desktop.ui.app import application, make_window, run, show_fault
from desktop.ui.desk import PracticeHelp
from desktop.ui.errors import CrashLog
from desktop.ui.main_window import MainWindow
from desktop.ui.rescue import DAMAGED, ask_by_dialog, rescue
from desktop.ui.shots import prepare, take_all_shots, take_shots
from forms.model import Period
from resources.faults import Fault
from resources.messages import LANGUAGES, text

PEOPLE = 60
WORKBOOK, KEY_FILE = "danh-sach-mau.xlsx", "khoa-luyen-tap.p12"
SAMPLES, FAULTY = "samples", "danh-sach-co-loi.xlsx"
SEED = 601
SHOWN_FAULTS = ("lost_zero_social", "birth_on_no_day", "wage_in_words", "citizen_of_other_sex")


def main(argv: Sequence[str] | None = None) -> int:
    options = parser().parse_args(argv)
    crash_log = partial(log_crash, data=options.data, practice=options.practice)
    with ExitStack() as closing:
        opening = compose(data=options.data, practice=options.practice, lang=options.lang)
        try:
            app = closing.enter_context(opening)
        except Fault as fault:
            if not options.shots and rescued(fault, options, crash_log):
                return main(argv)
            show_fault(fault, crash_log=crash_log, lang=options.lang)
            return fault.exit_code
        window = partial(
            make_window,
            app.services,
            folder=app.data,
            crash_log=crash_log,
            practice=practice_help(app) if app.practice else None,
            lang=app.lang,
            tell_language=app.tongue.use,
        )
        if options.shots:
            return picture(app, window, options.shots, every_look=options.every_look)
        closing.enter_context(sudden_ends_into(app.data))
        return run(window, folder=app.data)


def rescued(fault: Fault, options: argparse.Namespace, crash_log: CrashLog) -> bool:
    """Whether data that could not be opened were put back from a copy."""
    if fault.code != DAMAGED:
        return False
    upkeep = upkeep_alone(data=options.data, practice=options.practice)
    return rescue(upkeep, fault, crash_log=crash_log, lang=options.lang, ask=ask_by_dialog)


def parser() -> argparse.ArgumentParser:
    lang = LANGUAGES[0]
    made = argparse.ArgumentParser(prog="tokhai-app", description=text("cli.help", lang))
    made.add_argument("--data", type=Path, default=None)
    made.add_argument("--practice", action="store_true")
    made.add_argument("--lang", choices=LANGUAGES, default=lang)
    made.add_argument("--shots", type=Path, metavar="FOLDER", default=None)
    made.add_argument("--every-look", action="store_true")
    return made


def picture(
    app: App, make: Callable[[], MainWindow], folder: Path, *, every_look: bool = False
) -> int:
    """Pictures of every screen, of invented people in a practice folder that is still empty."""
    application()
    faulty = app.data / SAMPLES / FAULTY
    faulty.parent.mkdir(parents=True, exist_ok=True)
    period = this_month(app)
    roster = make_roster(PEOPLE, seed=SEED, period=period, faults=SHOWN_FAULTS)
    write_roster(faulty, roster)
    window = make()
    practice = window.desk.practice
    if practice is None:
        raise SystemExit(2)
    prepare(app.services, practice=practice, faulty=faulty, period=period)
    window.load_units()
    take_all_shots(window, folder) if every_look else take_shots(window, folder)
    window.close()
    return 0


def this_month(app: App) -> Period:
    today = filing_day(app.services.now())
    return Period(today.year, today.month)


def practice_help(app: App) -> PracticeHelp:
    """The sample unit, its workbook and its key; the key's password lives as long as the window."""
    folder, password = app.data / SAMPLES, secrets.token_urlsafe(12)

    def workbook() -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        return write_sample_workbook(
            folder / WORKBOOK, people=PEOPLE, period=this_month(app), unit=sample_unit()
        )

    def key_file() -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        return write_sample_key(folder / KEY_FILE, password=password, data=app.data)

    return PracticeHelp(
        sample_unit=sample_unit,
        sample_workbook=workbook,
        key_file=key_file,
        key_password=password,
        officer_step=app.gateway.officer_step if app.gateway else None,
        post_month=app.gateway.post_month if app.gateway else None,
    )


if __name__ == "__main__":
    serve_agent_if_asked(sys.argv[1:])
    look_beside_the_program()
    sys.exit(main())
