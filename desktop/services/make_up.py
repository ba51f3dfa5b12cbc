"""A draft's dossier against the table of procedures: its forms, movements and papers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.services.rooms import FormsRoom
from forms.findings import Finding
from forms.model import Draft, Part, Period, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeUp:
    """What is asked of a dossier as a whole on its filing date."""

    forms: FormsRoom
    procedure: str
    period: Period
    filing_date: date

    def findings(self, draft: Draft) -> tuple[Finding, ...]:
        """Nothing for a draft without people: the check of its rows says so already.

        Papers are asked for with what is reported late, not with what stands beside it.
        """
        people = draft.rows(Part.LAO_DONG)
        if not people:
            return ()
        late = [row for row in people if is_late(row, self.period)]
        found = self._check(draft, people, on_time=True)
        return (*found, *self._check(draft, late, on_time=False)) if late else found

    def _check(self, draft: Draft, rows: Sequence[Row], *, on_time: bool) -> tuple[Finding, ...]:
        return self.forms.check_dossier(
            self.procedure,
            self.forms.forms_of(draft, self.procedure, self.filing_date),
            movements=_different(row.get("phuong_an") for row in rows),
            papers=_different(row.get("ten_loai_van_ban") for row in draft.rows(Part.BANG_KE)),
            filing_date=self.filing_date,
            on_time=on_time,
        )


def is_late(row: Row, period: Period) -> bool:
    """Whether it begins before the declared month; a month that cannot be read says nothing."""
    try:
        return Period.parse(row.get("tu_thang")) < period
    except ValueError:
        return False


def _different(values: Iterable[str]) -> tuple[str, ...]:
    """The values that are not empty, each once, as they first came."""
    return tuple(dict.fromkeys(filter(None, values)))
