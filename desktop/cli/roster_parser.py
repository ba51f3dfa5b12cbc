"""Arguments of ``tokhai roster …``."""

import argparse
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from desktop.cli import roster
from desktop.cli.console import Outcome
from desktop.cli.context import Context
from desktop.cli.law_parser import month
from desktop.cli.values import unit_code

USUAL_LINES = 200


class Handler(Protocol):
    def __call__(self, context: Context, /) -> Outcome: ...


class Group(Protocol):
    def add(self, name: str, handler: Handler) -> argparse.ArgumentParser: ...


def add_roster(group: Group) -> None:
    shown = _of_unit(group, "list", roster.show_all)
    _narrowed(shown)
    shown.add_argument("--limit", type=int, default=USUAL_LINES, metavar="N")
    show = _of_unit(group, "show", roster.show)
    show.add_argument("--person", type=int, required=True, metavar="ID")
    change = _of_unit(group, "set", roster.change)
    change.add_argument("--person", type=int, required=True, metavar="ID")
    change.add_argument("--field", required=True, metavar="KEY")
    change.add_argument("--value", required=True, metavar="TEXT")
    change.add_argument("--since", type=day, metavar="dd/MM/yyyy")
    _of_unit(group, "undo", roster.undo)
    _of_unit(group, "redo", roster.redo)
    told = _of_unit(group, "history", roster.history)
    told.add_argument("--person", type=int, metavar="ID")
    told.add_argument("--limit", type=int, default=USUAL_LINES, metavar="N")
    export = _of_unit(group, "export", roster.export)
    _narrowed(export)
    export.add_argument("--out", type=Path, required=True, metavar="OUT.xlsx")


def _of_unit(group: Group, name: str, handler: Handler) -> argparse.ArgumentParser:
    parser = group.add(name, handler)
    parser.add_argument("--unit", type=unit_code, required=True, metavar="CODE")
    return parser


def _narrowed(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--words", default="", metavar="TEXT")
    parser.add_argument("--month", type=month, metavar="YYYY-MM")


def day(text: str) -> date:
    try:
        return datetime.strptime(text, roster.DATE).date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r}: dd/MM/yyyy") from None
