"""One employee whose declaration the law has nothing against, and what is said after a change."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from forms.checks.law import check_law
from forms.findings import Finding
from forms.model import Period, Row
from tests.fakes.checked import PERIOD, PERSON, TODAY, UNIT, changed, draft

EMPLOYEE = {**PERSON, "hdld_tu_ngay": "01/11/2026"}
STATE = "law.not_checkable.state"
"""said of everybody whose past is not known"""


def law_of(
    rows: Iterable[Mapping[str, str]],
    *,
    today: date = TODAY,
    period: Period = PERIOD,
    region: int = 1,
    earlier: Iterable[Mapping[str, str]] = (),
) -> tuple[Finding, ...]:
    before = tuple(Row(line, values) for line, values in enumerate(earlier, 4))
    unit = replace(UNIT, region=region)
    made = draft(rows)
    return check_law(made, unit=unit, period=period, filing_date=today, earlier=before)


def law_says(
    values: Mapping[str, str] = EMPLOYEE,
    *,
    today: date = TODAY,
    period: Period = PERIOD,
    **changes: str,
) -> list[Finding]:
    """Of one changed row, without the state that nothing is known of."""
    found = law_of([changed(values, **changes)], today=today, period=period)
    return [finding for finding in found if finding.code != STATE]


def codes_of(findings: Iterable[Finding]) -> list[tuple[str, str | None]]:
    return [(finding.code, finding.field) for finding in findings]
