"""The roster's use cases over a store in memory: real rules, no file, no spreadsheet library."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from desktop.services.roster_cases import RosterCases, RosterRoom
from forms.excel.cleaning import clean_value
from forms.excel.kinds import Kind
from forms.model import Unit
from forms.roster.model import Values
from tests.fakes.memory_store import MemoryStore


def clean(kind: str, text: str) -> tuple[str, str | None]:
    cleaned = clean_value(Kind(kind), text)
    return cleaned.value, cleaned.fault_code


def write(out: Path, people: Iterable[Values]) -> None:
    """One line a person, so that a test can look at it."""
    lines = ("|".join(person.values()) for person in people)
    out.write_text("\n".join(lines), encoding="utf-8")


def roster_room() -> RosterRoom:
    return RosterRoom(
        clean=clean, write=write, write_template=lambda out: out.write_bytes(b"template") and None
    )


def roster_of(unit: Unit, now: datetime) -> RosterCases:
    """Of one unit, without people."""
    store = MemoryStore()
    with store.begin() as work:
        work.units.add(unit)
        work.commit()
    return RosterCases(store=store, clock=lambda: now, room=roster_room())
