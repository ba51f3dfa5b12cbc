"""The roster for the window: the real rules over a store in memory, with faults on demand."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from desktop.services.progress import Progress
from desktop.services.roster_api import (
    AddressProposal,
    Edit,
    HistoryEntry,
    RosterApi,
    RosterField,
    RosterQuery,
    RosterRow,
    States,
    Step,
)
from forms.model import Period, Row, Unit
from forms.roster.model import Employee, Values
from tests.fakes.gate import Gate
from tests.fakes.roster_room import roster_of


@dataclass
class FakeRoster:
    """``slow``: seconds each call sleeps; ``fail``: method name → what it raises, once."""

    inner: RosterApi
    slow: float = 0.0
    gate: Gate = field(default_factory=Gate)
    fail: dict[str, BaseException] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)

    def _enter(self, name: str) -> None:
        self.calls.append(name)
        time.sleep(self.slow)
        self.gate.wait()
        fault = self.fail.pop(name, None)
        if fault:
            raise fault

    def bring(self, unit_code: str, rows: Sequence[Row], since: date) -> list[int]:
        """People as an import would have left them; their numbers."""
        known = {each.key for each in self.inner.fields() if each.group != "origin"}
        made = []
        for row in rows:
            values = {key: text for key, text in row.values.items() if key in known}
            made.append(self.inner.add(unit_code, values, since).id or 0)
        return made

    # ---- RosterApi

    def fields(self) -> Sequence[RosterField]:
        return self.inner.fields()

    def count(self, query: RosterQuery) -> int:
        self._enter("count")
        return self.inner.count(query)

    def ids(self, query: RosterQuery) -> Sequence[int]:
        self._enter("ids")
        return self.inner.ids(query)

    def rows(
        self, unit_code: str, ids: Sequence[int], month: Period | None = None
    ) -> Sequence[RosterRow]:
        self._enter("rows")
        return self.inner.rows(unit_code, ids, month)

    def states(self, unit_code: str) -> States:
        self._enter("states")
        return self.inner.states(unit_code)

    def columns(
        self, unit_code: str, ids: Sequence[int], keys: Sequence[str]
    ) -> Sequence[Sequence[str]]:
        self._enter("columns")
        return self.inner.columns(unit_code, ids, keys)

    def person(self, unit_code: str, person: int) -> Employee:
        self._enter("person")
        return self.inner.person(unit_code, person)

    def history(self, unit_code: str, person: int) -> Sequence[HistoryEntry]:
        return self.inner.history(unit_code, person)

    def edit(self, unit_code: str, edits: Sequence[Edit], progress: Progress | None = None) -> Step:
        self._enter("edit")
        return self.inner.edit(unit_code, edits, progress)

    def add(self, unit_code: str, values: Values, since: date) -> Employee:
        self._enter("add")
        return self.inner.add(unit_code, values, since)

    def remove(
        self, unit_code: str, people: Sequence[int], progress: Progress | None = None
    ) -> Step:
        self._enter("remove")
        return self.inner.remove(unit_code, people, progress)

    def set_household(self, unit_code: str, person: int, members: Sequence[Values]) -> Step:
        self._enter("set_household")
        return self.inner.set_household(unit_code, person, members)

    def undo(self, unit_code: str, progress: Progress | None = None) -> Step | None:
        self._enter("undo")
        return self.inner.undo(unit_code, progress)

    def redo(self, unit_code: str, progress: Progress | None = None) -> Step | None:
        self._enter("redo")
        return self.inner.redo(unit_code, progress)

    def steps(self, unit_code: str, limit: int = 50) -> Sequence[Step]:
        return self.inner.steps(unit_code, limit)

    def old_addresses(self, unit_code: str) -> Sequence[AddressProposal]:
        return self.inner.old_addresses(unit_code)

    def export(self, query: RosterQuery, out: Path, progress: Progress | None = None) -> Path:
        self._enter("export")
        return self.inner.export(query, out, progress)

    def template(self, out: Path) -> Path:
        self._enter("template")
        return self.inner.template(out)


def fake_roster(unit: Unit, now: datetime) -> FakeRoster:
    """Of one unit, without people."""
    return FakeRoster(inner=roster_of(unit, now))
