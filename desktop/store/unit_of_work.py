"""The store over SQLite: one unit of work is one transaction."""

from dataclasses import dataclass
from types import TracebackType
from typing import Self

from sqlalchemy import Engine

from desktop.services.inbox_ports import Letters
from desktop.services.ports import Dossiers, Parcels, People, Settings, Units
from desktop.services.roster_ports import RosterStore
from desktop.store.dossiers import SqlDossiers
from desktop.store.letters import SqlLetters
from desktop.store.outbox import SqlOutbox
from desktop.store.parcels import SqlParcels
from desktop.store.people import SqlPeople
from desktop.store.roster_repository import SqlRoster
from desktop.store.session import Session
from desktop.store.settings import SqlSettings
from desktop.store.units import SqlUnits


class SqlUnitOfWork:
    """Commits only when told; leaving the block without it undoes everything."""

    def __init__(self, engine: Engine, *, reading: bool = False) -> None:
        self._session = Session(engine, reading=reading)
        self.units: Units = SqlUnits(self._session)
        self.people: People = SqlPeople(self._session)
        self.roster: RosterStore = SqlRoster(self._session)
        self.dossiers: Dossiers = SqlDossiers(self._session)
        self.parcels: Parcels = SqlParcels(self._session)
        self.settings: Settings = SqlSettings(self._session)
        self.letters: Letters = SqlLetters(self._session)

    def __enter__(self) -> Self:
        self._session.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._session.__exit__(kind, error, trace)

    def commit(self) -> None:
        self._session.commit()


@dataclass(frozen=True, slots=True)
class SqlStore:
    """The database of one data folder. Holds no connection between transactions."""

    engine: Engine

    def reading(self) -> SqlUnitOfWork:
        """Entering raises SurroundingsFault ``store.disk``, ``store.corrupt``."""
        return SqlUnitOfWork(self.engine, reading=True)

    def begin(self) -> SqlUnitOfWork:
        """Entering raises SurroundingsFault ``store.busy``, ``store.disk``, ``store.corrupt``."""
        return SqlUnitOfWork(self.engine)

    @property
    def outbox(self) -> SqlOutbox:
        return SqlOutbox(self.engine)
