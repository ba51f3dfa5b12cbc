"""Findings: what is wrong with data, as values. No words; they are looked up at the screen."""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from resources.faults import Param


class Severity(StrEnum):
    ERROR = "error"
    """stops the dossier"""
    WARNING = "warning"
    """allowed, but must be looked at"""
    INFO = "info"
    """what was changed or not checkable"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fault in one place. ``code`` has its words in ``resources/messages/findings.toml``."""

    code: str
    severity: Severity
    sheet: str | None = None
    row: int | None = None
    """1-based row of the workbook"""
    column: str | None = None
    """letters, such as ``AB``"""
    field: str | None = None
    """field key of the form data, such as ``ngay_sinh``"""
    params: Mapping[str, Param] = dataclasses.field(default_factory=dict)

    @property
    def place(self) -> str:
        """As Excel writes it, such as ``Lương!D7``; empty where it is about nothing in a sheet."""
        cell = f"{self.column or ''}{self.row or ''}"
        return "!".join(part for part in (self.sheet, cell) if part)


def has_errors(findings: Iterable[Finding]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings)
