"""The draft as it was before a step of the roster changed it, kept so that an undo takes it back.

A version is a dossier that is never there: withdrawn by its step from the beginning, its
procedure marked, so that no list, no đợt and no redo of an import ever meets it. It goes when its
step is forgotten. ``number`` holds what the draft looked like after the step.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.engine import RowMapping

from desktop.services.ports import Swap
from desktop.store.dossier_rows import HERE, UNSIGNED
from desktop.store.drafts import Drafts
from desktop.store.session import Session
from desktop.store.tables import dossier
from forms.findings import Finding
from forms.model import Draft

_MARK = "#"
NO_VERSION: ColumnElement[bool] = dossier.c.procedure.not_like(f"%{_MARK}%")


@dataclass(frozen=True, slots=True)
class Versions:
    session: Session

    def keep(
        self,
        dossier_id: str,
        step: int,
        draft: Draft,
        findings: Sequence[Finding],
        rules_hash: str | None,
    ) -> None:
        """What the dossier held before the step; it holds what came of it already."""
        now = self.session.first(select(dossier).where(dossier.c.id == dossier_id, HERE))
        if now is None:
            return
        copied = ("unit_code", "period", "batch", "created")
        kept = {
            **{key: now[key] for key in copied},
            "id": _id(dossier_id, step),
            "procedure": f"{now['procedure']}{_MARK}{step}",
            "state": "draft",
            "withdrawn_by": step,
            "number": _digest(self._draft(now)),
        }
        origin = {"layout": draft.layout, "source": draft.source, "rules_hash": rules_hash}
        self.session.change(insert(dossier), {**kept, **origin})
        Drafts(self.session).write_sections(kept["id"], draft.sections)
        Drafts(self.session).write_findings(kept["id"], findings)

    def swap(self, dossier_id: str, step: int) -> Swap:
        of_version = dossier.c.id == _id(dossier_id, step)
        kept = self.session.first(select(dossier).where(of_version))
        now = self.session.first(select(dossier).where(dossier.c.id == dossier_id, HERE))
        if kept is None or now is None:
            return Swap.NONE
        if now["state"] not in UNSIGNED:
            return Swap.SIGNED
        if _digest(self._draft(now)) != kept["number"]:
            return Swap.CHANGED
        drafts = self._draft(kept), self._draft(now)
        found = [Drafts(self.session).findings(one["id"]) for one in (kept, now)]
        for into, draft, findings, of in zip((now, kept), drafts, found, (kept, now), strict=True):
            self._write(into["id"], draft, findings, of["rules_hash"])
        self.session.change(update(dossier).where(of_version).values(number=_digest(drafts[0])))
        return Swap.DONE

    def _draft(self, of: RowMapping) -> Draft:
        sections = Drafts(self.session).sections(of["id"])
        return Draft(layout=of["layout"], source=of["source"], sections=sections)

    def _write(
        self, into: str, draft: Draft, findings: Sequence[Finding], rules_hash: str | None
    ) -> None:
        origin = {"layout": draft.layout, "source": draft.source, "rules_hash": rules_hash}
        self.session.change(update(dossier).where(dossier.c.id == into).values(**origin))
        Drafts(self.session).write_sections(into, draft.sections)
        Drafts(self.session).write_findings(into, findings)


def _id(dossier_id: str, step: int) -> str:
    return f"{dossier_id}{_MARK}{step}"


def _digest(draft: Draft) -> str:
    """The same for the same rows, however they are kept."""
    found = hashlib.sha256()
    for section in draft.sections:
        for row in section.rows:
            told = (section.part, row.line, sorted(row.values.items()))
            found.update(json.dumps(told).encode())
    return found.hexdigest()
