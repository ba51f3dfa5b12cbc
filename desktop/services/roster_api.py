"""The roster's use cases as the window and the command line see them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from desktop.services.progress import Progress
from forms.model import Period
from forms.roster.model import Employee, Track, Values


class Test(StrEnum):
    """How a filter looks at a field; text is compared without diacritics and case."""

    CONTAINS = "contains"
    EQUALS = "equals"
    EMPTY = "empty"
    FILLED = "filled"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class PersonState(StrEnum):
    """What is to be said of a person in the list, the worst first."""

    LACKING = "lacking"
    """a name, a day of birth, the sex, or any number to know the person by"""
    OLD_ADDRESS = "old_address"
    """by a code of before 2025-07-01"""
    NEW = "new"
    """came since what the newest dossier at the agency was made from"""
    CHANGED = "changed"
    """was changed since then"""
    LEFT = "left"
    """is there no more"""


States = Mapping[PersonState, frozenset[int]]
"""the people of each state, by id"""
ROW_STATE = "row_state"
"""key of the filter by ``PersonState``; no field of a person"""


@dataclass(frozen=True, slots=True)
class Filter:
    key: str
    test: Test
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterQuery:
    """Whom to show, in which order. ``month``: values in force then; None: the newest."""

    unit_code: str
    words: str = ""
    filters: tuple[Filter, ...] = ()
    sort: tuple[tuple[str, bool], ...] = ()
    """(field key, ascending); then by id"""
    month: Period | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterRow:
    id: int
    values: Values
    """flat: the person's and what is in force"""


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterField:
    """A field of the roster as data (``resources/roster/fields.toml``)."""

    key: str
    title_vi: str
    title_en: str
    kind: str
    """a value of ``forms.excel.kinds.Kind``"""
    group: str
    """under which heading it stands on the person's page"""
    track: Track | None
    code_list: str | None = None
    width: int = 120
    """pixels in the grid at 100 %"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One field of one person. ``since`` for fields of a track: from when it holds; None: the
    newest span is put right."""

    person: int
    key: str
    text: str
    since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing done to the roster of a unit, undone and redone as a whole."""

    id: int
    at: datetime
    code: str
    """code of ``resources/messages``: imported, edited, added, removed …"""
    params: dict[str, str | int]
    people: int
    """how many it touched"""
    undone: bool = False
    remark: str = ""
    """code of ``resources/messages``: what must be told of it, with ``params``; mostly nothing"""


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """One value that changed, for the full history of a person."""

    at: datetime
    step: int
    code: str
    key: str
    before: str
    after: str
    since: date | None


class RosterApi(Protocol):
    """Every change is one step; nothing is ever lost by an edit."""

    def fields(self) -> Sequence[RosterField]: ...

    def count(self, query: RosterQuery) -> int: ...

    def ids(self, query: RosterQuery) -> Sequence[int]:
        """All in order: a grid asks once and then for pages."""
        ...

    def states(self, unit_code: str) -> States:
        """What is to be said of whom."""
        ...

    def columns(
        self, unit_code: str, ids: Sequence[int], keys: Sequence[str]
    ) -> Sequence[Sequence[str]]:
        """Of each field the newest value of each of these people, in their order, or nothing."""
        ...

    def rows(
        self, unit_code: str, ids: Sequence[int], month: Period | None = None
    ) -> Sequence[RosterRow]: ...

    def person(self, unit_code: str, person: int) -> Employee:
        """Raises UsageFault ``person.unknown``."""
        ...

    def history(self, unit_code: str, person: int) -> Sequence[HistoryEntry]:
        """Newest first."""
        ...

    def edit(self, unit_code: str, edits: Sequence[Edit], progress: Progress | None = None) -> Step:
        """Values are cleaned as in an import. One step for all. Raises DataFault
        ``roster.not_understood`` naming field and value, and changes nothing then.
        ``progress``, here and below: how much is done; what it raises leaves all as it was."""
        ...

    def add(self, unit_code: str, values: Values, since: date) -> Employee: ...

    def remove(
        self, unit_code: str, people: Sequence[int], progress: Progress | None = None
    ) -> Step: ...

    def set_household(self, unit_code: str, person: int, members: Sequence[Values]) -> Step: ...

    def undo(self, unit_code: str, progress: Progress | None = None) -> Step | None:
        """None when there is nothing to undo."""
        ...

    def redo(self, unit_code: str, progress: Progress | None = None) -> Step | None: ...

    def steps(self, unit_code: str, limit: int = 50) -> Sequence[Step]:
        """Newest first, undone ones too."""
        ...

    def old_addresses(self, unit_code: str) -> Sequence["AddressProposal"]:
        """Addresses by codes of before 2025-07-01, with what they may have become."""
        ...

    def export(self, query: RosterQuery, out: Path, progress: Progress | None = None) -> Path:
        """A workbook in the program's own template; formulas in cells are neutralised.
        ``progress``: people written, of how many; what it raises leaves ``out`` as it was."""
        ...

    def template(self, out: Path) -> Path: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressProposal:
    """Applied by ``edit`` when the user says so."""

    person: int
    key: str
    """field of the commune's code"""
    before: str
    options: tuple[tuple[str, str], ...]
    """(code, name) of what it may be today; one: the only one it became"""
