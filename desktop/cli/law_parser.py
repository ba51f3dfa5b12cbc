"""Arguments of the commands that ask the rules."""

import argparse
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Protocol

from desktop.cli import form_help, law, lookups, reconcile
from desktop.cli.console import Outcome
from desktop.cli.context import Context
from desktop.cli.values import unit_code
from forms.model import Period
from forms.rules.deadlines import CYCLES
from forms.rules.persons import Group, Leave

GROUPS = [group.value for group in Group]
ZERO = Decimal(0)


class Adding(Protocol):
    """What adds a sub-command."""

    def add(self, name: str, handler: Callable[[Context], Outcome]) -> argparse.ArgumentParser: ...


def month(value: str) -> Period:
    try:
        return Period.parse(value)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{value!r}: YYYY-MM") from error


def calendar_day(value: str) -> date:
    """``YYYY-MM-DD``, or ``dd/MM/yyyy`` as people write it."""
    try:
        if "/" in value:
            day, of_month, year = value.split("/")
            return date(int(year), int(of_month), int(day))
        return date.fromisoformat(value)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{value!r}: YYYY-MM-DD") from error


def amount(value: str) -> int:
    """Whole đồng, dots allowed: ``12.500.000``."""
    digits = value.replace(".", "")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 15:
        raise argparse.ArgumentTypeError(f"{value!r}: đ")
    return int(digits)


def number(value: str) -> Decimal:
    """A decimal, with a point or a comma."""
    try:
        parsed = Decimal(value.replace(",", "."))
    except InvalidOperation as error:
        raise argparse.ArgumentTypeError(f"{value!r}") from error
    if not parsed.is_finite() or not 0 <= parsed < 1000:
        raise argparse.ArgumentTypeError(f"{value!r}")
    return parsed


def days(value: str) -> int:
    if not value.isdigit() or int(value) > 31:
        raise argparse.ArgumentTypeError(f"{value!r}: 0..31")
    return int(value)


def birth(value: str) -> tuple[Period, int | None]:
    """``YYYY-MM`` or ``YYYY-MM-DD``."""
    if value.count("-") == 1:
        return month(value), None
    born = calendar_day(value)
    return Period.of(born), born.day


def add_law(commands: Adding) -> None:
    add_calc(commands.add("calc", law.calc))
    add_late(commands)
    add_arrears(commands.add("arrears", law.arrears))
    retire = commands.add("retire", law.retire)
    retire.add_argument("--sex", choices=("M", "F"), required=True)
    retire.add_argument("--born", type=birth, required=True, metavar="YYYY-MM[-DD]")
    due = commands.add("due", law.due)
    due.add_argument("--month", type=month, required=True, metavar="YYYY-MM")
    due.add_argument("--cycle", type=int, choices=CYCLES, default=1)
    rates = commands.add("rates", law.rates)
    rates.add_argument("--month", type=month, required=True, metavar="YYYY-MM")
    rates.add_argument("--group", choices=GROUPS)
    code = commands.add("code", lookups.code)
    code.add_argument("kind", metavar="KIND")
    code.add_argument("query", metavar="QUERY")
    hold = commands.add("reconcile", reconcile.reconcile)
    hold.add_argument("files", type=Path, nargs="+", metavar="FILE")
    hold.add_argument("--unit", type=unit_code, required=True, metavar="CODE")
    hold.add_argument("--period", type=month, required=True, metavar="YYYY-MM")
    hold.add_argument("--before", type=Path, metavar="C12")
    form = commands.add("form", form_help.form)
    form.add_argument("form", metavar="CODE")
    form.add_argument("--filed", type=calendar_day, required=True, metavar="DATE")


def add_calc(calc: argparse.ArgumentParser) -> None:
    calc.add_argument("--group", choices=GROUPS, required=True)
    calc.add_argument("--wage", type=amount, default=0, metavar="N")
    calc.add_argument("--month", type=month, required=True, metavar="YYYY-MM")
    calc.add_argument("--region", type=int, choices=(1, 2, 3, 4), required=True)
    calc.add_argument("--allowance", type=amount, default=0, metavar="N")
    calc.add_argument("--coefficient", type=number, metavar="X")
    for name in ("kept", "position", "seniority", "trade"):
        calc.add_argument(f"--{name}", type=number, default=ZERO, metavar="X")
    calc.add_argument("--unpaid-days", type=days, metavar="N")
    calc.add_argument("--standard-days", type=days, metavar="N")
    calc.add_argument("--leave", choices=[leave.value for leave in Leave])
    calc.add_argument("--first-month", action="store_true")
    calc.add_argument("--agreed", action="store_true")
    calc.add_argument("--tnld-rate", type=number, metavar="0.3")
    calc.add_argument("--disabled-hire-month", type=int, metavar="N")
    calc.add_argument("--pension-eligible", action="store_true")


def add_late(commands: Adding) -> None:
    late = commands.add("late", law.late_payment)
    late.add_argument("--principal", type=amount, required=True, metavar="N")
    late.add_argument("--due", type=calendar_day, required=True, metavar="DATE")
    late.add_argument("--paid", type=calendar_day, required=True, metavar="DATE")
    old = commands.add("late-old", law.late_monthly)
    old.add_argument("--owed", type=amount, required=True, metavar="N")
    old.add_argument("--not-overdue", type=amount, required=True, metavar="N")
    old.add_argument("--year-rate", type=number, required=True, metavar="PCT")


def add_arrears(arrears: argparse.ArgumentParser) -> None:
    arrears.add_argument("--old-wage", type=amount, required=True, metavar="N")
    arrears.add_argument("--new-wage", type=amount, required=True, metavar="N")
    arrears.add_argument("--from", dest="first", type=month, required=True, metavar="YYYY-MM")
    arrears.add_argument("--to", dest="last", type=month, required=True, metavar="YYYY-MM")
    arrears.add_argument("--group", choices=GROUPS, required=True)
    arrears.add_argument("--region", type=int, choices=(1, 2, 3, 4), required=True)
    arrears.add_argument("--decision", type=calendar_day, required=True, metavar="DATE")
    arrears.add_argument("--paid", type=calendar_day, required=True, metavar="DATE")
