"""Steps: everything that was done to a roster, kept so that it can be undone and told."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import inf
from typing import Any

from sqlalchemy import Text, bindparam, delete, func, insert, or_, select, update
from sqlalchemy.engine import RowMapping

from desktop.services.progress import Progress, silent
from desktop.services.roster_api import HistoryEntry, Step
from desktop.services.roster_ports import Change, Moved, Touched
from desktop.store import deltas
from desktop.store.column_types import Texts
from desktop.store.employees import CHUNK, Employees, chunks
from desktop.store.roster_columns import Columns
from desktop.store.session import Session
from desktop.store.tables import person, roster_change, roster_step
from forms.roster.deltas import Delta, applied, reverted, told
from forms.roster.model import Employee


@dataclass(frozen=True, slots=True)
class Steps:
    """``progress``: people dealt with, of how many."""

    session: Session
    unit_code: str
    progress: Progress = silent

    def record(
        self,
        changes: Sequence[Change],
        *,
        code: str,
        params: Mapping[str, str | int],
        now: datetime,
    ) -> tuple[Step, list[int]]:
        """The redo branch must be forgotten already. With the ids of the people."""
        recording = self.begin(code=code, params=params, now=now)
        order = sorted(range(len(changes)), key=lambda at: _place(changes[at]))
        in_order = [changes[at] for at in order]
        ids: list[int] = []
        for some in chunks(in_order):
            self.progress(len(ids), len(in_order))
            ids += recording.take(some)
        return recording.end(), [one for _, one in sorted(zip(order, ids, strict=True))]

    def begin(
        self,
        *,
        code: str,
        params: Mapping[str, str | int],
        now: datetime,
        dossier_id: str = "",
    ) -> "Recording":
        """The redo branch must be forgotten already."""
        number = int(self.session.value(select(func.max(roster_step.c.id))) or 0) + 1
        step = Step(id=number, at=now, code=code, params=dict(params), people=0)
        self.session.change(
            insert(roster_step),
            {
                "id": step.id,
                "unit_code": self.unit_code,
                "at": now,
                "code": code,
                "params": params,
                "people": 0,
                "undone": 0,
                "dossier_id": dossier_id or None,
            },
        )
        employees = Employees.of(self.session, self.unit_code)
        return Recording(self.session, employees, step, self._highest_person() + 1)

    def _highest_person(self) -> int:
        highest = (select(func.max(person.c.id)), select(func.max(roster_change.c.person_id)))
        return max(int(self.session.value(one) or 0) for one in highest)

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
        of_step = roster_change.c.step_id == found["id"]
        whom = select(roster_change.c.person_id).where(of_step).order_by(roster_change.c.person_id)
        ids = [row[0] for row in self.session.tuples(whom)]
        for number, some in enumerate(chunks(ids)):
            self.progress(number * CHUNK, len(ids))
            self._move_some(found["id"], some, undone=undone)
        self.session.change(
            update(roster_step).where(roster_step.c.id == found["id"]).values(undone=undone)
        )
        step = replace(read_step(found), undone=bool(undone))
        return Moved(step=step, dossier_id=found["dossier_id"])

    def _move_some(self, step: int, ids: Sequence[int], *, undone: int) -> None:
        changed = self.session.tuples(
            select(roster_change.c.person_id, roster_change.c.delta).where(
                roster_change.c.step_id == step, roster_change.c.person_id.in_(ids)
            )
        )
        employees = Employees.of(self.session, self.unit_code)
        people = employees.read(ids)
        nobody = Employee(id=None, unit_code=self.unit_code, values={})
        turned = reverted if undone else applied
        changes: list[Change] = []
        came: list[Employee] = []
        for one, written in changed:
            before = people.get(one)
            if before is not None and deltas.is_mark(written):
                came.append(before)
                changes.append((before, None))
            else:
                delta = deltas.read(written, before)
                changes.append((before, turned(delta, before or replace(nobody, id=one))))
        self._spell_out(step, came)
        employees.write(changes)

    def _spell_out(self, step: int, came: Sequence[Employee]) -> None:
        """Who goes takes along what the data file would know of them."""
        texts = Texts()
        values = [
            {"at_id": one.id, "at_step": step, "text": deltas.written_text(None, one, texts)}
            for one in came
        ]
        self.session.change_many(_SPELL_OUT, values)

    def newest(self, limit: int) -> list[Step]:
        found = self.session.rows(
            select(roster_step)
            .where(roster_step.c.unit_code == self.unit_code)
            .order_by(roster_step.c.id.desc())
            .limit(limit)
        )
        return [read_step(one) for one in found]

    def stamp(self) -> tuple[object, ...]:
        """A number can come again after an undone step was forgotten, its moment does not."""
        ours, mine = roster_step.c, roster_step.c.unit_code == self.unit_code
        newest = select(ours.id, ours.at).where(mine).order_by(ours.id.desc()).limit(1)
        undone = select(func.sum(ours.undone)).where(mine)
        return (*self.session.tuples(newest), self.session.value(undone))

    def touched_since(self, moment: datetime, apart_from: Collection[str]) -> Touched:
        """Who has no older change came with one of them."""
        ours, change = roster_step.c, roster_change.c
        of_none = or_(ours.dossier_id.is_(None), ours.dossier_id.not_in(apart_from))
        stands = (ours.unit_code == self.unit_code, ours.undone == 0)
        steps = select(ours.id).where(*stands, ours.at > moment, of_none)
        known = {row[0] for row in self.session.tuples(steps)}
        whom = select(change.person_id).where(change.step_id.in_(steps))
        first = select(change.person_id, func.min(change.step_id))
        found = self.session.tuples(
            first.where(change.person_id.in_(whom)).group_by(change.person_id)
        )
        came = frozenset(one for one, step in found if step in known)
        return Touched(came=came, changed=frozenset(one for one, _ in found) - came)

    def history(self, of: int) -> list[HistoryEntry]:
        """Newest first, of the steps that stand: unwound from what is known of them now."""
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
        nobody = Employee(id=of, unit_code=self.unit_code, values={})
        after = Employees.of(self.session, self.unit_code).read([of]).get(of)
        entries: list[HistoryEntry] = []
        for one in found:
            delta = deltas.read(one["delta"], after)
            entries += _entries(one, delta)
            after = reverted(delta, after or nobody)
        return entries


@dataclass(slots=True)
class Recording:
    """A step while it is written, some people at a time."""

    session: Session
    employees: Employees
    step: Step
    next_id: int
    """a number that nobody had, not even one who is gone"""
    _count: int = 0

    def take(self, changes: Sequence[Change]) -> list[int]:
        """With the ids of the people; each stands in one step once."""
        numbered = [self._numbered(before, after) for before, after in changes]
        self.employees.write(numbered)
        texts = Texts()
        told = [
            (one.id, deltas.written_text(before, after, texts))
            for before, after in numbered
            if (one := after or before) is not None and one.id is not None
        ]
        self._keep(told)
        return [one for one, _ in told]

    def _numbered(self, before: Employee | None, after: Employee | None) -> Change:
        if before is not None or after is None or after.id is not None:
            return before, after
        self.next_id += 1
        return None, replace(after, id=self.next_id - 1)

    def add(self, ids: Sequence[int], columns: Columns, searched_by: Columns) -> None:
        """As ``Employees.add``: only that they came is kept, the rest is in the data file."""
        self.employees.add(ids, columns, searched_by)
        self._keep([(one, deltas.MARK) for one in ids])

    def _keep(self, told: Sequence[tuple[int, str]]) -> None:
        lines = [(one, self.step.id, text) for one, text in told]
        self.session.insert_many(roster_change, ("person_id", "step_id", "delta"), lines)
        self._count += len(lines)

    @property
    def empty(self) -> bool:
        return not self._count

    def end(self) -> Step:
        of = roster_step.c.id == self.step.id
        self.session.change(update(roster_step).where(of).values(people=self._count))
        return replace(self.step, people=self._count)


_SPELL_OUT = (
    update(roster_change)
    .where(
        roster_change.c.person_id == bindparam("at_id"),
        roster_change.c.step_id == bindparam("at_step"),
    )
    .values({roster_change.c.delta: bindparam("text", type_=Text)})
)


def _place(change: Change) -> float:
    """Who stand together are changed together; new ones, who have no number yet, come last."""
    one = change[0] or change[1]
    return inf if one is None or one.id is None else one.id


def _entries(one: RowMapping, delta: Delta) -> list[HistoryEntry]:
    where: dict[str, Any] = {"at": one["at"], "step": one["id"], "code": one["code"]}
    return [
        HistoryEntry(**where, key=each.key, before=each.before, after=each.after, since=each.since)
        for each in told(delta)
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
