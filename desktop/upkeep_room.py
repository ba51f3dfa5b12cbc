"""Copies and facts of the program, put together for ``desktop.services.upkeep``."""

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from desktop.services.ports import Clock
from desktop.services.upkeep import RuleData, UpkeepCases
from desktop.store.backup import SqliteCopies
from desktop.store.mode import Mode
from desktop.store.opening import FILE
from forms.checks.law.legal import law_hash
from forms.rules import tables


def upkeep_of(data: Path, log: Path, clock: Clock, *, mode: Mode) -> UpkeepCases:
    return UpkeepCases(
        data=data,
        log=log,
        room=SqliteCopies(source=data / FILE, mode=mode),
        rules=_rules,
        version=program_version,
        clock=clock,
    )


def program_version() -> str:
    """Empty where the program runs without having been installed."""
    try:
        return version("tokhai")
    except PackageNotFoundError:
        return ""


def _rules() -> RuleData:
    return RuleData(newest=tables.newest(), hash=law_hash())
