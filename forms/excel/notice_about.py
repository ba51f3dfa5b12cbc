"""Unit and month of a notice, from the text above its table."""

import re
from pathlib import Path

from forms.excel.clean_text import tidy
from forms.excel.notice_sheet import Grid
from forms.model import Period
from forms.reconcile.statement_builder import About

_MONTH = re.compile(r"tháng\s*:?\s*([0-9]{1,2})\s*(?:/|-|năm)\s*:?\s*([0-9]{4})\b", re.IGNORECASE)
_UNIT = re.compile(r"mã đơn vị\s*:?\s*([0-9A-Z]{7,13})\b", re.IGNORECASE)


def about(grid: Grid, line: int, path: Path) -> About:
    """``line``: where the table begins."""
    text = tidy(grid.text_above(line))
    unit = _UNIT.search(text)
    return About(
        unit_code=unit[1].upper() if unit else "", period=first_month(text), source=path.name
    )


def first_month(text: str) -> Period | None:
    """The first month that a text names and that exists."""
    for found in _MONTH.finditer(text):
        month, year = int(found[1]), int(found[2])
        if 1 <= month <= 12 and 1990 <= year <= 2100:
            return Period(year, month)
    return None
