"""Cells → canonical text (see ``forms.model``), whether read from a file or typed in the window.

Cleaning never fails and never guesses: what cannot be understood stays as typed and says why.
Cleaning a cleaned value changes nothing.
"""

from collections.abc import Callable, Mapping

from forms.excel import layout as layouts
from forms.excel.clean_codes import (
    clean_citizen_id,
    clean_code,
    clean_flag,
    clean_household,
    clean_phone,
    clean_sex,
    clean_social_number,
    padded_code,
)
from forms.excel.clean_dates import clean_date, clean_month, clean_partial_date
from forms.excel.clean_numbers import clean_coefficient, clean_money, clean_percent, clean_wage
from forms.excel.clean_text import clean_text, shown, tidy
from forms.excel.cleaned import EMPTY, Cleaned, Raw, severity
from forms.excel.kinds import Kind
from forms.findings import Finding
from forms.model import Part, Row

_CLEANERS: Mapping[Kind, Callable[[Raw], Cleaned]] = {
    Kind.TEXT: clean_text,
    Kind.CODE: clean_code,
    Kind.CODE_2: padded_code(2),
    Kind.CODE_5: padded_code(5),
    Kind.SOCIAL_NUMBER: clean_social_number,
    Kind.CITIZEN_ID: clean_citizen_id,
    Kind.HOUSEHOLD: clean_household,
    Kind.PHONE: clean_phone,
    Kind.MONEY: clean_money,
    Kind.WAGE: clean_wage,
    Kind.COEFFICIENT: clean_coefficient,
    Kind.PERCENT: clean_percent,
    Kind.DATE: clean_date,
    Kind.PARTIAL_DATE: clean_partial_date,
    Kind.MONTH: clean_month,
    Kind.FLAG: clean_flag,
    Kind.SEX: clean_sex,
}


def clean_value(kind: Kind, raw: Raw) -> Cleaned:
    """One cell of a kind of column."""
    if isinstance(raw, str) or raw is None:
        raw = raw or ""
        if not tidy(raw):
            return EMPTY
    return _CLEANERS[kind](raw)


def clean_typed(layout_code: str, part: Part, key: str, text: str) -> Cleaned:
    """What a person typed for the field ``key``.

    A field that the layout does not have is plain text. Raises UsageFault ``layout.not_known``.
    """
    return clean_value(_kind(layout_code, part, key), text)


def clean_row(layout_code: str, part: Part, row: Row) -> tuple[Row, tuple[Finding, ...]]:
    """A row whose values a person edited, cleaned, and what was found in it.

    The findings carry row and field; the sheet and column are added by who knows the section.
    Raises UsageFault ``layout.not_known``.
    """
    values: dict[str, str] = {}
    findings: list[Finding] = []
    for key, text in row.values.items():
        cleaned = clean_typed(layout_code, part, key, text)
        if cleaned.value:
            values[key] = cleaned.value
        findings.extend(
            finding_of(code, text, cleaned.value, row=row.line, field=key)
            for code in (cleaned.changed_code, cleaned.fault_code)
            if code
        )
    return Row(row.line, values), tuple(findings)


def finding_of(
    code: str,
    raw: Raw,
    after: str,
    *,
    row: int,
    field: str,
    sheet: str | None = None,
    column: str | None = None,
) -> Finding:
    """The finding for one code of a cleaned cell, with what stood there before and after."""
    return Finding(
        code=code,
        severity=severity(code),
        sheet=sheet,
        row=row,
        column=column,
        field=field,
        params={"before": shown(raw)[:_LONGEST_PARAM], "after": after[:_LONGEST_PARAM]},
    )


_LONGEST_PARAM = 100


def _kind(layout_code: str, part: Part, key: str) -> Kind:
    sheet = layouts.load(layout_code).sheet(part)
    column = sheet.column(key) if sheet else None
    return column.kind if column else Kind.TEXT
