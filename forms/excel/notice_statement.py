"""C12-TS on a sheet, under either decision: one column for BHXH, or one each for ÔĐTS and HTTT."""

import re
from collections.abc import Iterator
from pathlib import Path

from forms.excel.clean_text import shown, tidy
from forms.excel.notice_about import about
from forms.excel.notice_sheet import Grid, Heading, find_heading
from forms.findings import Finding
from forms.reconcile.notice import Column, Statement
from forms.reconcile.notice_layouts import STATEMENT, headings
from forms.reconcile.statement_builder import RawLine, build_statement

_NUMBER, _LABEL = "stt", "noi_dung"
_NEEDED = frozenset({_NUMBER, _LABEL, Column.BHYT, Column.BHTN})
_STATEMENTS_BELOW = re.compile(r"[a-zđ]\)\s", re.IGNORECASE)
"""``a) Kết quả đơn vị đã đóng …`` ends the table"""


def read_statement(grid: Grid, path: Path) -> tuple[Statement, tuple[Finding, ...]] | None:
    """None when the sheet holds no such table."""
    heading = find_heading(grid, headings(STATEMENT), _NEEDED)
    if heading is None:
        return None
    return build_statement(list(_lines(grid, heading)), about(grid, heading.line, path))


def _lines(grid: Grid, heading: Heading) -> Iterator[RawLine]:
    money = {column: heading.columns[column] for column in Column if column in heading.columns}
    for line in range(heading.line + 1, len(grid.rows) + 1):
        number = tidy(shown(grid.cell(line, heading.columns[_NUMBER])))
        label = tidy(shown(grid.cell(line, heading.columns[_LABEL])))
        if _STATEMENTS_BELOW.match(number) or _STATEMENTS_BELOW.match(label):
            return
        if label and len(label) > 1:
            yield RawLine(
                number=number,
                label=label,
                cells={column: grid.cell(line, at) for column, at in money.items()},
                places={column: grid.place(line, at) for column, at in money.items()},
                broken=frozenset(c for c, at in money.items() if grid.is_broken(line, at)),
            )
