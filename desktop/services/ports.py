"""What the use cases need from the store. One unit of work is one transaction."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import TracebackType
from typing import Protocol, Self

from desktop.services.inbox_ports import Letters
from desktop.services.roster_ports import RosterStore
from forms.findings import Finding
from forms.model import Dossier, DossierState, Draft, FormFile, Period, Unit
from sync.model import Destination, Parcel
from sync.ports import Outbox

Clock = Callable[[], datetime]
"""now, with a time zone"""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file of a dossier as stored: unsigned and, once signed and verified, signed."""

    form: FormFile
    signed: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One person of a unit's roster, as the latest import knows them."""

    id: int
    name: str
    birth: str
    """dd/MM/yyyy, MM/yyyy or yyyy"""
    sex: str
    """``1`` Nam, ``0`` Nữ"""
    citizen_id: str
    social_number: str
    """mã số BHXH"""
    job: str
    wage: int | None
    """đồng; None where pay is by coefficient"""
    coefficient: str | None
    last_movement: str
    """phương án of the latest row"""
    last_period: Period


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalEntry:
    """One thing that happened to a dossier."""

    at: datetime
    event: str
    """code of ``resources/messages``, such as ``event.signed``"""
    before: DossierState | None
    after: DossierState | None
    detail: str = ""
    answer: bytes = b""


class Swap(StrEnum):
    """What became of a draft whose step was undone or done again."""

    NONE = "none"
    """the step had changed no draft"""
    DONE = "done"
    SIGNED = "signed"
    """it may not be changed any more, and stays"""
    CHANGED = "changed"
    """somebody changed it since, and it stays"""


class Units(Protocol):
    def add(self, unit: Unit) -> None:
        """Raises UsageFault ``unit.exists``."""
        ...

    def get(self, code: str) -> Unit:
        """Raises UsageFault ``unit.unknown``."""
        ...

    def replace(self, unit: Unit) -> None:
        """The unit of the same code. Raises UsageFault ``unit.unknown``."""
        ...

    def all(self) -> Sequence[Unit]: ...


class People(Protocol):
    """The roster in brief."""

    def search(
        self, unit_code: str, words: str = "", limit: int = 200, offset: int = 0
    ) -> Sequence[Person]:
        """Without diacritics, upper or lower case alike; by name, number or citizen id."""
        ...

    def count(self, unit_code: str, words: str = "") -> int: ...


class Dossiers(Protocol):
    def create(
        self,
        unit_code: str,
        period: Period,
        procedure: str,
        draft: Draft,
        findings: Sequence[Finding],
        now: datetime,
        rules_hash: str | None = None,
        event: str = "event.imported",
    ) -> Dossier:
        """A new draft with the next đợt. ``rules_hash``: see ``replace_findings``; ``event``: what
        the journal begins with."""
        ...

    def get(self, dossier_id: str) -> Dossier:
        """Raises UsageFault ``dossier.unknown``."""
        ...

    def latest_draft(self, unit_code: str, period: Period, procedure: str) -> Dossier | None:
        """The newest dossier of these that is not signed yet."""
        ...

    def all(self, unit_code: str | None = None) -> Sequence[Dossier]:
        """Newest first."""
        ...

    def draft(self, dossier_id: str) -> Draft: ...

    def replace_draft(self, dossier_id: str, draft: Draft) -> None: ...

    def withdraw(self, dossier_id: str, step: int) -> bool:
        """The step of the roster that made this draft is undone: it is gone until
        ``bring_back``. False, and nothing done, when it is signed, or gone already."""
        ...

    def bring_back(self, step: int) -> None:
        """Whatever was withdrawn by this step."""
        ...

    def keep_version(
        self,
        dossier_id: str,
        step: int,
        draft: Draft,
        findings: Sequence[Finding],
        rules_hash: str | None = None,
    ) -> None:
        """The dossier as it was before this step of the roster, which has changed it already.
        It is gone when the step is forgotten."""
        ...

    def swap_version(self, dossier_id: str, step: int) -> Swap:
        """What the step made of the draft for what it was before, and the other way round."""
        ...

    def findings(self, dossier_id: str) -> Sequence[Finding]: ...

    def replace_findings(
        self, dossier_id: str, findings: Sequence[Finding], rules_hash: str | None = None
    ) -> None:
        """``rules_hash``: of the rule data by which they were made; None when not known."""
        ...

    def files(self, dossier_id: str) -> Sequence[StoredFile]:
        """In the order of the envelope; the envelope last."""
        ...

    def replace_files(self, dossier_id: str, files: Iterable[FormFile]) -> None: ...

    def store_signed(self, dossier_id: str, signed: Iterable[StoredFile]) -> None:
        """Replaces the files by verified signed ones (the envelope is born here)."""
        ...

    def move(
        self,
        dossier_id: str,
        after: DossierState,
        *,
        now: datetime,
        event: str,
        detail: str = "",
        answer: bytes = b"",
    ) -> Dossier:
        """Changes the state by the table of ``forms.states`` and writes the journal; ``answer``:
        the bytes that are its cause.

        Raises UsageFault ``dossier.state`` when the table forbids it.
        """
        ...

    def note(
        self, dossier_id: str, *, now: datetime, event: str, detail: str = "", answer: bytes = b""
    ) -> None:
        """Writes the journal alone: something came that changes no state."""
        ...

    def set_filed_on(self, dossier_id: str, now: datetime) -> None: ...

    def journal(self, dossier_id: str) -> Sequence[JournalEntry]: ...

    def receipt(self, dossier_id: str) -> bytes | None: ...

    def store_receipt(
        self, dossier_id: str, receipt: bytes, number: str, transaction: str
    ) -> None: ...


class Parcels(Protocol):
    def enqueue(self, parcel: Parcel, content: bytes) -> None: ...

    def all(self) -> Sequence[Parcel]:
        """Oldest first."""
        ...

    def of_dossier(self, dossier_id: str) -> Parcel | None: ...

    def readdress(self, parcel_id: str, destination: Destination) -> None:
        """Another address for a parcel; whether it may have one is the caller's to know."""
        ...

    def hand_over(self, parcel_id: str) -> bool:
        """Nobody claims it from now on. False, and nothing done, unless it is ``untouched``."""
        ...

    def take_back(self, parcel_id: str, now: datetime) -> bool:
        """Due again, with a try counted: it may have reached the gateway from elsewhere. False,
        and nothing done, unless it is handed over."""
        ...


class Settings(Protocol):
    def get(self, key: str) -> str | None: ...

    def put(self, key: str, value: str) -> None: ...


class Reading(Protocol):
    """Looks at what is stored, as it stood when the block was entered; changes nothing."""

    units: Units
    people: People
    roster: RosterStore
    dossiers: Dossiers
    parcels: Parcels
    settings: Settings
    letters: Letters

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


class UnitOfWork(Reading, Protocol):
    """Commits only when told; leaving the block without it undoes everything."""

    def commit(self) -> None: ...


class Store(Protocol):
    """The database of one data folder."""

    def reading(self) -> Reading:
        """Waits for nobody, not even while another writes. Raises SurroundingsFault
        ``store.disk``; writing inside it is our bug."""
        ...

    def begin(self) -> UnitOfWork:
        """Raises SurroundingsFault ``store.busy`` or ``store.disk``."""
        ...

    @property
    def outbox(self) -> Outbox: ...
