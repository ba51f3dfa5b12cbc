"""The error workbook of 10,000 rows with 1,000 findings against openpyxl's own load and save."""

import tempfile
from pathlib import Path

from openpyxl import load_workbook

from forms.excel.letters import to_letters
from forms.excel.report import write_report
from forms.findings import Finding, Severity
from tests.bench.measure import Measure, best
from tests.bench.wide import COLUMNS, SHEET, write_wide

PEOPLE, FINDINGS = 10_000, 1_000
_FIRST_LINE = 4
_SEVERITIES = tuple(Severity)


def measure_error_workbook() -> list[Measure]:
    with tempfile.TemporaryDirectory(prefix="tokhai-bench-") as name:
        source, out = Path(name, "wide.xlsx"), Path(name, "out.xlsx")
        write_wide(source, PEOPLE)
        found = findings()
        job = best(lambda: write_report(source, found, out, words=_words))
        bare = best(lambda: load_workbook(source).save(out), rounds=1)
    title = f"error workbook, {PEOPLE:,} rows, {FINDINGS:,} findings"
    return [Measure(name=title, yardstick="openpyxl load + save", job=job, bare=bare, target=2)]


def findings() -> list[Finding]:
    """One in every tenth row, each in another column than the one before."""
    return [
        Finding(
            code="clean.not_a_number",
            severity=_SEVERITIES[number % len(_SEVERITIES)],
            sheet=SHEET,
            row=_FIRST_LINE + number * (PEOPLE // FINDINGS),
            column=to_letters(1 + number % COLUMNS),
        )
        for number in range(FINDINGS)
    ]


def _words(finding: Finding) -> str:
    return f"Ô {finding.column}{finding.row} có lỗi. Hãy sửa lại."
