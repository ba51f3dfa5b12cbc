"""What a field of the roster or of a list is called, and how its value is written for a person."""

from datetime import datetime

from desktop.services.moments import in_vietnam
from forms.excel.kinds import Kind
from forms.excel.mapping_file import field_titles
from forms.roster.fields import fields

_MONEY = frozenset({Kind.MONEY.value, Kind.WAGE.value})
_MARKS = frozenset({"nguoi"})
_MARKS_SHOWN = {"1": "✓", "0": ""}
_SMALLEST_AMOUNT = 1_000
"""a wage below it is a coefficient"""


def title_of(key: str, lang: str) -> str:
    """The key itself for a field that nobody has named."""
    field = fields().get(key)
    if field is not None:
        return field.title_en if lang == "en" else field.title_vi
    return field_titles(lang).get(key, key)


def written(key: str, value: str) -> str:
    """Amounts as 12.500.000 đ; flags as a mark; everything else as it is kept."""
    if key in _MARKS:
        return _MARKS_SHOWN.get(value, value)
    field = fields().get(key)
    if field is None or field.kind not in _MONEY or not value.isdecimal():
        return value
    amount = int(value)
    return f"{amount:,} đ".replace(",", ".") if amount >= _SMALLEST_AMOUNT else value


def clock(moment: datetime) -> str:
    """dd/MM/yyyy HH:mm on the Vietnamese clock."""
    return f"{in_vietnam(moment):%d/%m/%Y %H:%M}"
