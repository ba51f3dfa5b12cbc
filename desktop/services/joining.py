"""Findings of several sources as one list: in the order of the workbook, the same thing once."""

from collections.abc import Iterable, Iterator

from forms.findings import Finding, Severity
from forms.model import Draft

REFUSED = "clean."
"""how the codes begin of a value that was not understood and stays as it was typed"""

Cell = tuple[str | None, int | None, str | None]
"""sheet, row, column"""


def joined(
    draft: Draft, read: Iterable[Finding], checked: Iterable[Finding]
) -> tuple[Finding, ...]:
    """What concerns the whole draft first.

    What could not even be understood is not judged further: a cell that reading refused has that
    one finding.
    """
    sheets = {section.sheet: place for place, section in enumerate(draft.sections, 1)}
    before = tuple(read)
    refused = frozenset(
        place for finding in before if _is_refusal(finding) for place in _places(finding)
    )
    after = (finding for finding in checked if refused.isdisjoint(_places(finding)))
    once = {_identity(finding): finding for finding in (*before, *after)}
    return tuple(sorted(once.values(), key=lambda finding: _order(finding, sheets)))


def cell(finding: Finding) -> Cell:
    return (finding.sheet, finding.row, finding.column)


def _is_refusal(finding: Finding) -> bool:
    return finding.code.startswith(REFUSED) and finding.severity is Severity.ERROR


def _places(finding: Finding) -> Iterator[tuple[str | None, int, str, str]]:
    """The cell by its column and by its field: either may be unknown. None for a whole row."""
    if finding.row is not None:
        if finding.column:
            yield (finding.sheet, finding.row, "column", finding.column)
        if finding.field:
            yield (finding.sheet, finding.row, "field", finding.field)


def _identity(finding: Finding) -> tuple[object, ...]:
    params = tuple(sorted(finding.params.items()))
    return (*cell(finding), finding.code, finding.field, params)


def _order(finding: Finding, sheets: dict[str, int]) -> tuple[int, int, int, str]:
    column = finding.column or ""
    return (sheets.get(finding.sheet or "", 0), finding.row or 0, len(column), column)
