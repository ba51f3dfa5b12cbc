"""What is said of the month as a whole: a month missing or another one, notes with a gap."""

from collections.abc import Iterator, Sequence
from functools import cache

from forms.months.calendar import contract_months_short
from forms.months.case import Setting
from forms.months.data import notes
from forms.months.model import Proposed, Question, Snapshot, Values
from forms.months.notes import Note, note, placeholders


def about_month(old: Snapshot, new: Snapshot, setting: Setting) -> Iterator[Question]:
    before = setting.period.plus(-1)
    if not new.people:
        yield _aloud("empty", "months.ask.no_current", month=setting.period.wire)
    if setting.old_month is not None and setting.old_month != before and old.people:
        yield _aloud(
            "other", "months.ask.other_month", found=setting.old_month.wire, wanted=before.wire
        )


def unfinished_notes(movements: Sequence[Proposed]) -> Iterator[Question]:
    """How many notes lack a number or a date that the lists do not hold: said once."""
    lacking = [each for each in movements if _lacks(each)]
    if lacking:
        codes = ", ".join(sorted({each.phuong_an for each in lacking}))
        yield _aloud("notes", "months.said.notes", count=len(lacking), movements=codes)


def _lacks(movement: Proposed) -> bool:
    """The note of a template stands there with a part left out."""
    values = movement.values
    written = (_written(kind, values) for kind in _kinds(movement.phuong_an))
    return any(each.missing and each.text == values.get("ghi_chu") for each in written)


def _written(kind: str, values: Values) -> Note:
    asked = "months" in placeholders(kind)
    return note(kind, values, {"months": str(contract_months_short(values) or "")} if asked else {})


@cache
def _kinds(code: str) -> tuple[str, ...]:
    """Templates of a phương án that ask for something."""
    own = (kind for kind in notes().templates if code and kind.startswith(code))
    return tuple(kind for kind in own if placeholders(kind))


def _aloud(name: str, code: str, **params: str | int) -> Question:
    return Question(id=f"month?{name}", code=code, params=params, person=None)
