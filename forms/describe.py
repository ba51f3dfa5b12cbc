"""A form told to a person: which version holds on a filing date, and what every field asks for."""

from dataclasses import dataclass
from datetime import date

from forms import catalog
from forms.catalog import FormVersion
from forms.definition import UNNUMBERED, Condition, Field, Line
from forms.wire import Unproven
from resources.faults import UsageFault


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldDescription:
    """One field in plain data; texts in the language asked for."""

    key: str
    number: str
    """as printed; empty when it is printed without a number or not at all"""
    printed: bool
    """False: only in the electronic form"""
    part: str
    label: str
    type: str
    max_length: int | None
    required: bool
    required_when: dict[str, str | list[str]] | None
    """``field`` with ``in`` (values, an empty text among them: nothing) or ``is`` = ``filled``"""
    code_list: str | None
    help: str
    source: str
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDescription:
    """A fixed line of a notice."""

    code: str
    label: str
    unit: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormDescription:
    """One version of a form in plain data, ready for JSON through ``dataclasses.asdict``."""

    code: str
    title: str
    kind: str
    """``filed``, ``notice`` or ``envelope``"""
    valid_from: str
    """ISO date"""
    valid_to: str | None
    """ISO date of the last filing day, None while it is in force"""
    source: str
    confidence: str
    wire_code: str | None
    """the form it is written as electronically; None when it is only printed or read"""
    unproven: bool
    """whether the electronic format could not be confirmed"""
    unproven_reason: str
    fields: tuple[FieldDescription, ...]
    lines: tuple[LineDescription, ...]


def describe(code: str, *, filing_date: date, lang: str = "vi") -> FormDescription:
    """The form that ``code`` means on a filing date.

    A form is found under every name it has had: D02-LT and D02-TS are one list. Raises UsageFault
    ``form.unknown``, ``form.not_in_force``, ``form.ended``.
    """
    version = catalog.printed_form(code, filing_date=filing_date)
    form = version.definition
    written = _written(version, filing_date)
    doubt = written.unproven if written else None
    return FormDescription(
        code=form.code,
        title=_in(lang, form.title_vi, form.title_en),
        kind=form.kind,
        valid_from=version.valid_from.isoformat(),
        valid_to=_last_day(version),
        source=form.source,
        confidence=form.confidence,
        wire_code=written.definition.code if written else None,
        unproven=doubt is not None,
        unproven_reason=_reason(doubt, lang),
        fields=tuple(_field(field, lang) for field in form.fields),
        lines=tuple(_line(line, lang) for line in form.lines),
    )


def _written(version: FormVersion, day: date) -> FormVersion | None:
    """The version whose layout its file has."""
    form = version.definition
    if not form.wire_as:
        return version if version.layout else None
    try:
        written = catalog.form(form.wire_as, filing_date=day)
    except UsageFault:
        return None
    return written if written.layout else None


def _last_day(version: FormVersion) -> str | None:
    end = catalog.last_day(version)
    return end.isoformat() if end else None


def _reason(doubt: Unproven | None, lang: str) -> str:
    return _in(lang, doubt.reason_vi, doubt.reason_en) if doubt else ""


def _in(lang: str, vi: str, en: str) -> str:
    return en if lang == "en" else vi


def _field(field: Field, lang: str) -> FieldDescription:
    return FieldDescription(
        key=field.key,
        number="" if field.number == UNNUMBERED else field.number,
        printed=field.is_printed,
        part=field.part,
        label=_in(lang, field.label_vi, field.label_en),
        type=field.type,
        max_length=field.max_length,
        required=field.required,
        required_when=_condition(field.required_when),
        code_list=field.code_list,
        help=_in(lang, field.help_vi, field.help_en),
        source=field.source,
        confidence=field.confidence,
    )


def _condition(condition: Condition | None) -> dict[str, str | list[str]] | None:
    if condition is None:
        return None
    if condition.filled:
        return {"field": condition.field, "is": "filled"}
    return {"field": condition.field, "in": sorted(condition.values)}


def _line(line: Line, lang: str) -> LineDescription:
    return LineDescription(
        code=line.code,
        label=_in(lang, line.label_vi, line.label_en),
        unit=line.unit,
        note=line.note,
    )
