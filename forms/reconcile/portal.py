"""C12-TS as the portal gives it: a JSON list of rows by code (wire format §5.5).

``{…, c12s[]{tenDonVi, maDonVi, diaChi, stt, noiDung, bhxh, bhyt, bhtn, bhtnld, cong}}``, numbers as
strings. The list carries no month. What wraps it is not relied on: the first list of rows with
``stt`` and ``noiDung`` is taken.
"""

import json
from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any

from forms.model import Period
from forms.reconcile.notice import Column, Notices, Place
from forms.reconcile.statement_builder import About, RawLine, build_statement
from resources.faults import DataFault

_NUMBER, _LABEL, _UNIT = "stt", "noiDung", "maDonVi"
_FIELDS: Mapping[str, Column] = {
    "bhxh": Column.BHXH,
    "odts": Column.ODTS,
    "httt": Column.HTTT,
    "bhyt": Column.BHYT,
    "bhtn": Column.BHTN,
    "bhtnld": Column.TNLD,
    "cong": Column.TOTAL,
}
_MOST_NODES = 10_000

Row = Mapping[str, Any]


def read_portal(content: bytes, *, source: str, period: Period | None = None) -> Notices:
    """``period``: the month that was asked for, as the rows do not say it.

    Raises DataFault ``notice.broken_json``, ``notice.not_recognised``.
    """
    try:
        document = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise DataFault("notice.broken_json", file=source) from error
    rows = _rows(document)
    fields = [name for name in _FIELDS if any(name in row for row in rows)]
    if not fields:
        raise DataFault("notice.not_recognised", file=source)
    unit = next((str(row[_UNIT]).strip() for row in rows if row.get(_UNIT)), "")
    about = About(unit_code=unit, period=period, source=source)
    raw = [_line(row, number, fields) for number, row in enumerate(rows, start=1)]
    statement, findings = build_statement(raw, about)
    return Notices(statement=statement, findings=findings)


def _rows(document: object) -> Sequence[Row]:
    """Breadth first, so that no wrapping of any depth matters."""
    queue = deque([document])
    for _ in range(_MOST_NODES):
        if not queue:
            break
        node = queue.popleft()
        if isinstance(node, list):
            rows = [entry for entry in node if isinstance(entry, dict) and _NUMBER in entry]
            if rows and any(_LABEL in row for row in rows):
                return rows
            queue.extend(node)
        elif isinstance(node, dict):
            queue.extend(node.values())
    return ()


def _line(row: Row, number: int, fields: Sequence[str]) -> RawLine:
    return RawLine(
        number=_text(row.get(_NUMBER)),
        label=_text(row.get(_LABEL)),
        cells={_FIELDS[name]: row.get(name) for name in fields},
        places={_FIELDS[name]: Place(row=number, field=name) for name in fields},
    )


def _text(value: object) -> str:
    return "" if value is None else str(value)
