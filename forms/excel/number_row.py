"""The row below a printed heading that numbers the columns: A, B, 1, 2, 3 …"""

import re
from collections.abc import Sequence
from itertools import pairwise

from forms.excel.clean_text import shown, tidy
from forms.excel.cleaned import Raw

_MARK = re.compile(
    r"[\[(]?([A-ZĐ]|\d{1,2})[\])]?(?:\s*[=+\-x*/÷.]\s*[\[(]?\d{1,2}[\])]?)*\Z",
)
_FEWEST = 3


def is_number_row(cells: Sequence[Raw]) -> bool:
    """Whether every cell that holds something is a letter or the next number."""
    marks = [tidy(shown(cell)) for cell in cells if tidy(shown(cell))]
    found = [_MARK.match(mark) for mark in marks]
    numbers = [int(one[1]) for one in found if one and one[1].isdecimal()]
    ascending = all(after > before for before, after in pairwise(numbers))
    return len(marks) >= _FEWEST and all(found) and ascending and len(numbers) >= len(marks) // 2
