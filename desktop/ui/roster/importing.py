"""What taking a workbook into the roster asks of the use cases. No Qt."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from desktop.services.api import Imported, Progress, Services
from desktop.services.imported import TakenIn
from desktop.services.moments import filing_day
from desktop.ui.errands import News, Purpose
from desktop.ui.texts import tr, words
from forms.findings import Finding
from forms.model import Period
from resources.faults import Fault

GOALS = (Purpose.ROSTER, Purpose.DECLARE)
"""in the order in which they are offered"""
UNKNOWN = frozenset({"layout.unknown", "columns.unconfirmed"})
MOST_SAID = 5


@dataclass(frozen=True)
class RosterImporting:
    services: Services

    def take_in(self, workbook: Path, unit_code: str, since: Period, report: Progress) -> TakenIn:
        return self.services.workbooks.take_in(
            workbook, unit_code=unit_code, since=since, progress=report
        )

    def declare(self, workbook: Path, unit_code: str, period: Period, report: Progress) -> Imported:
        return self.services.import_workbook(
            workbook, unit_code=unit_code, period=period, progress=report
        )

    def this_month(self) -> Period:
        return Period.of(filing_day(self.services.now()))

    def is_unknown(self, findings: Iterable[Finding]) -> bool:
        """A list of no known layout: a person can say what its columns are."""
        return any(each.code in UNKNOWN for each in findings)

    def wants_columns(self, error: BaseException) -> bool:
        return isinstance(error, Fault) and error.code in UNKNOWN

    def nothing(self, imported: Imported) -> News:
        said = [words(each.code, each.params) for each in imported.findings[:MOST_SAID]]
        return News("error", tr("ui.imported.nothing"), "\n".join(said))
