"""Dossiers at rest: state, draft, findings, files, journal, receipt."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from desktop.services.ports import JournalEntry, StoredFile, Swap
from desktop.store.dossier_rows import HERE, LISTED, UNSIGNED, read_dossier
from desktop.store.drafts import Drafts
from desktop.store.files import Files
from desktop.store.journal import Journal
from desktop.store.session import Session
from desktop.store.tables import dossier
from desktop.store.tables import receipt as receipts
from desktop.store.units import SqlUnits
from desktop.store.versions import NO_VERSION, Versions
from forms.findings import Finding
from forms.model import Dossier, DossierState, Draft, FormFile, Period, dossier_id
from forms.states import may_follow
from resources.faults import UsageFault
from sync.model import Settlement

IMPORTED = "event.imported"


@dataclass(frozen=True, slots=True)
class SqlDossiers:
    """Every method that names a dossier raises UsageFault ``dossier.unknown``."""

    session: Session

    def create(
        self,
        unit_code: str,
        period: Period,
        procedure: str,
        draft: Draft,
        findings: Sequence[Finding],
        now: datetime,
        rules_hash: str | None = None,
        event: str = IMPORTED,
    ) -> Dossier:
        """Raises UsageFault ``unit.unknown``."""
        SqlUnits(self.session).get(unit_code)
        batch = self._next_batch(unit_code, period, procedure)
        new_id = dossier_id(unit_code, period, procedure, batch)
        new = {
            "id": new_id,
            "unit_code": unit_code,
            "period": period.iso,
            "procedure": procedure,
            "batch": batch,
            "state": DossierState.DRAFT,
            "created": now,
            "layout": draft.layout,
            "source": draft.source,
            "rules_hash": rules_hash,
        }
        self.session.change(insert(dossier), new)
        Drafts(self.session).write_sections(new_id, draft.sections)
        Drafts(self.session).write_findings(new_id, findings)
        begun = JournalEntry(at=now, event=event, before=None, after=DossierState.DRAFT)
        self.take(new_id, begun)
        return self.get(new_id)

    def _next_batch(self, unit_code: str, period: Period, procedure: str) -> int:
        highest = self.session.value(
            select(func.max(dossier.c.batch)).where(
                dossier.c.unit_code == unit_code,
                dossier.c.period == period.iso,
                dossier.c.procedure == procedure,
            )
        )
        return int(highest or 0) + 1

    def get(self, dossier_id: str) -> Dossier:
        found = self.session.first(select(*LISTED).where(dossier.c.id == dossier_id, HERE))
        if found is None:
            raise UsageFault("dossier.unknown", dossier=dossier_id)
        return read_dossier(found)

    def latest_draft(self, unit_code: str, period: Period, procedure: str) -> Dossier | None:
        found = self.session.first(
            select(*LISTED)
            .where(
                dossier.c.unit_code == unit_code,
                dossier.c.period == period.iso,
                dossier.c.procedure == procedure,
                dossier.c.state.in_(UNSIGNED),
                HERE,
            )
            .order_by(dossier.c.batch.desc())
            .limit(1)
        )
        return read_dossier(found) if found else None

    def all(self, unit_code: str | None = None) -> Sequence[Dossier]:
        listed = select(*LISTED).where(HERE).order_by(dossier.c.position.desc())
        if unit_code is not None:
            listed = listed.where(dossier.c.unit_code == unit_code)
        return [read_dossier(found) for found in self.session.rows(listed)]

    def draft(self, dossier_id: str) -> Draft:
        self.get(dossier_id)
        origin = self.session.first(
            select(dossier.c.layout, dossier.c.source).where(dossier.c.id == dossier_id)
        )
        return Draft(**(origin or {}), sections=Drafts(self.session).sections(dossier_id))

    def replace_draft(self, dossier_id: str, draft: Draft) -> None:
        self._set(dossier_id, layout=draft.layout, source=draft.source)
        Drafts(self.session).write_sections(dossier_id, draft.sections)

    def findings(self, dossier_id: str) -> Sequence[Finding]:
        self.get(dossier_id)
        return Drafts(self.session).findings(dossier_id)

    def replace_findings(
        self, dossier_id: str, findings: Sequence[Finding], rules_hash: str | None = None
    ) -> None:
        self._set(dossier_id, rules_hash=rules_hash)
        Drafts(self.session).write_findings(dossier_id, findings)

    def withdraw(self, dossier_id: str, step: int) -> bool:
        changed = self.session.change(
            update(dossier)
            .where(dossier.c.id == dossier_id, HERE, dossier.c.state.in_(UNSIGNED))
            .values(withdrawn_by=step)
        )
        return bool(changed)

    def bring_back(self, step: int) -> None:
        self.session.change(
            update(dossier)
            .where(dossier.c.withdrawn_by == step, NO_VERSION)
            .values(withdrawn_by=None)
        )

    def keep_version(
        self,
        dossier_id: str,
        step: int,
        draft: Draft,
        findings: Sequence[Finding],
        rules_hash: str | None = None,
    ) -> None:
        self.get(dossier_id)
        Versions(self.session).keep(dossier_id, step, draft, findings, rules_hash)

    def swap_version(self, dossier_id: str, step: int) -> Swap:
        return Versions(self.session).swap(dossier_id, step)

    def files(self, dossier_id: str) -> Sequence[StoredFile]:
        self.get(dossier_id)
        return Files(self.session).of(dossier_id)

    def replace_files(self, dossier_id: str, files: Iterable[FormFile]) -> None:
        self.store_signed(dossier_id, [StoredFile(form=form, signed=None) for form in files])

    def store_signed(self, dossier_id: str, signed: Iterable[StoredFile]) -> None:
        self.get(dossier_id)
        Files(self.session).write(dossier_id, signed)

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
        """Raises UsageFault ``dossier.state``."""
        before = self.get(dossier_id).state
        if not may_follow(before, after):
            raise UsageFault("dossier.state", dossier=dossier_id, before=before, after=after)
        entry = JournalEntry(
            at=now, event=event, before=before, after=after, detail=detail, answer=answer
        )
        self.take(dossier_id, entry)
        return self.get(dossier_id)

    def note(
        self, dossier_id: str, *, now: datetime, event: str, detail: str = "", answer: bytes = b""
    ) -> None:
        state = self.get(dossier_id).state
        entry = JournalEntry(
            at=now, event=event, before=state, after=state, detail=detail, answer=answer
        )
        Journal(self.session).write(dossier_id, entry)

    def take(
        self, dossier_id: str, entry: JournalEntry, settlement: Settlement | None = None
    ) -> None:
        """State and journal together, for a change that is known to be legal."""
        self._set(dossier_id, state=entry.after)
        Journal(self.session).write(dossier_id, entry, settlement)

    def set_transaction(self, dossier_id: str, transaction: str) -> None:
        self._set(dossier_id, transaction_code=transaction)

    def set_filed_on(self, dossier_id: str, now: datetime) -> None:
        """The day of ``now`` in its own time zone."""
        self._set(dossier_id, filed_on=now.date().isoformat())

    def journal(self, dossier_id: str) -> Sequence[JournalEntry]:
        self.get(dossier_id)
        return Journal(self.session).of(dossier_id)

    def receipt(self, dossier_id: str) -> bytes | None:
        self.get(dossier_id)
        found: bytes | None = self.session.value(
            select(receipts.c.content).where(receipts.c.dossier_id == dossier_id)
        )
        return found

    def store_receipt(self, dossier_id: str, receipt: bytes, number: str, transaction: str) -> None:
        self._set(dossier_id, number=number or None, transaction_code=transaction or None)
        self.session.change(delete(receipts).where(receipts.c.dossier_id == dossier_id))
        self.session.change(insert(receipts), {"dossier_id": dossier_id, "content": receipt})

    def _set(self, dossier_id: str, **values: Any) -> None:
        changed = self.session.change(
            update(dossier).where(dossier.c.id == dossier_id, HERE).values(**values)
        )
        if not changed:
            raise UsageFault("dossier.unknown", dossier=dossier_id)
