"""What of a draft a workbook does not give back: told field by field, never dropped in silence."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from forms.excel import layout as layouts
from forms.excel.carried.values import as_held
from forms.excel.carried.writing import NUMBER
from forms.excel.layout import OWN, SheetLayout
from forms.excel.mapping_file import field_titles
from forms.findings import Finding, Severity
from forms.model import Draft, Part, Row

NO_SHEET, NO_COLUMN = "carry.no_sheet", "carry.no_column"
ROWS_LOST, CHANGED = "carry.rows_lost", "carry.changed"
_LINES_NAMED = 5


@dataclass(slots=True)
class _Lines:
    """How many rows, and the first of them."""

    count: int = 0
    first: list[int] = field(default_factory=list)

    def take(self, line: int) -> None:
        self.count += 1
        if len(self.first) < _LINES_NAMED:
            self.first.append(line)

    @property
    def named(self) -> str:
        return ", ".join(map(str, self.first)) + (", …" if self.count > len(self.first) else "")


def differences(draft: Draft, back: Draft, layout_code: str, lang: str) -> tuple[Finding, ...]:
    """``back``: what was read from the workbook that was written of ``draft``.

    Findings name sheet, line and field of the draft; ``title`` is in the language asked for.
    """
    layout = layouts.load(layout_code)
    found: list[Finding] = []
    for section in draft.sections:
        sheet, rows = layout.sheet(section.part), section.rows
        if sheet is None:
            found += [_rows(NO_SHEET, section.sheet, len(rows), rows)] if rows else []
        elif len(back.rows(section.part)) != len(rows):
            lost = len(rows) - len(back.rows(section.part))
            found.append(_rows(ROWS_LOST, section.sheet, lost, rows))
        else:
            fields = _Fields(sheet)
            fields.compare(rows, back.rows(section.part))
            found += fields.findings(section.sheet, titles(section.part, lang))
    return tuple(found)


class _Fields:
    """The fields of one list that do not come back, with the rows where they stand."""

    def __init__(self, sheet: SheetLayout) -> None:
        self._columns = {column.key: column for column in sheet.named}
        self._absent: dict[str, _Lines] = {}
        self._changed: dict[str, _Lines] = {}

    def compare(self, rows: Iterable[Row], back: Iterable[Row]) -> None:
        for before, after in zip(rows, back, strict=True):
            if before.values == after.values:
                continue
            for key in {**before.values, **after.values}:
                self._compare(key, before, after)

    def _compare(self, key: str, before: Row, after: Row) -> None:
        column = self._columns.get(key)
        if column is None:
            self._absent.setdefault(key, _Lines()).take(before.line)
            return
        numbered = key == NUMBER and not before.get(key)
        if not numbered and as_held(column, before.get(key)) != after.get(key):
            self._changed.setdefault(key, _Lines()).take(before.line)

    def findings(self, sheet: str, titles: "Titles") -> Iterator[Finding]:
        for code, grave, told in (
            (CHANGED, Severity.ERROR, self._changed),
            (NO_COLUMN, Severity.WARNING, self._absent),
        ):
            for key, lines in told.items():
                yield Finding(
                    code=code,
                    severity=grave,
                    sheet=sheet,
                    row=lines.first[0],
                    field=key,
                    params={
                        "title": titles.get(key, key),
                        "count": lines.count,
                        "lines": lines.named,
                    },
                )


Titles = dict[str, str]
"""field key → title for a person"""


def titles(part: Part, lang: str) -> Titles:
    """Of every field that a list of that part may have."""
    own = layouts.load(OWN).sheet(part)
    known = {column.key: column.title for column in own.named} if own else {}
    return {**known, **field_titles(lang)} if part is Part.LAO_DONG or lang == "en" else known


def _rows(code: str, sheet: str, count: int, rows: Sequence[Row]) -> Finding:
    grave = Severity.WARNING if code == NO_SHEET else Severity.ERROR
    line = next((each.line for each in rows), None)
    return Finding(
        code=code, severity=grave, sheet=sheet, row=line, params={"sheet": sheet, "count": count}
    )
