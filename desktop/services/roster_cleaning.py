"""What a person typed for the roster, cleaned as in an import and refused where not understood."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from desktop.services.roster_api import Edit
from forms.codes import code_list
from forms.excel.layout import load
from forms.model import Part
from forms.roster.fields import Field, fields
from forms.roster.taking_in import LAST_MOVEMENT, LAST_PERIOD, STATE
from resources.faults import DataFault, UsageFault

Clean = Callable[[str, str], tuple[str, str | None]]
"""(kind, typed text) → (canonical text, code of why it was not understood)"""

KEPT = frozenset({LAST_MOVEMENT, LAST_PERIOD})
"""said by the imports alone"""


def cleaned_edits(clean: Clean, edits: Sequence[Edit]) -> list[Edit]:
    """Raises DataFault ``roster.not_understood``, UsageFault ``roster.field_unknown``,
    ``roster.field_kept``, ``roster.name_needed``. The same text is cleaned once."""
    known: dict[tuple[str, str], str] = {}
    found = []
    for edit in edits:
        asked = (edit.key, edit.text)
        if asked not in known:
            known[asked] = cleaned_value(clean, *asked)
        if edit.key == "ho_ten" and not known[asked]:
            raise UsageFault("roster.name_needed")
        found.append(replace(edit, text=known[asked]))
    return found


def cleaned_values(clean: Clean, values: Mapping[str, str]) -> dict[str, str]:
    """As ``cleaned_edits``; empty ones are left out."""
    found = {key: cleaned_value(clean, key, text) for key, text in values.items()}
    return {key: text for key, text in found.items() if text}


def cleaned_members(clean: Clean, members: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """Members of a household, whose fields are those of the part ``phu_luc``. Raises as above."""
    return [
        {key: _cleaned_of_member(clean, key, text) for key, text in member.items()}
        for member in members
    ]


def _cleaned_of_member(clean: Clean, key: str, text: str) -> str:
    kind = _member_kinds().get(key)
    if kind is None:
        raise UsageFault("roster.field_unknown", field=key)
    value, fault = clean(kind, text)
    if fault is not None:
        raise DataFault("roster.not_understood", field=key, value="…")
    return value


@cache
def _member_kinds() -> Mapping[str, str]:
    sheet = load(HOUSEHOLD_LAYOUT).sheet(Part.PHU_LUC)
    return {column.key: column.kind.value for column in sheet.named} if sheet else {}


HOUSEHOLD_LAYOUT = "vnpt-d02-tk1-2025-11"


def cleaned_value(clean: Clean, key: str, text: str) -> str:
    field = fields().get(key)
    if field is None:
        raise UsageFault("roster.field_unknown", field=key)
    if key in KEPT:
        raise UsageFault("roster.field_kept", field=key)
    value, fault = clean(field.kind, text)
    if fault is not None or not _listed(field, value):
        raise DataFault("roster.not_understood", field=key, value=_sayable(field, text))
    return value


def _listed(field: Field, value: str) -> bool:
    """The state is the program's own; all other lists may lack a good code."""
    if field.key != STATE or not value or field.code_list is None:
        return True
    return code_list(field.code_list).contains(value)


_PERSONAL = frozenset({"identity", "contact", "bank", "household"})


def _sayable(field: Field, text: str) -> str:
    """A fault may be logged: what tells who somebody is, is not in it."""
    return "…" if field.group in _PERSONAL else text[:50]
