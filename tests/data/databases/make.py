"""Make the database file of the present schema version: ``python -m tests.data.databases.make``.

Run it once when a migration is added, and keep the files of the versions before.
"""

import sqlite3
import tempfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from desktop.services.ports import Store, StoredFile
from desktop.store.migrating import revisions
from desktop.store.opening import FILE, open_store
from forms.model import DossierState
from sync.model import ParcelState
from tests.desktop.store.samples import (
    AN,
    BINH,
    ENVELOPE,
    FORM,
    NOVEMBER,
    NOW,
    UNIT,
    accepted,
    draft,
    kept_letter,
    later,
    parcel,
    settlement,
    signed_dossier,
)

SIGNED = b"<Hoso>signed</Hoso>"


def fill(store: Store) -> None:
    """One unit, two invented people, one dossier the whole way to its receipt."""
    dossier_id = signed_dossier(store)
    sent = parcel(dossier_id, content=SIGNED)
    with store.begin() as work:
        work.roster.merge(UNIT.code, draft(AN, BINH), NOVEMBER, now=NOW, dossier_id=dossier_id)
        files = [StoredFile(form=FORM, signed=b"<D02-TS>signed</D02-TS>")]
        files.append(StoredFile(form=ENVELOPE, signed=SIGNED))
        work.dossiers.store_signed(dossier_id, files)
        work.dossiers.move(dossier_id, DossierState.WAITING, now=NOW, event="event.enqueued")
        work.parcels.enqueue(sent, SIGNED)
        work.commit()
    store.outbox.claim(NOW)
    store.outbox.settle(settlement(sent, ParcelState.WAITING))
    store.outbox.claim(later(60))
    store.outbox.settle(replace(accepted(sent), at=later(61)))
    with store.begin() as work:
        work.letters.put(kept_letter(dossier_id))
        work.letters.set_cursor(UNIT.code, "gateway", "7")
        work.commit()


def main() -> None:
    target = Path(__file__).with_name(f"v{revisions()[0]}.sqlite")
    with tempfile.TemporaryDirectory() as folder:
        fill(open_store(Path(folder), mode="real", now=NOW))
        with closing(sqlite3.connect(Path(folder) / FILE)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("VACUUM")
        target.write_bytes((Path(folder) / FILE).read_bytes())


if __name__ == "__main__":
    main()
