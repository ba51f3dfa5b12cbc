"""D09-TS on a sheet: who takes part on what wage base, in four groups of lines."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from forms.excel.clean_text import shown, tidy
from forms.excel.cleaned import Raw
from forms.excel.cleaning import clean_value, finding_of
from forms.excel.kinds import Kind
from forms.excel.notice_about import about, first_month
from forms.excel.notice_sheet import Grid, Heading, find_heading
from forms.findings import Finding, Severity
from forms.reconcile.figures import UnreadableFigure, read_figure
from forms.reconcile.notice import (
    JOINT,
    Column,
    Figure,
    Participant,
    ParticipantList,
    Standing,
)
from forms.reconcile.notice_layouts import (
    PARTICIPANTS,
    headings,
    letters,
    total_words,
    words,
)
from forms.reconcile.participants import list_findings
from forms.rules.persons import Leave

_NAME, _NUMBER, _BIRTH, _NOTE, _ORDER = "ho_ten", "ma_so_bhxh", "ngay_sinh", "ghi_chu", "stt"
_NEEDED = frozenset({_NAME, _NUMBER, Column.BHXH, Column.BHYT})
_PREFIX = re.compile(r"(?:[0-9]{1,2}|[IVX]{1,4}|[A-DĐ])\s*[.):\-–]?\s+", re.IGNORECASE)
_PAID_TO = re.compile(r"đến hết\s+(tháng.*)", re.IGNORECASE)
_DONG = "dong"


def read_people(grid: Grid, path: Path) -> tuple[ParticipantList, tuple[Finding, ...]] | None:
    """None when the sheet holds no such table."""
    heading = find_heading(grid, headings(PARTICIPANTS), _NEEDED)
    if heading is None:
        return None
    reader = _Reader(grid, heading)
    reader.read()
    of = about(grid, heading.line, path)
    found = ParticipantList(
        unit_code=of.unit_code,
        period=of.period,
        source=of.source,
        people=tuple(reader.people),
        totals=reader.totals,
    )
    return found, (*reader.findings, *list_findings(found))


class _Reader:
    """Goes down the list once."""

    def __init__(self, grid: Grid, heading: Heading) -> None:
        self._grid = grid
        self._heading = heading
        self._standing = Standing.TAKING_PART
        self.people: list[Participant] = []
        self.totals: Mapping[Column, Figure] = {}
        self.findings: list[Finding] = []

    def read(self) -> None:
        last = self._last_total()
        for line in range(self._heading.line + 1, last or len(self._grid.rows) + 1):
            group = self._group(line)
            if group:
                self._standing = group
            elif self._is_person(line):
                self.people.append(self._person(line))
        if last:
            self.totals, _ = self._figures(last)

    def _last_total(self) -> int:
        """The line Cộng, below which only signatures stand; 0 when there is none."""
        lines = range(len(self._grid.rows), self._heading.line, -1)
        return next((line for line in lines if self._is_total(line)), 0)

    def _is_total(self, line: int) -> bool:
        return not self._text(line, _NUMBER) and letters(self._text(line, _NAME)) in total_words()

    def _group(self, line: int) -> Standing | None:
        """A line without a person that names a group, numbered or not."""
        if self._text(line, _NUMBER) or self._text(line, _BIRTH):
            return None
        for text in (self._text(line, _NAME), self._text(line, _ORDER)):
            known = words(PARTICIPANTS, "groups")
            key = known.get(letters(text)) or known.get(letters(_PREFIX.sub("", text, count=1)))
            if key:
                return Standing(key)
        return None

    def _is_person(self, line: int) -> bool:
        """Not the line of column numbers, a total, a caption, or a signature."""
        name, number = self._text(line, _NAME), self._text(line, _NUMBER)
        if len(name) < 2 or self._is_total(line):
            return False
        money = "".join(self._text(line, column) for column in JOINT)
        return bool(number or self._text(line, _BIRTH) or any(map(str.isdecimal, money)))

    def _person(self, line: int) -> Participant:
        bases, unreadable = self._figures(line)
        note = self._text(line, _NOTE)
        number = self._cleaned(line, _NUMBER, Kind.SOCIAL_NUMBER)
        if not number:
            self._find("notice.person_without_number", line, _NUMBER)
        return Participant(
            number=number,
            name=self._text(line, _NAME),
            birth=self._cleaned(line, _BIRTH, Kind.PARTIAL_DATE),
            standing=self._standing,
            bases=bases,
            unreadable=unreadable,
            leave=leave_of(note),
            paid_to=first_month(found[1]) if (found := _PAID_TO.search(note)) else None,
            note=note,
            place=self._grid.place(line, self._heading.columns[_NAME]),
        )

    def _figures(self, line: int) -> tuple[dict[Column, Figure], frozenset[Column]]:
        figures: dict[Column, Figure] = {}
        unreadable: set[Column] = set()
        for column in self._money():
            at = self._heading.columns[column]
            try:
                amount = self._amount(line, at)
            except UnreadableFigure:
                unreadable.add(column)
                text = tidy(shown(self._cell(line, column)))[:100]
                self._find("notice.base_unreadable", line, column, text=text)
            else:
                if amount is not None:
                    figures[column] = Figure(amount, self._grid.place(line, at))
        return figures, frozenset(unreadable)

    def _money(self) -> Iterator[Column]:
        return (column for column in JOINT if column in self._heading.columns)

    def _amount(self, line: int, at: int) -> int | None:
        if self._grid.is_broken(line, at):
            raise UnreadableFigure
        amount = read_figure(self._grid.cell(line, at), _DONG)
        if amount is not None and amount < 0:
            raise UnreadableFigure
        return None if amount is None else int(amount)

    def _cell(self, line: int, key: str) -> Raw:
        at = self._heading.columns.get(key)
        return None if at is None else self._grid.cell(line, at)

    def _text(self, line: int, key: str) -> str:
        return tidy(shown(self._cell(line, key)))

    def _cleaned(self, line: int, key: str, kind: Kind) -> str:
        """Empty when it is not what the column should hold; then there is a finding."""
        raw = self._cell(line, key)
        cleaned = clean_value(kind, raw)
        if cleaned.fault_code is None:
            return cleaned.value
        place = self._grid.place(line, self._heading.columns[key])
        self.findings.append(
            finding_of(
                cleaned.fault_code,
                raw,
                cleaned.value,
                sheet=self._grid.sheet,
                row=line,
                column=place.column,
                field=key,
            )
        )
        return ""

    def _find(self, code: str, line: int, key: str, **params: str) -> None:
        place = self._grid.place(line, self._heading.columns[key])
        severity = Severity.ERROR if params else Severity.WARNING
        self.findings.append(
            Finding(
                code=code,
                severity=severity,
                sheet=place.sheet,
                row=line,
                column=place.column,
                field=key,
                params=params,
            )
        )


def leave_of(note: str) -> Leave | None:
    """The kind of leave that a note names."""
    text = letters(note)
    found = (kind for word, kind in words(PARTICIPANTS, "leave").items() if word in text)
    return next((Leave(kind) for kind in found), None)
