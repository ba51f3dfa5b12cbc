"""A row of the table as a dossier."""

from datetime import date

from sqlalchemy.engine import RowMapping

from desktop.store.tables import dossier
from forms.model import Dossier, DossierState, Period

UNSIGNED = (DossierState.DRAFT, DossierState.CHECKED)
HERE = dossier.c.withdrawn_by.is_(None)
"""a draft whose import was undone is not there until that is undone too"""
LISTED = [
    dossier.c.id,
    dossier.c.unit_code,
    dossier.c.period,
    dossier.c.procedure,
    dossier.c.batch,
    dossier.c.state,
    dossier.c.created,
    dossier.c.filed_on,
    dossier.c.transaction_code,
    dossier.c.number,
    dossier.c.rules_hash,
]


def read_dossier(row: RowMapping) -> Dossier:
    return Dossier(
        id=row["id"],
        unit_code=row["unit_code"],
        period=Period.parse(row["period"]),
        procedure=row["procedure"],
        batch=row["batch"],
        state=DossierState(row["state"]),
        created=row["created"],
        filed_on=date.fromisoformat(row["filed_on"]) if row["filed_on"] else None,
        transaction=row["transaction_code"],
        number=row["number"],
        rules_hash=row["rules_hash"],
    )
