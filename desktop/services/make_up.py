"""A draft's dossier against the table of procedures: its forms, movements and papers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.services.rooms import FormsRoom
from forms.findings import Finding
from forms.model import Draft, Part, Period
from forms.packed import column_values


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
        moves = tuple(dict.fromkeys(column_values(people, "phuong_an", "tu_thang")))
        late = [move for move, month in moves if is_late(month, self.period)]
        forms = self.forms.forms_of(draft, self.procedure, self.filing_date)
        found = self._check(draft, forms, [move for move, _ in moves], on_time=True)
        return (*found, *self._check(draft, forms, late, on_time=False)) if late else found

    def _check(
        self, draft: Draft, forms: Sequence[str], moves: Iterable[str], *, on_time: bool
    ) -> tuple[Finding, ...]:
        return self.forms.check_dossier(
            self.procedure,
            forms,
            movements=_different(moves),
            papers=_different(row.get("ten_loai_van_ban") for row in draft.rows(Part.BANG_KE)),
            filing_date=self.filing_date,
            on_time=on_time,
        )


def is_late(month: str, period: Period) -> bool:
    """Whether từ tháng is before the declared month; one that cannot be read says nothing."""
    try:
        return Period.parse(month) < period
    except ValueError:
        return False


def _different(values: Iterable[str]) -> tuple[str, ...]:
    """The values that are not empty, each once, as they first came."""
    return tuple(dict.fromkeys(filter(None, values)))
