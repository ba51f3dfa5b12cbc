"""Reads ``form.toml``. Whatever is unknown, doubled, missing or contradicts itself is refused."""

import tomllib
from dataclasses import dataclass, replace

from forms.definition import (
    FILES,
    HEADER,
    Condition,
    Confidence,
    Field,
    FieldType,
    FormDefinition,
    FormList,
    Kind,
    Line,
    MadeBy,
    Making,
    read_condition,
    read_grade,
    read_source,
)
from forms.model import Part
from forms.strict_toml import Table

_COMMON_PARTS = frozenset({*Part, HEADER, FILES})
_UNITS = frozenset({"dong", "nguoi", "ngay", "phan_tram", ""})


@dataclass(frozen=True, slots=True)
class _Home:
    """What a field takes over from its form."""

    parts: frozenset[str]
    part: str
    source: str
    confidence: Confidence


def load_definition(text: str, *, file: str) -> FormDefinition:
    """Parses ``form.toml``. Raises DefinitionFault for anything unknown, doubled or missing."""
    top = Table(tomllib.loads(text), file=file, place="")
    source, confidence = read_source(top)
    lists = tuple(_list(table) for table in top.tables("list"))
    parts = _COMMON_PARTS | {found.name for found in lists}
    rows, household = top.table("rows"), top.table("household")
    part = _part(rows, parts) if rows else FILES
    home = _Home(parts, part if rows else HEADER, source, confidence)
    definition = FormDefinition(
        code=top.text("code"),
        title_vi=top.text("title_vi"),
        title_en=top.text("title_en"),
        source=source,
        confidence=confidence,
        part=part,
        when=_optional_condition(rows, "when") if rows else None,
        household_part=_part(household, parts) if household else None,
        household_by=household.text("by") if household else None,
        fields=tuple(f for table in top.tables("field") for f in _fields(table, home)),
        kind=_kind(top),
        valid_to=top.day("valid_to"),
        printed_to=top.day("printed_to"),
        successor=top.text("successor", ""),
        aliases=top.texts("aliases"),
        wire_as=top.text("wire_as", ""),
        wire_from=top.text("wire_from", ""),
        lists=lists,
        lines=tuple(_line(table) for table in top.tables("line")),
        unit_contacts=top.flag("unit_contacts"),
    )
    for table in (rows, household, top):
        if table is not None:
            table.done()
    _refuse_doubles(definition, top)
    _refuse_dangling_conditions(definition, top)
    return definition


def _part(table: Table, parts: frozenset[str]) -> str:
    return _known_part(table, table.text("part"), parts)


def _known_part(table: Table, part: str, parts: frozenset[str]) -> str:
    if part not in parts:
        raise table.fault("definition.unknown_value", part)
    return part


def _kind(top: Table) -> Kind:
    name = top.text("kind", Kind.FILED)
    if name not in frozenset(Kind):
        raise top.fault("definition.unknown_value", name)
    return Kind(name)


def _optional_condition(table: Table, key: str) -> Condition | None:
    found = table.table(key)
    return None if found is None else read_condition(found)


def _list(table: Table) -> FormList:
    found = FormList(
        name=table.text("name"), label_vi=table.text("label_vi"), label_en=table.text("label_en")
    )
    table.done()
    return found


def _line(table: Table) -> Line:
    line = Line(
        code=table.text("code"),
        label_vi=table.text("label_vi"),
        label_en=table.text("label_en"),
        unit=table.text("unit", ""),
        note=table.text("note", ""),
    )
    if line.unit not in _UNITS:
        raise table.fault("definition.unknown_value", line.unit)
    table.done()
    return line


def _fields(table: Table, home: _Home) -> tuple[Field, ...]:
    """One field, once for every list it stands in."""
    parts = table.texts("parts") or (table.text("part", home.part),)
    field = _field(table, home)
    table.done()
    return tuple(replace(field, part=_known_part(table, part, home.parts)) for part in parts)


def _field(table: Table, home: _Home) -> Field:
    kind, code_list = _type(table)
    source, confidence = _grade(table, home)
    return Field(
        key=table.text("key"),
        part=home.part,
        label_vi=table.text("label_vi"),
        label_en=table.text("label_en"),
        type=kind,
        max_length=table.number("max"),
        required=table.flag("required"),
        required_when=_optional_condition(table, "required_when"),
        code_list=code_list,
        help_vi=table.text("help_vi", ""),
        help_en=table.text("help_en", ""),
        number=table.text("number", ""),
        source=source,
        confidence=confidence,
        made=_making(table),
    )


def _type(table: Table) -> tuple[FieldType, str | None]:
    kind, code_list = table.text("type"), table.text("code_list", "") or None
    if kind not in frozenset(FieldType):
        raise table.fault("definition.unknown_type", kind)
    if (kind == FieldType.CODE) is (code_list is None):
        raise table.fault("definition.missing", "code_list")
    return FieldType(kind), code_list


def _grade(table: Table, home: _Home) -> tuple[str, Confidence]:
    source = table.text("source", home.source)
    return source, read_grade(table) if "confidence" in table else home.confidence


def _making(table: Table) -> Making | None:
    found = table.table("made")
    if found is None:
        return None
    by = found.text("by")
    if by not in frozenset(MadeBy):
        raise found.fault("definition.unknown_value", by)
    making = Making(
        by=MadeBy(by),
        of=found.texts("of"),
        words=found.texts("words"),
        code_list=found.text("list", ""),
    )
    found.done()
    _refuse_half_a_making(making, found)
    return making


def _refuse_half_a_making(making: Making, table: Table) -> None:
    if not making.of:
        raise table.fault("definition.missing", "of")
    if (making.by is MadeBy.WORDS) is not bool(making.code_list):
        raise table.fault("definition.missing", "list")
    if len(making.words) != (len(making.of) if making.by is MadeBy.CHOICE else 0):
        raise table.fault("definition.missing", "words")


def _refuse_doubles(definition: FormDefinition, top: Table) -> None:
    seen: set[tuple[str, str]] = set()
    marks = [(f.part, f.key) for f in definition.fields]
    marks += [("line", line.code) for line in definition.lines]
    marks += [("list", found.name) for found in definition.lists]
    for mark in marks:
        if mark in seen:
            raise top.fault("definition.duplicate", mark[1])
        seen.add(mark)


def _refuse_dangling_conditions(definition: FormDefinition, top: Table) -> None:
    seen = {(f.part, f.key) for f in definition.fields}
    conditions = [(f.part, f.required_when.field) for f in definition.fields if f.required_when]
    if definition.when:
        conditions.append((definition.part, definition.when.field))
    if definition.household_part and definition.household_by:
        conditions += [(definition.household_part, definition.household_by)]
        conditions += [(definition.part, definition.household_by)]
    for part, key in conditions:
        if (part, key) not in seen:
            raise top.fault("definition.not_a_form_key", key)
