"""What the unit has declared already in other dossiers of the same month."""

from desktop.services.ports import Reading
from forms.model import DossierState, Part, Period, Row

NOT_DECLARED = frozenset({DossierState.DRAFT, DossierState.CHECKED, DossierState.REJECTED})
"""still ours to change, or refused by the agency; a signed one may have been carried by hand"""


def declared_elsewhere(
    work: Reading, unit_code: str, period: Period, *, but: str = ""
) -> tuple[Row, ...]:
    """Rows of the main list, the oldest dossier first. ``but``: id of the dossier that asks."""
    others = [
        dossier
        for dossier in reversed(work.dossiers.all(unit_code))
        if dossier.period == period and dossier.state not in NOT_DECLARED and dossier.id != but
    ]
    drafts = (work.dossiers.draft(dossier.id) for dossier in others)
    return tuple(row for draft in drafts for row in draft.rows(Part.LAO_DONG))
