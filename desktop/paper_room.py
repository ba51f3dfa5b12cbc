"""Forms and notices as PDF. The library that writes them is loaded when something is printed."""

from collections.abc import Sequence
from datetime import date, datetime

from desktop.services.progress import Progress
from desktop.services.rooms import PrintedForm
from forms.model import Draft, Period, Unit
from forms.reconcile.notice import ParticipantList, Statement


def print_draft(
    draft: Draft,
    unit: Unit,
    period: Period,
    *,
    procedure: str,
    filing_date: date,
    made: datetime,
    only: str = "",
    practice: bool = False,
    progress: Progress | None = None,
) -> Sequence[PrintedForm]:
    from forms.paper.files import print_forms

    return print_forms(
        draft,
        unit,
        period,
        procedure=procedure,
        filing_date=filing_date,
        made=made,
        only=only,
        practice=practice,
        progress=progress,
    )


def print_notices(
    statement: Statement | None,
    participants: ParticipantList | None,
    unit: Unit,
    period: Period,
    *,
    made: datetime,
    practice: bool = False,
    progress: Progress | None = None,
) -> Sequence[PrintedForm]:
    from forms.paper.files import print_notices as written

    return written(
        statement,
        participants,
        unit,
        period,
        made=made,
        practice=practice,
        progress=progress,
    )
