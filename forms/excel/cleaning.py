"""Cells → canonical text (see ``forms.model``), whether read from a file or typed in the window.

Cleaning never fails and never guesses: what cannot be understood stays as typed and says why.
Cleaning a cleaned value changes nothing. Letters come first (old fonts, other scripts), then
what says nothing, then the kind of column.
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
    clean_women_cross,
    padded_code,
)
from forms.excel.clean_dates import clean_date, clean_month, clean_partial_date
from forms.excel.clean_names import clean_name
from forms.excel.clean_nothing import is_error, says_nothing
from forms.excel.clean_numbers import clean_coefficient, clean_money, clean_percent, clean_wage
from forms.excel.clean_text import clean_text, refused, shown, tidy
from forms.excel.cleaned import (
    EMPTY,
    ERROR_TEXT,
    LETTER_FOR_DIGIT,
    LOOK_ALIKE,
    NOTHING_SAID,
    OLD_FONT,
    Cleaned,
    Raw,
    severity,
)
from forms.excel.kinds import Kind
from forms.excel.look_alikes import digits_proposed, in_our_letters
from forms.excel.old_fonts_evidence import old_reading
from forms.findings import Finding, Severity
from forms.model import Part, Row

_CLEANERS: Mapping[Kind, Callable[[Raw], Cleaned]] = {
    Kind.TEXT: clean_text,
    Kind.NAME: clean_name,
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
    Kind.SEX_X_NU: clean_women_cross,
}
_CHOICES = frozenset({Kind.FLAG, Kind.SEX, Kind.SEX_X_NU})
_CODES = frozenset({Kind.CODE, Kind.CODE_2, Kind.CODE_5, Kind.CITIZEN_ID})
_NAMES = frozenset({"ho_ten", "ten_cha_me_giam_ho"})
_DIGITS = frozenset(
    {
        Kind.CODE_2,
        Kind.SOCIAL_NUMBER,
        Kind.CITIZEN_ID,
        Kind.HOUSEHOLD,
        Kind.PHONE,
        Kind.MONEY,
        Kind.WAGE,
        Kind.COEFFICIENT,
        Kind.PERCENT,
        Kind.DATE,
        Kind.PARTIAL_DATE,
        Kind.MONTH,
    }
)
_LENIENT = frozenset({Kind.CODE_2, Kind.CITIZEN_ID, Kind.PHONE})
"""kinds that take letters without a fault"""
_PASSPORT_LETTERS = 9
"""a text of up to so many characters that begins with a letter is a passport's number"""


def kind_of(kind: Kind, key: str) -> Kind:
    """The kind of a field; a layout may say no more of a name than that it is text."""
    return Kind.NAME if kind is Kind.TEXT and key in _NAMES else kind


def clean_value(kind: Kind, raw: Raw) -> Cleaned:
    """One cell of a kind of column."""
    if raw is None:
        return EMPTY
    return _clean_text_cell(kind, raw) if isinstance(raw, str) else _CLEANERS[kind](raw)


def _clean_text_cell(kind: Kind, raw: str) -> Cleaned:
    text, letters_code = (raw, None) if raw.isascii() else _legible(kind, raw)
    plain = tidy(text)
    if not plain:
        return EMPTY
    if is_error(plain):
        return refused(raw, ERROR_TEXT)
    cleaned = _CLEANERS[kind](text)
    if (cleaned.fault_code or kind not in _CHOICES) and says_nothing(kind, plain):
        return Cleaned("", NOTHING_SAID)
    if kind in _DIGITS:
        cleaned = _digits_checked(kind, plain, cleaned)
    return cleaned if letters_code is None else _with_letters(raw, cleaned, letters_code)


def _legible(kind: Kind, raw: str) -> tuple[str, str | None]:
    """The text in our letters, with the code of what was wrong with them."""
    if found := old_reading(raw):
        return found[0], OLD_FONT
    text = in_our_letters(raw, alone=kind in _CODES)
    return text, LOOK_ALIKE if text != raw else None


def _with_letters(raw: str, cleaned: Cleaned, code: str) -> Cleaned:
    """What was understood says that its letters were changed, unless it has graver to say."""
    if cleaned.changed_code and severity(cleaned.changed_code) is not Severity.INFO:
        return cleaned
    return cleaned._replace(changed_code=code) if cleaned.value != raw else cleaned


def _digits_checked(kind: Kind, text: str, cleaned: Cleaned) -> Cleaned:
    """A letter among digits is an error that says what was probably meant."""
    if text.isdigit() or (cleaned.fault_code is None and kind not in _LENIENT):
        return cleaned
    if kind is Kind.CITIZEN_ID and text[0].isalpha() and len(text) <= _PASSPORT_LETTERS:
        return cleaned
    meant = digits_proposed(text)
    found = _CLEANERS[kind](meant) if meant else None
    if found is None or found.fault_code:
        return cleaned
    return Cleaned(text, None, LETTER_FOR_DIGIT, found.value)


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
            finding_of(code, text, cleaned, row=row.line, field=key)
            for code in (cleaned.changed_code, cleaned.fault_code)
            if code
        )
    return Row(row.line, values), tuple(findings)


def finding_of(
    code: str,
    raw: Raw,
    after: Cleaned | str,
    *,
    row: int,
    field: str,
    sheet: str | None = None,
    column: str | None = None,
) -> Finding:
    """The finding for one code of a cleaned cell: what stood there before and after.

    ``params`` are ``before``, ``after`` and, where the program has one, ``proposed``.
    """
    cleaned = after if isinstance(after, Cleaned) else Cleaned(after)
    params = {"before": shown(raw)[:_LONGEST_PARAM], "after": cleaned.value[:_LONGEST_PARAM]}
    if code == cleaned.fault_code and cleaned.proposed:
        params["proposed"] = cleaned.proposed[:_LONGEST_PARAM]
    return Finding(
        code=code,
        severity=severity(code),
        sheet=sheet,
        row=row,
        column=column,
        field=field,
        params=params,
    )


_LONGEST_PARAM = 100


def _kind(layout_code: str, part: Part, key: str) -> Kind:
    sheet = layouts.load(layout_code).sheet(part)
    column = sheet.column(key) if sheet else None
    return kind_of(column.kind if column else Kind.TEXT, key)
