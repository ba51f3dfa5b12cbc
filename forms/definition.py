"""The form model: what is declared on one form, field by field, as ``form.toml`` says it.

Grid, template, checks and the wire mapping all read it. It says nothing of XML: the law may
change the form without the wire and the wire without the form.
"""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from forms.model import Draft, Part, Row
from forms.strict_toml import Table

HEADER = "ho_so"
"""part of fields that stand once in a file, outside every list"""
FILES = "tep"
"""part of fields that describe a file inside the envelope"""
_PARTS = frozenset({*Part, HEADER, FILES})


class FieldType(StrEnum):
    TEXT = "text"
    DIGITS = "digits"
    MONEY = "money"
    """đồng, plain digits"""
    DECIMAL = "decimal"
    """a number with a dot: coefficient, or an amount where the form allows either"""
    PERCENT = "percent"
    DATE = "date"
    PARTIAL_DATE = "partial_date"
    """dd/MM/yyyy, MM/yyyy or yyyy"""
    MONTH = "month"
    FLAG = "flag"
    CODE = "code"
    """a value of ``code_list``"""


class Confidence(StrEnum):
    """How well a statement of the data is proven."""

    CERTAIN = "C"
    LIKELY = "L"
    GUESS = "G"


@dataclass(frozen=True, slots=True)
class Condition:
    """About one row: ``field`` holds one of ``values``, or anything when ``filled``.

    An empty text among the values means: nothing stands there.
    """

    field: str
    values: frozenset[str]
    filled: bool

    def holds(self, get: Callable[[str], str]) -> bool:
        value = get(self.field)
        return bool(value) if self.filled else value in self.values


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One thing the form asks for."""

    key: str
    part: str
    """a ``Part``, ``HEADER`` or ``FILES``"""
    label_vi: str
    label_en: str
    type: FieldType
    max_length: int | None
    """characters"""
    required: bool
    required_when: Condition | None
    code_list: str | None
    help_vi: str
    help_en: str

    def is_required(self, row: Row) -> bool:
        """Whether this row of the form may not leave the field empty."""
        if self.required_when is not None:
            return self.required_when.holds(row.get)
        return self.required


@dataclass(frozen=True, slots=True, kw_only=True)
class FormDefinition:
    """One form in one version."""

    code: str
    title_vi: str
    title_en: str
    source: str
    confidence: Confidence
    part: str
    """the list whose rows the form is made of"""
    when: Condition | None
    """only rows for which this holds stand in the form"""
    household_part: str | None
    household_by: str | None
    """rows of ``household_part`` belong to the row with the same value of this field"""
    fields: tuple[Field, ...]

    def field(self, key: str, part: str) -> Field | None:
        return next((f for f in self.fields if f.key == key and f.part == part), None)

    def keys(self, part: str) -> frozenset[str]:
        return frozenset(f.key for f in self.fields if f.part == part)

    def rows_of(self, draft: Draft) -> tuple[Row, ...]:
        """The draft's rows that this form is made of, in their order."""
        rows = draft.rows(Part(self.part))
        return rows if self.when is None else tuple(r for r in rows if self.when.holds(r.get))


def read_condition(table: Table) -> Condition:
    """``{ field = "…", in = ["…"] }`` or ``{ field = "…", filled = true }``."""
    condition = Condition(table.text("field"), frozenset(table.texts("in")), table.flag("filled"))
    if condition.filled is bool(condition.values):
        raise table.fault("definition.missing", "in")
    table.done()
    return condition


def read_conditions(tables: tuple[Table, ...]) -> tuple[Condition, ...]:
    return tuple(read_condition(table) for table in tables)


def read_source(table: Table) -> tuple[str, Confidence]:
    """Raises DefinitionFault ``definition.no_source`` when a file does not say where it is from."""
    source = table.text("source", "")
    if not source.strip():
        raise table.fault("definition.no_source", "source")
    grade = table.text("confidence")
    if grade not in frozenset(Confidence):
        raise table.fault("definition.unknown_value", grade)
    return source, Confidence(grade)


def load_definition(text: str, *, file: str) -> FormDefinition:
    """Parses ``form.toml``. Raises DefinitionFault for anything unknown, doubled or missing."""
    top = Table(tomllib.loads(text), file=file, place="")
    source, confidence = read_source(top)
    rows = top.table("rows")
    household = top.table("household")
    definition = FormDefinition(
        code=top.text("code"),
        title_vi=top.text("title_vi"),
        title_en=top.text("title_en"),
        source=source,
        confidence=confidence,
        part=_part(rows) if rows else FILES,
        when=_optional_condition(rows, "when") if rows else None,
        household_part=_part(household) if household else None,
        household_by=household.text("by") if household else None,
        fields=tuple(_field(table) for table in top.tables("field")),
    )
    for table in (rows, household, top):
        if table is not None:
            table.done()
    _refuse_contradictions(definition, top)
    return definition


def _part(table: Table) -> str:
    part = table.text("part")
    if part not in _PARTS:
        raise table.fault("definition.unknown_value", part)
    return part


def _optional_condition(table: Table, key: str) -> Condition | None:
    found = table.table(key)
    return None if found is None else read_condition(found)


def _field(table: Table) -> Field:
    kind = table.text("type")
    if kind not in frozenset(FieldType):
        raise table.fault("definition.unknown_type", kind)
    field = Field(
        key=table.text("key"),
        part=_part(table),
        label_vi=table.text("label_vi"),
        label_en=table.text("label_en"),
        type=FieldType(kind),
        max_length=table.number("max"),
        required=table.flag("required"),
        required_when=_optional_condition(table, "required_when"),
        code_list=table.text("code_list", "") or None,
        help_vi=table.text("help_vi", ""),
        help_en=table.text("help_en", ""),
    )
    if (field.type is FieldType.CODE) is (field.code_list is None):
        raise table.fault("definition.missing", "code_list")
    table.done()
    return field


def _refuse_contradictions(definition: FormDefinition, top: Table) -> None:
    seen: set[tuple[str, str]] = set()
    for field in definition.fields:
        if (field.part, field.key) in seen:
            raise top.fault("definition.duplicate", field.key)
        seen.add((field.part, field.key))
    conditions = [(f.part, f.required_when.field) for f in definition.fields if f.required_when]
    if definition.when:
        conditions.append((definition.part, definition.when.field))
    if definition.household_part and definition.household_by:
        conditions += [(definition.household_part, definition.household_by)]
        conditions += [(definition.part, definition.household_by)]
    for part, key in conditions:
        if (part, key) not in seen:
            raise top.fault("definition.not_a_form_key", key)
