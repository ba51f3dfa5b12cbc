"""A draft's forms as PDF files. Loads the PDF library: only where something is printed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count

from forms.model import Draft, Period, Unit
from forms.paper.document import PaperDocument
from forms.paper.notices import notice_forms
from forms.paper.pdf import write_pdf
from forms.paper.printing import PaperForm, paper_forms
from forms.reconcile.notice import ParticipantList, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedForm:
    """One printed form."""

    name: str
    """of its file, such as ``D02-LT.pdf``"""
    code: str
    official: bool
    """False: the printed look of this version is not known, or not in every line; the paper says
    so itself"""
    document: PaperDocument
    """the pages, for a screen or a printer"""
    content: bytes
    """the same as PDF/A-2b"""

    @property
    def pages(self) -> int:
        return len(self.document.pages)


def print_forms(
    draft: Draft,
    unit: Unit,
    period: Period,
    *,
    procedure: str,
    filing_date: date,
    made: datetime,
    only: str = "",
    practice: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[PrintedForm, ...]:
    """The forms that the draft has rows for, in the order of the envelope; ``only``: one of them,
    by any of its names; ``practice``: every page says so; ``progress``: told pages written, and
    all. Raises as ``paper_forms``, and what ``progress`` raises.
    """
    forms = paper_forms(
        draft,
        unit,
        period,
        procedure=procedure,
        filing_date=filing_date,
        only=only,
        practice=practice,
    )
    return _written(forms, made, progress)


def print_notices(
    statement: Statement | None,
    participants: ParticipantList | None,
    unit: Unit,
    period: Period,
    *,
    made: datetime,
    practice: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[PrintedForm, ...]:
    """C12-TS and D09-TS as they were read. Raises as ``notice_forms``, and what ``progress``
    raises."""
    forms = notice_forms(statement, participants, unit, period, practice=practice)
    return _written(forms, made, progress)


def _written(
    forms: Sequence[PaperForm], made: datetime, progress: Callable[[int, int], None] | None
) -> tuple[PrintedForm, ...]:
    pages, written = sum(len(form.document.pages) for form in forms), count()

    def tell() -> None:
        if progress:
            progress(next(written), pages)

    return tuple(
        PrintedForm(
            name=f"{form.code}.pdf",
            code=form.code,
            official=form.official,
            document=form.document,
            content=write_pdf(form.document, made=made, each_page=tell),
        )
        for form in forms
    )
