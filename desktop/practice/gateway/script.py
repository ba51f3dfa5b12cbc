"""The officer's script: which dossier is played how (``resources/practice/officer.toml``)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from desktop.practice.gateway.ledger import Entry
from forms.outcomes import PROCESSING, REFUSAL, RESULT, SUPPLEMENT
from forms.strict_toml import DefinitionFault, Table
from resources import read_text
from resources.faults import DataFault, UsageFault

DEFAULT = "accept"
OWN = "practice/officer.toml"
STEPS = (PROCESSING, RESULT, SUPPLEMENT, REFUSAL)
FILES = ("xml", "xlsx")
LARGEST = 256 * 1024


@dataclass(frozen=True, slots=True)
class RowReason:
    line: int
    """of D02, from 1"""
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    after: timedelta
    do: str
    promise_days: int | None = None
    text: str = ""
    rows: tuple[RowReason, ...] = ()
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """Empty and None: says nothing."""

    procedures: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    every: int | None = None
    rest: int = 0

    def fits(self, entry: Entry) -> bool:
        serial = int((entry.number or "0").partition("/")[0])
        return (
            (not self.procedures or entry.procedure in self.procedures)
            and (not self.units or entry.unit_code in self.units)
            and (self.every is None or serial % self.every == self.rest)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """One play of the script."""

    name: str
    when: When
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    plays: tuple[Played, ...]
    statement_day: int | None = None
    """from this day of a month on, the statements of the month before lie there by themselves"""

    def play_of(self, entry: Entry) -> Played | None:
        return next((play for play in self.plays if play.when.fits(entry)), None)

    def named(self, name: str) -> Played | None:
        return next((play for play in self.plays if play.name == name), None)


def load_script(chosen: str = DEFAULT) -> Script:
    """A play of our own by its name, or a file. Raises UsageFault ``practice.no_script``,
    DataFault ``practice.script`` (``file``, ``place``, ``name``)."""
    own = read_script(read_text(OWN), file=OWN)
    if play := own.named(chosen):
        return Script(plays=(play,), statement_day=own.statement_day)
    path = Path(chosen)
    if path.suffix.lower() != ".toml" or not path.is_file() or path.stat().st_size > LARGEST:
        raise UsageFault("practice.no_script", file=path.name)
    try:
        return read_script(path.read_text(encoding="utf-8"), file=path.name)
    except (OSError, UnicodeDecodeError) as error:
        raise UsageFault("practice.no_script", file=path.name) from error


def read_script(text: str, *, file: str) -> Script:
    """Raises DataFault ``practice.script``: a slip in a script is told, not passed over."""
    try:
        top = Table(_parsed(text, file), file=file, place="script")
        month = top.table("month")
        script = Script(
            plays=tuple(_play(table) for table in top.tables("play")),
            statement_day=_statement_day(month) if month else None,
        )
        top.done()
    except DefinitionFault as fault:
        raise DataFault("practice.script", **fault.params) from fault
    return script


def _parsed(text: str, file: str) -> Mapping[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DataFault("practice.script", file=file, place="TOML", name=str(error)) from error


def _statement_day(month: Table) -> int | None:
    on, day = month.flag("statements"), month.number("day") or 1
    month.done()
    if not 1 <= day <= 28:
        raise month.fault("definition.type", "day")
    return day if on else None


def _play(table: Table) -> Played:
    when = table.table("when")
    play = Played(
        name=table.text("name"),
        when=_when(when) if when else When(),
        steps=tuple(_step(step) for step in table.tables("step")),
    )
    table.done()
    return play


def _when(table: Table) -> When:
    every, rest = table.number("every"), table.number("rest") or 0
    if every is not None and not 0 <= rest < every:
        raise table.fault("definition.type", "every")
    when = When(
        procedures=table.texts("procedure"), units=table.texts("unit"), every=every, rest=rest
    )
    table.done()
    return when


def _step(table: Table) -> Step:
    step = Step(
        after=timedelta(seconds=_natural(table, "after")),
        do=_one_of(table, table.text("do"), STEPS, "do"),
        promise_days=_natural(table, "promise_days") if "promise_days" in table else None,
        text=table.text("text", ""),
        rows=tuple(_row(row) for row in table.tables("rows")),
        files=tuple(_one_of(table, file, FILES, "files") for file in table.texts("files")),
    )
    table.done()
    return step


def _row(table: Table) -> RowReason:
    row = RowReason(_natural(table, "line"), table.text("reason"))
    table.done()
    return row


def _natural(table: Table, key: str) -> int:
    found = table.number(key) or 0
    if not 0 <= found <= 10**7:
        raise table.fault("definition.type", key)
    return found


def _one_of(table: Table, value: str, known: tuple[str, ...], key: str) -> str:
    if value not in known:
        raise table.fault("definition.type", key)
    return value
