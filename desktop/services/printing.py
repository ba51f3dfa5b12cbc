"""The forms of a dossier on paper: as PDF files, to look at, print and keep."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.services.moments import filing_day, in_vietnam
from desktop.services.ports import Clock, Store
from desktop.services.progress import Progress
from desktop.services.rooms import PrintDraft, PrintedForm
from resources.faults import UsageFault

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintForms:
    """What the draft says, in the versions of the day of filing; nothing is stored."""

    store: Store
    print_draft: PrintDraft
    clock: Clock
    practice: bool

    def __call__(
        self, dossier_id: str, *, form: str = "", progress: Progress | None = None
    ) -> Sequence[PrintedForm]:
        """In the order of the envelope; ``form``: one of them, by any of its names.

        Raises UsageFault ``dossier.unknown``, ``print.nothing``, ``print.no_such_form`` and
        ``form.*`` for a form that is not in force on the day.
        """
        printed = self.whatever(dossier_id, form=form, progress=progress)
        if not printed:
            raise _nothing(dossier_id, form)
        return printed

    def whatever(
        self, dossier_id: str, *, form: str = "", progress: Progress | None = None
    ) -> Sequence[PrintedForm]:
        """As a call, but none where nothing is to be printed."""
        with self.store.reading() as work:
            dossier = work.dossiers.get(dossier_id)
            unit = work.units.get(dossier.unit_code)
            draft = work.dossiers.draft(dossier_id)
        now = self.clock()
        printed = self.print_draft(
            draft,
            unit,
            dossier.period,
            procedure=dossier.procedure,
            filing_date=dossier.filed_on or filing_day(now),
            made=in_vietnam(now),
            only=form,
            practice=self.practice,
            progress=progress,
        )
        _LOG.info("printed %s: %d forms", dossier_id, len(printed))
        return printed


def _nothing(dossier_id: str, form: str) -> UsageFault:
    if form:
        return UsageFault("print.no_such_form", dossier=dossier_id, form=form)
    return UsageFault("print.nothing", dossier=dossier_id)
