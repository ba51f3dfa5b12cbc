"""The roster of the data file behind one door: looked at, changed by steps, merged."""

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from desktop.services.progress import Progress, silent
from desktop.services.roster_api import HistoryEntry, RosterQuery, RosterRow, Step
from desktop.services.roster_ports import Change, Merged, Moved, Snapped, Touched
from desktop.store.collecting import without_collecting
from desktop.store.dossier_removal import remove_dossiers
from desktop.store.employees import Employees
from desktop.store.roster_columns import RosterColumns
from desktop.store.roster_intake import Intake
from desktop.store.roster_look import Look
from desktop.store.roster_merge import Merging
from desktop.store.roster_places import find_places
from desktop.store.roster_steps import Steps
from desktop.store.session import Session
from desktop.store.tables import dossier, person
from desktop.store.units import SqlUnits
from forms.model import Draft, Part, Period
from forms.roster.model import Employee, Values
from resources.faults import UsageFault

IMPORTED, STARTED = "roster.imported", "roster.started"


@dataclass(frozen=True, slots=True)
class SqlRoster:
    """``desktop.services.roster_ports.RosterStore``."""

    session: Session

    def count(self, query: RosterQuery) -> int:
        self._known(query.unit_code)
        return Look(self.session).count(query)

    def ids(self, query: RosterQuery) -> Sequence[int]:
        self._known(query.unit_code)
        return Look(self.session).ids(query)

    def rows(
        self, unit_code: str, ids: Sequence[int], month: Period | None = None
    ) -> Sequence[RosterRow]:
        self._known(unit_code)
        return Look(self.session).rows(unit_code, ids, month)

    def people(self, unit_code: str, ids: Sequence[int]) -> Mapping[int, Employee]:
        self._known(unit_code)
        with without_collecting():
            return Employees.of(self.session, unit_code).read(ids)

    def person(self, unit_code: str, person: int) -> Employee:
        found = self.people(unit_code, [person]).get(person)
        if found is None:
            raise UsageFault("person.unknown", person=person)
        return found

    def snapshot(self, unit_code: str, period: Period) -> Iterator[Snapped]:
        self._known(unit_code)
        return Look(self.session).snapshot(unit_code, period)

    def values_of(self, unit_code: str, keys: Sequence[str]) -> Iterator[tuple[int, Values]]:
        self._known(unit_code)
        return Look(self.session).values_of(unit_code, keys)

    def columns(
        self, unit_code: str, ids: Sequence[int], keys: Sequence[str]
    ) -> Sequence[Sequence[str]]:
        self._known(unit_code)
        return Look(self.session).columns(unit_code, ids, keys)

    def stamp(self, unit_code: str) -> Hashable:
        self._known(unit_code)
        return Steps(self.session, unit_code).stamp()

    def touched_since(
        self, unit_code: str, moment: datetime, *, apart_from: Collection[str]
    ) -> Touched:
        self._known(unit_code)
        return Steps(self.session, unit_code).touched_since(moment, apart_from)

    def history(self, unit_code: str, person: int) -> Sequence[HistoryEntry]:
        self._known(unit_code)
        found = Steps(self.session, unit_code).history(person)
        if not found:
            self.person(unit_code, person)
        return found

    def record(
        self,
        unit_code: str,
        changes: Sequence[Change],
        *,
        code: str,
        params: Mapping[str, str | int],
        now: datetime,
        progress: Progress | None = None,
    ) -> tuple[Step, Sequence[int]]:
        self.forget_undone(unit_code)
        with without_collecting():
            steps = Steps(self.session, unit_code, progress or silent)
            return steps.record(changes, code=code, params=params, now=now)

    def merge(
        self,
        unit_code: str,
        draft: Draft,
        period: Period,
        *,
        now: datetime,
        dossier_id: str = "",
        starting: bool = False,
        progress: Progress | None = None,
    ) -> Merged:
        self.forget_undone(unit_code)
        rows = draft.rows(Part.LAO_DONG)
        columns = RosterColumns(self.session, unit_code)
        people = select(func.count()).select_from(person).where(person.c.unit_code == unit_code)
        places = find_places(rows, columns, int(self.session.value(people)))
        params = {"file": draft.source, "period": period.wire}
        steps = Steps(self.session, unit_code)
        code = STARTED if starting else IMPORTED
        recording = steps.begin(code=code, params=params, now=now, dossier_id=dossier_id)
        intake = Intake(recording, places, Merging.of(draft, period, starting=starting))
        with without_collecting():
            intake.take(rows, progress or silent)
        if recording.empty and not dossier_id:
            steps.forget([recording.step.id])
            return Merged(people=places.rows, step=None)
        return Merged(people=places.rows, step=recording.end(), assumed=intake.assumed)

    def forget_undone(self, unit_code: str) -> None:
        self._known(unit_code)
        steps = Steps(self.session, unit_code)
        undone = steps.undone()
        if undone:
            withdrawn = select(dossier.c.id).where(dossier.c.withdrawn_by.in_(undone))
            remove_dossiers(self.session, [row[0] for row in self.session.tuples(withdrawn)])
            steps.forget(undone)

    def undo(self, unit_code: str, progress: Progress | None = None) -> Moved | None:
        self._known(unit_code)
        with without_collecting():
            return Steps(self.session, unit_code, progress or silent).undo()

    def redo(self, unit_code: str, progress: Progress | None = None) -> Moved | None:
        self._known(unit_code)
        with without_collecting():
            return Steps(self.session, unit_code, progress or silent).redo()

    def steps(self, unit_code: str, limit: int) -> Sequence[Step]:
        self._known(unit_code)
        return Steps(self.session, unit_code).newest(limit)

    def _known(self, unit_code: str) -> None:
        SqlUnits(self.session).get(unit_code)
