"""The form model: what is declared on one form, field by field, as ``form.toml`` says it.

Grid, template, checks and the wire mapping all read it. It says nothing of XML: the law may
change the form without the wire and the wire without the form.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from forms.model import Draft, Part, Row
from forms.packed import column_values
from forms.strict_toml import Table

HEADER = "ho_so"
"""part of fields that stand once in a file, outside every list"""
FILES = "tep"
"""part of fields that describe a file inside the envelope"""
UNNUMBERED = "*"
"""number of a field that is printed without one"""


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
    UNVERIFIED = "U"
    """best supported, but seen nowhere"""


class Kind(StrEnum):
    FILED = "filed"
    """the unit makes and files it"""
    NOTICE = "notice"
    """the agency sends it; it is only read"""
    ENVELOPE = "envelope"


class MadeBy(StrEnum):
    """How a printed field follows from draft fields."""

    COPY = "copy"
    JOIN = "join"
    """texts with a comma between"""
    SUM = "sum"
    """đồng"""
    MARK = "mark"
    """x when one of them is filled"""
    WORDS = "words"
    """the name of the code instead of the code"""
    FIRST = "first"
    """the first that is filled"""
    CHOICE = "choice"
    """``words`` of the flags that are set"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """Where a printed field comes from when no field of the draft has its key."""

    by: MadeBy
    of: tuple[str, ...]
    """keys of the draft's people"""
    words: tuple[str, ...] = ()
    """beside each key, for ``choice``"""
    code_list: str = ""
    """for ``words``"""


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

    def among(self, values: Iterable[str]) -> frozenset[str]:
        """Those values of the field for which it holds."""
        different = frozenset(values)
        return different - {""} if self.filled else different & self.values


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
    number: str = ""
    """as printed on the form (``[09]``, ``A``, ``14``); ``UNNUMBERED``; empty: not printed"""
    source: str = ""
    confidence: Confidence = Confidence.UNVERIFIED
    made: Making | None = None
    """None when the key itself is one of the draft's, or nothing of the draft feeds it"""

    @property
    def is_printed(self) -> bool:
        return bool(self.number)

    def is_required(self, row: Row) -> bool:
        """Whether this row of the form may not leave the field empty."""
        if self.required_when is not None:
            return self.required_when.holds(row.get)
        return self.required


@dataclass(frozen=True, slots=True, kw_only=True)
class FormList:
    """A list of rows that only this form has."""

    name: str
    label_vi: str
    label_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A printed line of a form whose lines are fixed, such as C12-TS."""

    code: str
    """section and number, such as ``B.3.1.2``"""
    label_vi: str
    label_en: str
    unit: str
    """``dong``, ``nguoi``, ``ngay``, ``phan_tram``, or empty for a heading"""
    note: str
    """empty, or what is odd about the line in the printed form"""


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
    kind: Kind = Kind.FILED
    valid_to: date | None = None
    """last filing date, when no other version of the same code follows"""
    printed_to: date | None = None
    """last filing date on paper, where the electronic form goes on"""
    successor: str = ""
    """code of the form printed in its place after ``printed_to``"""
    aliases: tuple[str, ...] = ()
    """other codes under which this form is asked for"""
    wire_as: str = ""
    """code of the form under which this one is written electronically"""
    wire_from: str = ""
    """version (folder) of the same form whose wire mapping holds for this one too"""
    lists: tuple[FormList, ...] = ()
    lines: tuple[Line, ...] = ()
    unit_contacts: bool = False
    """address, e-mail and phone in it are the unit's; in any other form they are somebody's own"""

    def field(self, key: str, part: str) -> Field | None:
        return next((f for f in self.fields if f.key == key and f.part == part), None)

    def keys(self, part: str) -> frozenset[str]:
        return frozenset(f.key for f in self.fields if f.part == part)

    def rows_of(self, draft: Draft) -> Sequence[Row]:
        """The draft's rows that this form is made of, in their order; none for its own lists."""
        if self.part not in frozenset(Part):
            return ()
        rows = draft.rows(Part(self.part))
        return rows if self.when is None else tuple(r for r in rows if self.when.holds(r.get))

    def has_rows_of(self, draft: Draft) -> bool:
        """Whether ``rows_of`` would find any."""
        if self.part not in frozenset(Part):
            return False
        rows = draft.rows(Part(self.part))
        if self.when is None:
            return bool(rows)
        values = (value for (value,) in column_values(rows, self.when.field))
        return any(self.when.among((value,)) for value in values)


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
    return source, read_grade(table)


def read_grade(table: Table) -> Confidence:
    """Raises DefinitionFault ``definition.unknown_value``."""
    grade = table.text("confidence")
    if grade not in frozenset(Confidence):
        raise table.fault("definition.unknown_value", grade)
    return Confidence(grade)
