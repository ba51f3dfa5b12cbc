"""The month's movements as the window and the command line see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from desktop.services.progress import Progress
from forms.excel.mapping import ColumnMapping
from forms.findings import Finding
from forms.model import Dossier, Period
from forms.months.model import Proposal, Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """``findings``: of reading the workbooks; of two, ``sheet`` is ``[workbook]sheet``."""

    proposal: Proposal
    findings: tuple[Finding, ...] = ()
    into_roster: bool = True
    """what is accepted is news to the roster: it stands in a workbook, not there yet"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """What a person decided. Movements not named are not declared now."""

    movements: tuple[str, ...]
    """ids of proposed movements"""
    answers: Mapping[str, str]
    """question id → option id"""
    changes: Mapping[str, Values]
    """movement id → values typed over those of its row"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """The drafts that came of it: one for each procedure and đợt."""

    dossiers: tuple[Dossier, ...]
    findings: Mapping[str, tuple[Finding, ...]]
    """dossier id → its findings"""


class MonthsApi(Protocol):
    def compare_files(
        self,
        old: Path,
        new: Path,
        *,
        period: Period,
        mapping: ColumnMapping | None = None,
        old_mapping: ColumnMapping | None = None,
        progress: Progress | None = None,
    ) -> Compared:
        """Last month's workbook against this month's; needs no unit.

        ``mapping`` and ``old_mapping``: columns that a person confirmed for the new list and for
        the old one, lists of no known layout; they are remembered for the same headings, and so
        a mapping of the new list also serves an old one with the same headings. Raises DataFault
        ``months.unconfirmed`` (``file``, ``sheet``) where a list needs one.
        """
        ...

    def compare_roster(self, unit_code: str, period: Period) -> Compared:
        """What the roster held at the end of the month before against the end of the month."""
        ...

    def compare_file_with_roster(
        self,
        unit_code: str,
        new: Path,
        *,
        period: Period,
        mapping: ColumnMapping | None = None,
        progress: Progress | None = None,
    ) -> Compared:
        """The roster of the month before against this month's workbook."""
        ...

    def accept(
        self,
        unit_code: str,
        compared: Compared,
        accepted: Accepted,
        progress: Progress | None = None,
    ) -> Declared:
        """``progress``: movements made into dossiers and checked, of how many; what it raises
        leaves everything as it was.

        Raises UsageFault ``months.unknown_choice`` for an id that was not proposed."""
        ...
