"""What the roster's fields are called, and which may be typed over. No Qt."""

import re
from datetime import date

from desktop.services.roster_api import ROW_STATE, PersonState, RosterField
from desktop.ui.field_values import GridField
from desktop.ui.texts import language, tr
from forms.excel.kinds import Kind

_DAY = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
ORIGIN = "origin"
"""group of fields that the program writes by itself"""


def title(field: RosterField) -> str:
    return field.title_en if language() == "en" else field.title_vi


def editable(field: RosterField) -> bool:
    return field.group != ORIGIN


def parse_day(text: str) -> date | None:
    """``dd/MM/yyyy``; None for anything else."""
    found = _DAY.fullmatch(text.strip())
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None


def grid_field(field: RosterField) -> GridField:
    """As the filters know it."""
    return GridField(key=field.key, title=title(field), kind=field.kind, code_list=field.code_list)


def state_words(state: PersonState) -> str:
    return tr(f"ui.roster.state.{state.value}")


def state_field() -> GridField:
    """What is said of people, as the filters know it."""
    few = tuple((state.value, state_words(state)) for state in PersonState)
    return GridField(key=ROW_STATE, title=tr("ui.roster.state"), kind=Kind.TEXT, few=few)
