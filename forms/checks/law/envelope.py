"""The envelope against what it holds and whom it is for (wire format §1, §7)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Protocol

from forms.checks.law.severities import SEVERITIES
from forms.findings import Finding
from forms.model import Period, Unit
from resources.faults import Param


class PackedForm(Protocol):
    @property
    def form_code(self) -> str: ...


class Envelope(Protocol):
    """An envelope as read (``forms.xml.envelope``)."""

    @property
    def unit_code(self) -> str: ...
    @property
    def tax_code(self) -> str: ...
    @property
    def agency(self) -> str: ...
    @property
    def procedure(self) -> str: ...
    @property
    def period(self) -> Period: ...
    @property
    def filing_date(self) -> date: ...
    @property
    def files(self) -> Sequence[PackedForm]: ...


def check_envelope(
    envelope: Envelope,
    *,
    unit: Unit,
    period: Period,
    procedure: str,
    filing_date: date,
    forms: Collection[str],
    declared: Mapping[str, int] | None = None,
    written: Mapping[str, int] | None = None,
) -> tuple[Finding, ...]:
    """Unit, agency, period, procedure, date, forms and number of rows.

    ``forms``: codes of the forms and attachments that the dossier is made of, one each.
    ``declared``, ``written``: form code → rows in the draft and rows in the form itself.
    """
    said = (
        *_stated(envelope, unit, period, procedure, filing_date),
        *_forms([packed.form_code for packed in envelope.files], list(forms)),
        *_rows(declared or {}, written or {}),
    )
    return tuple(Finding(code=code, severity=SEVERITIES[code], params=p) for code, p in said)


Said = tuple[str, Mapping[str, Param]]


def _stated(
    envelope: Envelope, unit: Unit, period: Period, procedure: str, filing_date: date
) -> Iterator[Said]:
    for name, stated, expected in (
        ("unit", envelope.unit_code, unit.code),
        ("tax_code", envelope.tax_code, unit.tax_code),
        ("agency", envelope.agency, unit.agency),
        ("procedure", envelope.procedure, procedure),
        ("period", envelope.period.wire, period.wire),
        ("date", f"{envelope.filing_date:%d/%m/%Y}", f"{filing_date:%d/%m/%Y}"),
    ):
        if stated != expected:
            yield f"law.envelope.{name}", {"stated": stated, "expected": expected}


def _forms(packed: list[str], wanted: list[str]) -> Iterator[Said]:
    for code in sorted({*packed, *wanted}):
        if packed.count(code) < wanted.count(code):
            yield "law.envelope.form_missing", {"form": code}
        elif packed.count(code) > wanted.count(code):
            yield "law.envelope.form_added", {"form": code}


def _rows(declared: Mapping[str, int], written: Mapping[str, int]) -> Iterator[Said]:
    """A form whose rows were not counted on both sides says nothing."""
    for code in declared.keys() & written.keys():
        if declared[code] != written[code]:
            counts = {"declared": declared[code], "written": written[code]}
            yield "law.envelope.rows", {"form": code, **counts}
