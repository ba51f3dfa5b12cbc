"""The roster's use cases: looked at, changed in steps, undone and done again."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from desktop.services.editing import back_to_draft
from desktop.services.moments import filing_day
from desktop.services.ports import Clock, Store, Swap, UnitOfWork
from desktop.services.progress import Progress, stage
from desktop.services.roster_addresses import old_addresses
from desktop.services.roster_api import (
    AddressProposal,
    Edit,
    HistoryEntry,
    RosterField,
    RosterQuery,
    RosterRow,
    States,
    Step,
)
from desktop.services.roster_cleaning import Clean, cleaned_edits, cleaned_members, cleaned_values
from desktop.services.roster_ports import Change, Moved
from desktop.services.roster_states import ids_of, states_of
from forms.model import Period
from forms.roster.changes import ACTIVE, new_employee, with_field, with_household, with_values
from forms.roster.fields import Field, fields
from forms.roster.model import Employee, Values
from forms.roster.taking_in import LAST_PERIOD, STATE
from resources.faults import UsageFault

EDITED, ADDED, REMOVED = "roster.edited", "roster.added", "roster.removed"
HOUSEHOLD, STAYS = "roster.household", "roster.dossier_stays"
CHANGED_SINCE = "roster.dossier_changed"

TOLD_EVERY = 200
"""people between two tellings of how far it is"""
READ_AT_ONCE = 2000
STAGES = 3
"""of a change: people are read, changed, written"""
T = TypeVar("T")

WriteRoster = Callable[[Path, Iterable[Values]], None]
"""(out, flat values of each person)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterRoom:
    """What the roster asks of the room of forms."""

    clean: Clean
    write: WriteRoster
    write_template: Callable[[Path], None]


