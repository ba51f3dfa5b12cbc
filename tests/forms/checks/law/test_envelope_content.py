"""The envelope against what it holds."""

from dataclasses import dataclass, field, replace
from datetime import date

import pytest

from forms.checks.law import check_envelope
from forms.findings import Finding, Severity
from forms.model import Period
from tests.fakes.checked import PERIOD, TODAY, UNIT


@dataclass(frozen=True)
class Packed:
    form_code: str


@dataclass(frozen=True)
class Sealed:
    unit_code: str = UNIT.code
    tax_code: str = UNIT.tax_code
    agency: str = UNIT.agency
    procedure: str = "600"
    period: Period = PERIOD
    filing_date: date = TODAY
    files: tuple[Packed, ...] = field(default=(Packed("D02-TS"), Packed("TK1-TS")))


def held(
    envelope: Sealed, *, declared: int = 3, written: int = 3, papers: int = 0
) -> tuple[Finding, ...]:
    return check_envelope(
        envelope,
        unit=UNIT,
        period=PERIOD,
        procedure="600",
        filing_date=TODAY,
        forms=["D02-TS", "TK1-TS", *["CT-DK"] * papers],
        declared={"D02-TS": declared},
        written={"D02-TS": written},
    )


def test_an_envelope_that_agrees_is_passed() -> None:
    assert held(Sealed()) == ()


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        (replace(Sealed(), unit_code="ZZ0002Z"), "unit"),
        (replace(Sealed(), tax_code="9900000023"), "tax_code"),
        (replace(Sealed(), agency="00100"), "agency"),
        (replace(Sealed(), procedure="601"), "procedure"),
        (replace(Sealed(), period=PERIOD.next()), "period"),
        (replace(Sealed(), filing_date=date(2026, 11, 19)), "date"),
        (replace(Sealed(), files=(Packed("D02-TS"),)), "form_missing"),
        (replace(Sealed(), files=(*Sealed().files, Packed("D01-TS"))), "form_added"),
        (replace(Sealed(), files=(*Sealed().files, Packed("TK1-TS"))), "form_added"),
    ],
)
def test_one_thing_that_differs_is_named(changed: Sealed, code: str) -> None:
    (found,) = held(changed)
    assert (found.code, found.severity) == (f"law.envelope.{code}", Severity.ERROR)


def test_rows_lost_on_the_way_are_counted() -> None:
    (found,) = held(Sealed(), declared=3, written=2)
    assert found.code == "law.envelope.rows"
    assert dict(found.params) == {"form": "D02-TS", "declared": 3, "written": 2}


def test_every_paper_is_counted() -> None:
    with_one = replace(Sealed(), files=(*Sealed().files, Packed("CT-DK")))
    assert held(with_one, papers=1) == ()
    assert [f.code for f in held(with_one, papers=2)] == ["law.envelope.form_missing"]
