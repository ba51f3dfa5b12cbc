"""Findings of one import, kept from flooding: one code is said only so often in one column."""

from collections import Counter

from forms.findings import Finding, Severity

_MOST = {Severity.ERROR: 500, Severity.WARNING: 200, Severity.INFO: 50}
_Key = tuple[str, str | None, str | None]


class FindingLog:
    """Collects findings; what is above the cap is only counted."""

    def __init__(self) -> None:
        self._kept: list[Finding] = []
        self._counts: Counter[_Key] = Counter()
        self._severities: dict[_Key, Severity] = {}
        self._columns: dict[_Key, str | None] = {}

    def add(self, finding: Finding) -> None:
        """Keeps a finding or counts it."""
        key = (finding.code, finding.sheet, finding.field or finding.column)
        self._counts[key] += 1
        if self._counts[key] <= _MOST[finding.severity]:
            self._kept.append(finding)
            self._severities[key] = finding.severity
            self._columns[key] = finding.column

    def all(self) -> tuple[Finding, ...]:
        """What was kept, and for each code and column that has more a last one saying how many."""
        more = [
            self._more(key, count - _MOST[self._severities[key]])
            for key, count in self._counts.items()
            if count > _MOST[self._severities[key]]
        ]
        return (*self._kept, *more)

    def _more(self, key: _Key, count: int) -> Finding:
        code, sheet, field = key
        return Finding(
            code="finding.more",
            severity=self._severities[key],
            sheet=sheet,
            column=self._columns[key],
            field=field,
            params={"count": count, "code": code},
        )
