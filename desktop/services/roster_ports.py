"""What the roster's use cases need from the store. Always of one unit: another's are not there."""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from desktop.services.progress import Progress
from desktop.services.roster_api import HistoryEntry, RosterQuery, RosterRow, Step
from forms.model import Draft, Period
from forms.roster.model import Employee, Values

Change = tuple[Employee | None, Employee | None]
"""(before, after): before is None for one who comes (without an id), after for one who goes"""
Snapped = tuple[int, Values, tuple[Values, ...]]
"""(id, flat values, household)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """``step`` is None when nothing differed."""

    people: int
    """how many rows were people"""
    step: Step | None
    assumed: int = 0
    """of a first list: how many take part because nobody says otherwise"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """Ids of people, also of such as are gone again; nobody is in both."""

    came: frozenset[int] = frozenset()
    changed: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A step undone or done again, and the draft that the same import had made."""

    step: Step
    dossier_id: str | None


class RosterStore(Protocol):
    """Every method raises UsageFault ``unit.unknown``, those for one person ``person.unknown``."""

    def count(self, query: RosterQuery) -> int: ...

    def ids(self, query: RosterQuery) -> Sequence[int]: ...

    def rows(
        self, unit_code: str, ids: Sequence[int], month: Period | None = None
    ) -> Sequence[RosterRow]:
        """In the order of ``ids``; those of nobody are left out."""
        ...

    def people(self, unit_code: str, ids: Sequence[int]) -> Mapping[int, Employee]:
        """id → the whole person; ids of nobody are left out."""
        ...

    def person(self, unit_code: str, person: int) -> Employee: ...

    def snapshot(self, unit_code: str, period: Period) -> Iterable[Snapped]:
        """Everybody who is there at the end of the month, on leave or not, by id."""
        ...

    def history(self, unit_code: str, person: int) -> Sequence[HistoryEntry]:
        """Newest first; also of one who was removed."""
        ...

    def values_of(self, unit_code: str, keys: Sequence[str]) -> Iterable[tuple[int, Values]]:
        """Newest values of some fields of everybody, by id."""
        ...

    def columns(
        self, unit_code: str, ids: Sequence[int], keys: Sequence[str]
    ) -> Sequence[Sequence[str]]:
        """Of each field the newest value of each of these people, in their order, or nothing."""
        ...

    def stamp(self, unit_code: str) -> Hashable:
        """Another one after every step, undone step or step done again."""
        ...

    def touched_since(
        self, unit_code: str, moment: datetime, *, apart_from: Collection[str]
    ) -> Touched:
        """By the steps that stand, later than the moment, and belong to none of these dossiers."""
        ...

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
        """Writes the changes as one step; what was undone can then no more be done again.

        With the ids of the people, new ones numbered. ``progress``: people written, of how many.
        """
        ...

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
        """The people of a draft, as one step together with the dossier that holds it.

        ``starting``: a first list of people who take part already. Those of whom neither the
        roster nor the list says anything take part in every fund, since the month of their row,
        else since ``period``. ``progress``: rows, of how many.
        """
        ...

    def forget_undone(self, unit_code: str) -> None:
        """What was undone can no more be done again; drafts withdrawn with it are gone."""
        ...

    def undo(self, unit_code: str, progress: Progress | None = None) -> Moved | None:
        """The newest step that stands; None when there is none. ``progress``: people turned back,
        of how many."""
        ...

    def redo(self, unit_code: str, progress: Progress | None = None) -> Moved | None:
        """The oldest step that was undone; None when there is none."""
        ...

    def steps(self, unit_code: str, limit: int) -> Sequence[Step]:
        """Newest first, undone ones too."""
        ...
