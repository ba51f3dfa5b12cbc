"""Dossiers that are gone for good: withdrawn drafts that nobody can bring back any more."""

from collections.abc import Sequence

from sqlalchemy import delete

from desktop.store.session import Session
from desktop.store.tables import (
    dossier,
    draft_chunk,
    draft_row,
    draft_section,
    finding,
    form_file,
    journal,
    receipt,
)

_PARTS = (draft_chunk, draft_row, draft_section, finding, form_file, receipt, journal)


def remove_dossiers(session: Session, ids: Sequence[str]) -> None:
    """With all that hangs on them. They have no parcel: nothing signed is ever withdrawn."""
    for one in ids:
        for table in _PARTS:
            session.change(delete(table).where(table.c.dossier_id == one))
        session.change(delete(dossier).where(dossier.c.id == one))
