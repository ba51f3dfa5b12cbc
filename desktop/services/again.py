"""A draft beside the workbook that it came from, read again after mending.

Rows are known by their sheet and line, so a row that was put in or taken out moves all below it.
That is noticed by who stands in the rows that had nothing to mend.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from forms.codes import fold
from forms.findings import Finding, Severity
from forms.model import Draft, Part, Row, Section
from resources.faults import DataFault

IDENTITY = ("ho_ten", "cccd", "ma_so_bhxh")
NUMBER = "stt"
"""by which the lists of household members and papers name the person"""
_LINES_NAMED = 5

Place = tuple[str, int]
"""sheet, line"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """``draft``: as it is with the rows taken; ``people``: only those whom they concern."""

    draft: Draft
    people: Draft
    taken: frozenset[Place]
    remarks: tuple[Finding, ...]

    @property
    def count(self) -> int:
        return len(self.taken)

    def took(self, finding: Finding) -> bool:
        return (finding.sheet, finding.row) in self.taken


def compared(before: Draft, after: Draft, lines: Collection[Place], *, file: str) -> Again:
    """``lines``: of the rows to be taken; ``file``: the name of the workbook.

    A row of them that was emptied is taken out of the draft. Raises DataFault
    ``import.other_workbook`` when the workbook does not fit the draft, ``import.rows_added`` when
    somebody stands in a line that was empty.
    """
    sections: list[Section] = []
    remarks: list[Finding] = []
    for old in before.sections:
        new = after.section(old.part)
        if new is None or new.sheet != old.sheet or dict(new.columns) != dict(old.columns):
            raise DataFault("import.other_workbook", file=file)
        wanted = {line for sheet, line in lines if sheet == old.sheet}
        pairs = _pairs(old, new, file)
        _refuse_others(pairs, wanted, file)
        sections.append(replace(old, rows=tuple(_merged(pairs, wanted))))
        remarks += _remarks(old.sheet, pairs, wanted)
    draft = replace(before, sections=tuple(sections))
    taken = frozenset(lines)
    return Again(draft=draft, people=_concerned(draft, taken), taken=taken, remarks=tuple(remarks))


Pair = tuple[Row, Row | None]
"""a row of the draft, and the same line of the workbook if somebody stands there"""


def _pairs(old: Section, new: Section, file: str) -> Sequence[Pair]:
    found = {row.line: row for row in new.rows}
    pairs = [(row, found.pop(row.line, None)) for row in old.rows]
    gone = next((row for row, now in pairs if now is None), None)
    if found and gone is None:
        raise DataFault("import.rows_added", file=file, sheet=old.sheet, row=min(found))
    if found:
        raise DataFault("import.other_workbook", file=file)
    return pairs


def _refuse_others(pairs: Sequence[Pair], wanted: Collection[int], file: str) -> None:
    for row, now in pairs:
        same = _is_mended(row, now) if row.line in wanted else _is_same(row, now)
        if not same:
            raise DataFault("import.other_workbook", file=file)


def _is_same(row: Row, now: Row | None) -> bool:
    return now is not None and all(row.get(key) == now.get(key) for key in IDENTITY)


def _is_mended(row: Row, now: Row | None) -> bool:
    """The same person, although a name or a number was put right; or nobody any more."""
    if now is None:
        return True
    known = [key for key in IDENTITY if row.get(key)]
    if any(fold(row.get(key)) == fold(now.get(key)) for key in known):
        return True
    return len(known) <= 1 and _alike(row.values, now.values)


def _alike(values: Mapping[str, str], now: Mapping[str, str]) -> bool:
    """In half of all that is no identity."""
    others = [key for key in values if key not in IDENTITY]
    return 2 * sum(values[key] == now.get(key) for key in others) >= len(others)


def _merged(pairs: Sequence[Pair], wanted: Collection[int]) -> Iterator[Row]:
    for row, now in pairs:
        taken = now if row.line in wanted else row
        if taken is not None:
            yield taken


def _remarks(sheet: str, pairs: Sequence[Pair], wanted: Collection[int]) -> Iterator[Finding]:
    """What a person may not have meant: said, for a wrong figure costs money."""
    gone = [row.line for row, now in pairs if now is None]
    others = [
        row.line
        for row, now in pairs
        if row.line not in wanted and now is not None and dict(row.values) != dict(now.values)
    ]
    for code, lines in (("workbook.rows_emptied", gone), ("workbook.change_not_taken", others)):
        if lines:
            named = ", ".join(map(str, lines[:_LINES_NAMED]))
            more = " …" if len(lines) > _LINES_NAMED else ""
            yield Finding(
                code=code,
                severity=Severity.WARNING,
                sheet=sheet,
                params={"count": len(lines), "lines": named + more},
            )


def _concerned(draft: Draft, taken: Collection[Place]) -> Draft:
    """The people of these rows, with all that the other lists say of them."""
    numbers = {
        row.get(NUMBER)
        for section in draft.sections
        for row in section.rows
        if (section.sheet, row.line) in taken
    } - {""}
    sections = tuple(
        replace(section, rows=tuple(_rows_of(section, taken, numbers)))
        for section in draft.sections
        if section.part in (Part.LAO_DONG, Part.PHU_LUC)
    )
    return replace(draft, sections=sections)


def _rows_of(section: Section, taken: Collection[Place], numbers: Collection[str]) -> Iterator[Row]:
    for row in section.rows:
        own = section.part is Part.LAO_DONG and (section.sheet, row.line) in taken
        if own or row.get(NUMBER) in numbers:
            yield row