_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterCases:
    """``desktop.services.roster_api.RosterApi``."""

    store: Store
    clock: Clock
    room: RosterRoom

    def fields(self) -> Sequence[RosterField]:
        return [_shown(field) for field in fields().values()]

    def count(self, query: RosterQuery) -> int:
        with self.store.reading() as work:
            return len(ids_of(work, query))

    def ids(self, query: RosterQuery) -> Sequence[int]:
        with self.store.reading() as work:
            return ids_of(work, query)

    def states(self, unit_code: str) -> States:
        with self.store.reading() as work:
            return states_of(work, unit_code)

    def columns(
        self, unit_code: str, ids: Sequence[int], keys: Sequence[str]
    ) -> Sequence[Sequence[str]]:
        with self.store.reading() as work:
            return work.roster.columns(unit_code, ids, keys)

    def rows(
        self, unit_code: str, ids: Sequence[int], month: Period | None = None
    ) -> Sequence[RosterRow]:
        with self.store.reading() as work:
            return work.roster.rows(unit_code, ids, month)

    def person(self, unit_code: str, person: int) -> Employee:
        with self.store.reading() as work:
            return work.roster.person(unit_code, person)

    def history(self, unit_code: str, person: int) -> Sequence[HistoryEntry]:
        with self.store.reading() as work:
            return work.roster.history(unit_code, person)

    def steps(self, unit_code: str, limit: int = 50) -> Sequence[Step]:
        with self.store.reading() as work:
            return work.roster.steps(unit_code, limit)

    def edit(self, unit_code: str, edits: Sequence[Edit], progress: Progress | None = None) -> Step:
        """Raises DataFault ``roster.not_understood``, UsageFault ``roster.nothing``,
        ``roster.field_unknown``, ``roster.field_kept``, ``person.unknown``."""
        cleaned = cleaned_edits(self.room.clean, edits)
        today = self._today()
        ids = list(dict.fromkeys(edit.person for edit in cleaned))
        with self.store.begin() as work:
            before = _read(work, unit_code, ids, stage(progress, 0, STAGES))
            after = dict(before)
            for edit in counted(cleaned, len(cleaned), stage(progress, 1, STAGES)):
                known = _known(after, edit.person)
                after[edit.person] = with_field(
                    known, edit.key, edit.text, day=edit.since, otherwise=today.replace(day=1)
                )
            keys = sorted({edit.key for edit in cleaned})
            params: dict[str, str | int] = {
                "people": len(ids),
                "field": keys[0] if len(keys) == 1 else "",
            }
            changes = [(before[one], after[one]) for one in ids]
            return self._step(work, unit_code, changes, EDITED, params, progress)

    def add(self, unit_code: str, values: Values, since: date) -> Employee:
        """Who is added works at the unit since that day, unless the values say otherwise.

        Raises as ``edit``, and UsageFault ``roster.name_needed``.
        """
        cleaned = cleaned_values(self.room.clean, values)
        if not cleaned.get("ho_ten"):
            raise UsageFault("roster.name_needed")
        new = new_employee(unit_code, {STATE: ACTIVE, **cleaned}, since)
        new = with_values(new, {LAST_PERIOD: Period.of(since).wire})
        with self.store.begin() as work:
            _, [number] = work.roster.record(
                unit_code, [(None, new)], code=ADDED, params={"people": 1}, now=self.clock()
            )
            work.commit()
        return replace(new, id=number)

    def remove(
        self, unit_code: str, people: Sequence[int], progress: Progress | None = None
    ) -> Step:
        ids = list(dict.fromkeys(people))
        with self.store.begin() as work:
            before = _read(work, unit_code, ids, stage(progress, 0, STAGES))
            changes: list[Change] = [(_known(before, one), None) for one in ids]
            return self._step(work, unit_code, changes, REMOVED, {"people": len(ids)}, progress)

    def set_household(self, unit_code: str, person: int, members: Sequence[Values]) -> Step:
        """Values are those of the part ``phu_luc``. Raises as ``edit``."""
        cleaned = cleaned_members(self.room.clean, members)
        with self.store.begin() as work:
            before = work.roster.person(unit_code, person)
            after = with_household(before, cleaned)
            params = {"people": len(after.household)}
            return self._step(work, unit_code, [(before, after)], HOUSEHOLD, params)

    def _step(
        self,
        work: UnitOfWork,
        unit_code: str,
        changes: Sequence[Change],
        code: str,
        params: Mapping[str, str | int],
        progress: Progress | None = None,
    ) -> Step:
        """Raises UsageFault ``roster.nothing`` where nothing would change."""
        real = [pair for pair in changes if pair[0] != pair[1]]
        if not real:
            raise UsageFault("roster.nothing")
        step, _ = work.roster.record(
            unit_code,
            real,
            code=code,
            params=params,
            now=self.clock(),
            progress=stage(progress, STAGES - 1, STAGES),
        )
        work.commit()
        _LOG.info("%s: step %d, %d people", code, step.id, step.people)
        return step

    def undo(self, unit_code: str, progress: Progress | None = None) -> Step | None:
        """Of an import: its draft goes too, unless it is signed; then the step's remark says so."""
        with self.store.begin() as work:
            moved = work.roster.undo(unit_code, progress)
            if moved is None:
                return None
            step = self._draft_too(work, moved, undone=True)
            work.commit()
        return step

    def redo(self, unit_code: str, progress: Progress | None = None) -> Step | None:
        """Of an import: its draft comes back too."""
        with self.store.begin() as work:
            moved = work.roster.redo(unit_code, progress)
            if moved is None:
                return None
            work.dossiers.bring_back(moved.step.id)
            step = self._draft_too(work, moved, undone=False)
            work.commit()
        return step

    def _draft_too(self, work: UnitOfWork, moved: Moved, *, undone: bool) -> Step:
        """The draft that the step made goes, one that it changed is as it was before."""
        if moved.dossier_id is None:
            return moved.step
        swapped = work.dossiers.swap_version(moved.dossier_id, moved.step.id)
        if swapped is Swap.NONE:
            return _without_draft(work, moved) if undone else moved.step
        if swapped is not Swap.DONE:
            return _remarked(moved, STAYS if swapped is Swap.SIGNED else CHANGED_SINCE)
        event = "event.again_undone" if undone else "event.again_redone"
        work.dossiers.note(moved.dossier_id, now=self.clock(), event=event)
        back_to_draft(work, work.dossiers.get(moved.dossier_id), self.clock, event)
        return moved.step

    def old_addresses(self, unit_code: str) -> Sequence[AddressProposal]:
        with self.store.reading() as work:
            return old_addresses(work.roster, unit_code)

    def export(self, query: RosterQuery, out: Path, progress: Progress | None = None) -> Path:
        """Raises SurroundingsFault ``workbook.cannot_write``."""
        with self.store.reading() as work:
            ids = ids_of(work, query)
            rows = work.roster.rows(query.unit_code, ids, query.month)
            values = (row.values for row in rows)
            self.room.write(out, counted(values, len(ids), progress) if progress else values)
        return out

    def template(self, out: Path) -> Path:
        self.room.write_template(out)
        return out

    def _today(self) -> date:
        return filing_day(self.clock())


def counted(rows: Iterable[T], whole: int, progress: Progress) -> Iterator[T]:
    """The rows, told now and then."""
    for done, row in enumerate(rows):
        if done % TOLD_EVERY == 0:
            progress(done, whole)
        yield row


def _read(
    work: UnitOfWork, unit_code: str, ids: Sequence[int], progress: Progress
) -> dict[int, Employee]:
    found: dict[int, Employee] = {}
    for start in range(0, len(ids), READ_AT_ONCE):
        progress(start, len(ids))
        found |= work.roster.people(unit_code, ids[start : start + READ_AT_ONCE])
    return found


def _without_draft(work: UnitOfWork, moved: Moved) -> Step:
    if moved.dossier_id is None or work.dossiers.withdraw(moved.dossier_id, moved.step.id):
        return moved.step
    return _remarked(moved, STAYS)


def _remarked(moved: Moved, remark: str) -> Step:
    params = {**moved.step.params, "dossier": moved.dossier_id or ""}
    return replace(moved.step, remark=remark, params=params)


def _known(people: Mapping[int, Employee], person: int) -> Employee:
    found = people.get(person)
    if found is None:
        raise UsageFault("person.unknown", person=person)
    return found


def _shown(field: Field) -> RosterField:
    return RosterField(
        key=field.key,
        title_vi=field.title_vi,
        title_en=field.title_en,
        kind=field.kind,
        group=field.group,
        track=field.track,
        code_list=field.code_list,
        width=field.width,
    )
