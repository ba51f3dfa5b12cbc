"""Which known layout a workbook has: of all that fit, the one that knows most of its columns."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from forms.excel.cleaned import Raw
from forms.excel.layout import Grade, Layout, SheetLayout
from forms.excel.letters import to_letters
from forms.excel.matching import HEADER_SEARCH_ROWS, SheetMatch, find_header, folded
from forms.excel.sources.facts import Merged
from forms.findings import Finding, Severity


class SheetLike(Protocol):
    """A sheet laid out; lines and columns are 1-based."""

    name: str

    def rows(self) -> Iterator[Sequence[Raw]]: ...
    @property
    def first_column(self) -> int: ...
    @property
    def last_line(self) -> int: ...
    @property
    def merged(self) -> tuple[Merged, ...]: ...


FindSheet = Callable[[SheetLayout, str], SheetMatch | None]
"""looks for a sheet of a layout in the sheet of that name"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """A layout and the sheets of the workbook that are its own, required ones first."""

    layout: Layout
    matches: tuple[SheetMatch, ...]
    remarks: tuple[Finding, ...] = ()

    @property
    def findings(self) -> Iterator[Finding]:
        """What a person must be told of the layout as a whole."""
        main = self.matches[0]
        yield from self.remarks
        if self.layout.people_only:
            yield _finding("layout.people_only", main, layout=self.layout.title_vi)
        if self.layout.grade is not Grade.CERTAIN:
            yield _finding("layout.not_seen", main, layout=self.layout.title_vi)
        for match in self.matches:
            if match.unread:
                names = ", ".join(
                    f"{to_letters(number)} “{column.title}”"
                    for number, column in sorted(match.unread.items())
                )
                yield _finding("layout.columns_unread", match, names=names)


def finder(load: Callable[[str], SheetLike]) -> FindSheet:
    """Looks in the first lines of a sheet that ``load`` lays out."""

    def find(layout: SheetLayout, name: str) -> SheetMatch | None:
        sheet = load(name)
        top = islice(sheet.rows(), HEADER_SEARCH_ROWS)
        return find_header(layout, name, top, sheet.first_column, sheet.merged)

    return find


def recognise(
    sheet_names: Sequence[str], find: FindSheet, candidates: Iterable[Layout]
) -> Recognised | None:
    """The layout of a workbook, or None when it has none of the ``candidates``.

    A sheet that is called as in a layout is looked at first: other sheets are looked at only when
    no layout fits by name, for a workbook may carry large tables of codes.
    """
    layouts = tuple(candidates)
    for by_name in (True, False):
        fitting = [_fit(sheet_names, find, layout, by_name=by_name) for layout in layouts]
        found = [fit for fit in fitting if fit is not None]
        if found:
            return max(found, key=_rank)
    return None


def _rank(found: Recognised) -> tuple[int, int, bool]:
    known = sum(match.known for match in found.matches if match.layout.required)
    absent = sum(len(match.absent) for match in found.matches if match.layout.required)
    return known, -absent, found.layout.grade is Grade.CERTAIN


def _fit(
    sheet_names: Sequence[str], find: FindSheet, layout: Layout, *, by_name: bool
) -> Recognised | None:
    required = [
        _best(_called(sheet_names, sheet) if by_name else sheet_names, find, sheet)
        for sheet in layout.sheets
        if sheet.required
    ]
    whole = [match for match in required if match is not None]
    if len(whole) < len(required):
        return None
    others = (
        _best(_called(sheet_names, sheet), find, sheet)
        for sheet in layout.sheets
        if not sheet.required
    )
    return Recognised(layout=layout, matches=(*whole, *filter(None, others)))


def _called(sheet_names: Sequence[str], sheet: SheetLayout) -> list[str]:
    return [name for name in sheet_names if folded(name) == folded(sheet.name)]


def _best(names: Iterable[str], find: FindSheet, sheet: SheetLayout) -> SheetMatch | None:
    found = [match for match in (find(sheet, name) for name in names) if match is not None]
    return max(found, key=lambda match: match.known, default=None)


def _finding(code: str, match: SheetMatch, **params: str) -> Finding:
    return Finding(
        code=code,
        severity=Severity.INFO,
        sheet=match.sheet,
        row=match.header_line,
        params=dict(params),
    )
