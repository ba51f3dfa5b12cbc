"""Printing a dossier: what stands in the draft, in the versions of its day of filing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pytest

from desktop.services.moments import filing_day
from desktop.services.printing import PrintForms
from desktop.services.progress import Progress
from forms.model import Draft, Period, Unit
from resources.faults import UsageFault
from tests.fakes.desk import Desk
from tests.fakes.services import FakePrint


@dataclass
class _Printer:
    """Prints D02-LT, and keeps what it was asked."""

    days: list[date] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    practised: list[bool] = field(default_factory=list)
    offset: list[timedelta | None] = field(default_factory=list)

    def __call__(
        self,
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
    ) -> Sequence[FakePrint]:
        self.practised.append(practice)
        self.days.append(filing_date)
        self.drafts.append(draft)
        self.offset.append(made.utcoffset())
        return (FakePrint(),) if only in ("", "D02-LT") else ()


def _printing(desk: Desk, printer: _Printer) -> PrintForms:
    return PrintForms(store=desk.store, print_draft=printer, clock=lambda: desk.now, practice=True)


def test_a_draft_is_printed_as_of_today(desk: Desk) -> None:
    dossier, printer = desk.imported(), _Printer()
    assert [form.code for form in _printing(desk, printer)(dossier)] == ["D02-LT"]
    assert printer.days == [filing_day(desk.now)]
    assert printer.drafts == [desk.services.draft(dossier)]
    assert printer.practised == [True]
    assert printer.offset == [timedelta(hours=7)]


def test_built_forms_are_printed_as_of_the_day_they_were_built(desk: Desk) -> None:
    dossier, printer = desk.built(), _Printer()
    filed = desk.services.dossier(dossier).filed_on
    desk.now += timedelta(days=40)
    _printing(desk, printer)(dossier)
    assert printer.days == [filed]


def test_what_is_not_there_cannot_be_printed(desk: Desk) -> None:
    dossier, printing = desk.imported(), _printing(desk, _Printer())
    with pytest.raises(UsageFault) as refused:
        printing(dossier, form="TK3-TS")
    assert refused.value.code == "print.no_such_form"
    with pytest.raises(UsageFault) as refused:
        printing("ZZ0001Z-2026-11-600-9")
    assert refused.value.code == "dossier.unknown"


def test_a_draft_without_rows_has_nothing_to_print(desk: Desk) -> None:
    """The room of these tests prints nothing."""
    with pytest.raises(UsageFault) as refused:
        desk.services.print_forms(desk.imported())
    assert refused.value.code == "print.nothing"
