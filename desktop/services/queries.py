"""Looking things up: each answer is read as of one moment, and nobody is kept from writing."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.services.ports import JournalEntry, Person, Store, StoredFile
from forms.findings import Finding
from forms.model import Dossier, Draft
from sync.model import Parcel


@dataclass(frozen=True, slots=True, kw_only=True)
class Queries:
    """What screen and command line show."""

    store: Store

    def people(self, unit_code: str, words: str, limit: int, offset: int) -> Sequence[Person]:
        with self.store.reading() as work:
            return work.people.search(unit_code, words, limit, offset)

    def count_people(self, unit_code: str, words: str) -> int:
        with self.store.reading() as work:
            return work.people.count(unit_code, words)

    def dossiers(self, unit_code: str | None) -> Sequence[Dossier]:
        with self.store.reading() as work:
            return work.dossiers.all(unit_code)

    def dossier(self, dossier_id: str) -> Dossier:
        with self.store.reading() as work:
            return work.dossiers.get(dossier_id)

    def draft(self, dossier_id: str) -> Draft:
        with self.store.reading() as work:
            return work.dossiers.draft(dossier_id)

    def findings(self, dossier_id: str) -> Sequence[Finding]:
        with self.store.reading() as work:
            return work.dossiers.findings(dossier_id)

    def files(self, dossier_id: str) -> Sequence[StoredFile]:
        with self.store.reading() as work:
            return work.dossiers.files(dossier_id)

    def journal(self, dossier_id: str) -> Sequence[JournalEntry]:
        with self.store.reading() as work:
            return work.dossiers.journal(dossier_id)

    def receipt(self, dossier_id: str) -> bytes | None:
        with self.store.reading() as work:
            return work.dossiers.receipt(dossier_id)

    def parcels(self) -> Sequence[Parcel]:
        with self.store.reading() as work:
            return work.parcels.all()
