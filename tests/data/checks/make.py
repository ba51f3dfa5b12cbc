"""Make the list of all findings anew: ``python -m tests.data.checks.make``.

Only for a check that was added or changed: what else differs is a mistake.
"""

import gzip
import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from desktop.practice.sample import sample_unit
from forms.checks import check
from forms.findings import Finding
from forms.model import Draft, Part, Period, Row, Section

FOLDER = Path(__file__).parent
DRAFT = FOLDER / "faulty.json.gz"
FINDINGS = FOLDER / "findings.txt.gz"
PERIOD = Period(2026, 11)
FILED = date(2026, 11, 22)


def read_draft() -> tuple[Draft, tuple[Row, ...]]:
    """The draft, and every third row of its main list as declared before."""
    sections = tuple(map(_section, json.loads(gzip.decompress(DRAFT.read_bytes()))))
    draft = Draft("vnpt-d02-tk1-2025-11", "faulty.xlsx", sections)
    return draft, tuple(draft.rows(Part.LAO_DONG))[::3]


def _section(stored: Mapping[str, Any]) -> Section:
    keys: Sequence[str] = list(stored["columns"])
    rows = tuple(
        Row(line, {keys[place]: text for place, text in zip(places, texts, strict=True)})
        for line, places, texts in stored["rows"]
    )
    return Section(Part(stored["part"]), stored["sheet"], stored["columns"], rows)


def found(draft: Draft, earlier: tuple[Row, ...]) -> tuple[Finding, ...]:
    return check(draft, unit=sample_unit(), period=PERIOD, filing_date=FILED, earlier=earlier)


def lines(findings: Sequence[Finding]) -> list[str]:
    """One finding a line, all that it says."""
    return [
        json.dumps(
            [f.code, f.severity, f.sheet, f.row, f.column, f.field, dict(f.params)],
            ensure_ascii=False,
        )
        for f in findings
    ]


def expected() -> list[str]:
    return gzip.decompress(FINDINGS.read_bytes()).decode().splitlines()


if __name__ == "__main__":
    text = "\n".join(lines(found(*read_draft())))
    FINDINGS.write_bytes(gzip.compress(text.encode(), mtime=0))
