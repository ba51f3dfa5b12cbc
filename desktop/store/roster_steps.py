"""Steps: everything that was done to a roster, kept so that it can be undone and told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.engine import RowMapping

from desktop.services.roster_api import HistoryEntry, Step
from desktop.services.roster_ports import Change, Moved
from desktop.store import deltas
from desktop.store.column_types import Texts
from desktop.store.employees import Employees
from desktop.store.session import Session
from desktop.store.tables import person, roster_change, roster_step
from forms.roster.deltas import applied, reverted, told
from forms.roster.model import Employee


@dataclass(frozen=True, slots=True)
class Steps:
    session: Session
    unit_code: str

    def record(
        self,
        changes: Sequence[Change],
        *,
        code: str,
        params: Mapping[str, str | int],
        now: datetime,
        dossier_id: str = "",
    ) -> tuple[Step, list[int]]:
        """The redo branch must be forgotten already. With the ids of the people."""
        numbered = list(self._numbered(changes))
        made = Texts()
        Employees(self.session, self.unit_code).write(numbered, made)
        people = [one.id for before, after in numbered if (one := after or before) is not None]
        ids = [one for one in people if one is not None]
        step = Step(id=self._next(), at=now, code=code, params=dict(params), people=len(ids))
        self.session.change(
            insert(roster_step),
            {
                "id": step.id,
                "unit_code": self.unit_code,
                "at": now,
                "code": code,
                "params": params,
                "people": step.people,
                "undone": 0,
                "dossier_id": dossier_id or None,
            },
        )
        texts = (deltas.written_text(before, after, made) for before, after in numbered)
        lines = [(one, step.id, text) for one, text in zip(ids, texts, strict=True)]
        self.session.insert_many(roster_change, ("person_id", "step_id", "delta"), lines)
        return step, ids

    def _numbered(self, changes: Sequence[Change]) -> list[Change]:
        """New people get numbers that nobody had, not even one who is gone."""
        next_id = self._highest_person() + 1
        numbered: list[Change] = []
        for before, after in changes:
            if before is None and after is not None and after.id is None:
                numbered.append((None, replace(after, id=next_id)))
                next_id += 1
            else:
                numbered.append((before, after))
        return numbered

    def _highest_person(self) -> int:
        highest = (select(func.max(person.c.id)), select(func.max(roster_change.c.person_id)))
        return max(int(self.session.value(one) or 0) for one in highest)

    def _next(self) -> int:
        return int(self.session.value(select(func.max(roster_step.c.id))) or 0) + 1

    def undone(self) -> list[int]:
        """Ids of the steps that can be done again."""
        found = self.session.tuples(
            select(roster_step.c.id).where(
                roster_step.c.unit_code == self.unit_code, roster_step.c.undone == 1
            )
        )
        return [row[0] for row in found]

    def forget(self, steps: Sequence[int]) -> None:
        for one in steps:
            self.session.change(delete(roster_change).where(roster_change.c.step_id == one))
            self.session.change(delete(roster_step).where(roster_step.c.id == one))

    def undo(self) -> Moved | None:
        return self._move(self._edge(undone=0), undone=1)

    def redo(self) -> Moved | None:
        return self._move(self._edge(undone=1), undone=0)

    def _edge(self, *, undone: int) -> RowMapping | None:
        """The newest step that stands, or the oldest that was undone."""
        order = roster_step.c.id if undone else roster_step.c.id.desc()
        return self.session.first(
            select(roster_step)
            .where(roster_step.c.unit_code == self.unit_code, roster_step.c.undone == undone)
            .order_by(order)
            .limit(1)
        )

    def _move(self, found: RowMapping | None, *, undone: int) -> Moved | None:
        if found is None:
            return None
        changed = self.session.tuples(
            select(roster_change.c.person_id, roster_change.c.delta).where(
                roster_change.c.step_id == found["id"]
            )
        )
        employees = Employees(self.session, self.unit_code)
        people = employees.read([row[0] for row in changed])
        nobody = Employee(id=None, unit_code=self.unit_code, values={})
        turned = reverted if undone else applied
        changes: list[Change] = []
        for one, written in changed:
            before = people.get(one)
            after = turned(deltas.read(written), before or replace(nobody, id=one))
            changes.append((before, after))
        employees.write(changes)
        self.session.change(
            update(roster_step).where(roster_step.c.id == found["id"]).values(undone=undone)
        )
        step = replace(read_step(found), undone=bool(undone))
        return Moved(step=step, dossier_id=found["dossier_id"])

    def newest(self, limit: int) -> list[Step]:
        found = self.session.rows(
            select(roster_step)
            .where(roster_step.c.unit_code == self.unit_code)
            .order_by(roster_step.c.id.desc())
            .limit(limit)
        )
        return [read_step(one) for one in found]

    def history(self, of: int) -> list[HistoryEntry]:
        """Newest first, of the steps that stand."""
        found = self.session.rows(
            select(roster_step.c.id, roster_step.c.at, roster_step.c.code, roster_change.c.delta)
            .join(roster_step, roster_step.c.id == roster_change.c.step_id)
            .where(
                roster_change.c.person_id == of,
                roster_step.c.unit_code == self.unit_code,
                roster_step.c.undone == 0,
            )
            .order_by(roster_step.c.id.desc())
        )
        return [entry for one in found for entry in _entries(one)]


def _entries(one: RowMapping) -> list[HistoryEntry]:
    where: dict[str, Any] = {"at": one["at"], "step": one["id"], "code": one["code"]}
    return [
        HistoryEntry(**where, key=each.key, before=each.before, after=each.after, since=each.since)
        for each in told(deltas.read(one["delta"]))
    ]


def read_step(one: RowMapping) -> Step:
    return Step(
        id=one["id"],
        at=one["at"],
        code=one["code"],
        params=one["params"],
        people=one["people"],
        undone=bool(one["undone"]),
    )
