"""What is known against a draft: what reading found, and what the checks find now.

A check can be run again at any time; what reading found (a formula without a value, say) can
not, for the workbook is gone. So on every new check the reader's findings are kept for the
cells that were not typed over since.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from desktop.services.moments import filing_day
from desktop.services.ports import Clock, UnitOfWork
from desktop.services.rooms import FormsRoom
from forms.findings import Finding, Severity
from forms.model import Dossier, Draft

READER = ("workbook.", "layout.", "cell.", "clean.", "finding.")
"""how the codes begin that only reading or typing can give"""

REFUSED = "clean."
"""how the codes begin of a value that was not understood and stays as it was typed"""

Cell = tuple[str | None, int | None, str | None]
"""sheet, row, column"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rechecking:
    """Runs the checks as of today."""

    forms: FormsRoom
    clock: Clock

    def findings(
        self,
        work: UnitOfWork,
        dossier: Dossier,
        draft: Draft,
        *,
        typed_over: Collection[Cell] = (),
        typed: Sequence[Finding] = (),
    ) -> tuple[Finding, ...]:
        """Today's findings for ``draft``, beside what reading found elsewhere.

        ``typed_over``: cells with a new value; ``typed``: what was found in typing them.
        """
        stored = work.dossiers.findings(dossier.id)
        checked = self.forms.check(
            draft,
            unit=work.units.get(dossier.unit_code),
            period=dossier.period,
            filing_date=filing_day(self.clock()),
        )
        return joined(draft, (*from_reader(stored, typed_over), *typed), checked)


def from_reader(findings: Iterable[Finding], typed_over: Collection[Cell]) -> Sequence[Finding]:
    return [
        finding
        for finding in findings
        if finding.code.startswith(READER) and _cell(finding) not in typed_over
    ]


def joined(
    draft: Draft, read: Iterable[Finding], checked: Iterable[Finding]
) -> tuple[Finding, ...]:
    """Both in the order of the workbook, the same thing said once.

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
    return tuple(sorted(once.values(), key=lambda finding: _place(finding, sheets)))


def _is_refusal(finding: Finding) -> bool:
    return finding.code.startswith(REFUSED) and finding.severity is Severity.ERROR


def _places(finding: Finding) -> Iterator[tuple[str | None, int, str, str]]:
    """The cell by its column and by its field: either may be unknown. None for a whole row."""
    if finding.row is not None:
        if finding.column:
            yield (finding.sheet, finding.row, "column", finding.column)
        if finding.field:
            yield (finding.sheet, finding.row, "field", finding.field)


def _cell(finding: Finding) -> Cell:
    return (finding.sheet, finding.row, finding.column)


def _identity(finding: Finding) -> tuple[object, ...]:
    params = tuple(sorted(finding.params.items()))
    return (*_cell(finding), finding.code, finding.field, params)


def _place(finding: Finding, sheets: dict[str, int]) -> tuple[int, int, int, str]:
    column = finding.column or ""
    return (sheets.get(finding.sheet or "", 0), finding.row or 0, len(column), column)
