"""The window: ``tokhai-app``, or ``python -m desktop``."""

import argparse
import secrets
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from desktop.compose import App, compose, forms_room
from desktop.logs import log_crash
from desktop.practice.sample import sample_unit, write_sample_key, write_sample_workbook
from desktop.services.moments import filing_day
from desktop.ui.app import run, show_fault
from desktop.ui.desk import PracticeHelp
from forms.model import Period
from resources.faults import Fault
from resources.messages import LANGUAGES, text

PEOPLE = 60
WORKBOOK, KEY_FILE = "danh-sach-mau.xlsx", "khoa-luyen-tap.p12"
SAMPLES = "samples"


def main(argv: Sequence[str] | None = None) -> int:
    options = parser().parse_args(argv)
    crash_log = partial(log_crash, data=options.data, practice=options.practice)
    with ExitStack() as closing:
        opening = compose(data=options.data, practice=options.practice, lang=options.lang)
        try:
            app = closing.enter_context(opening)
        except Fault as fault:
            show_fault(fault, crash_log=crash_log, lang=options.lang)
            return fault.exit_code
        help_ = practice_help(app) if app.practice else None
        return run(
            app.services,
            folder=app.data,
            crash_log=crash_log,
            mark_workbook=forms_room(app.lang).write_report,
            practice=help_,
            lang=app.lang,
        )


def parser() -> argparse.ArgumentParser:
    lang = LANGUAGES[0]
    made = argparse.ArgumentParser(prog="tokhai-app", description=text("cli.help", lang))
    made.add_argument("--data", type=Path, default=None)
    made.add_argument("--practice", action="store_true")
    made.add_argument("--lang", choices=LANGUAGES, default=lang)
    return made


def practice_help(app: App) -> PracticeHelp:
    """The sample unit, its workbook and its key; the key's password lives as long as the window."""
    folder, password = app.data / SAMPLES, secrets.token_urlsafe(12)

    def workbook() -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        today = filing_day(app.services.now())
        return write_sample_workbook(
            folder / WORKBOOK,
            people=PEOPLE,
            period=Period(today.year, today.month),
            unit=sample_unit(),
        )

    def key_file() -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        return write_sample_key(folder / KEY_FILE, password=password, data=app.data)

    return PracticeHelp(
        sample_unit=sample_unit,
        sample_workbook=workbook,
        key_file=key_file,
        key_password=password,
    )


if __name__ == "__main__":
    sys.exit(main())
