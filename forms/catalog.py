"""Which forms and procedures there are, and which version of a form is in force on a filing date.

Loaded from ``resources/forms/<code>/<valid-from>/`` and ``resources/procedures.toml``, once.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache

from forms.definition import Confidence, FormDefinition, load_definition, read_source
from forms.strict_toml import Table
from forms.wire import Wire, load_wire
from resources import children, read_text
from resources.faults import UsageFault

ENVELOPE = "BHXHDienTu"
_PROCEDURES = "procedures.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormVersion:
    """A form model with its wire mapping."""

    valid_from: date
    definition: FormDefinition
    wire: Wire


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureForm:
    code: str
    required: bool
    title: str
    """MoTaToKhai"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """A dossier that can be filed (thủ tục)."""

    code: str
    """as used in this program and on its command line"""
    wire_code: str
    """MaThuTuc"""
    name_vi: str
    """TenThuTuc"""
    name_en: str
    source: str
    confidence: Confidence
    forms: tuple[ProcedureForm, ...]
    """in the order of the envelope"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ivan:
    """The I-VAN named in the envelope."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentRules:
    form_code: str
    title_vi: str
    title_en: str
    extensions: tuple[str, ...]
    """in small letters, with the dot"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Catalog:
    limit_bytes: int
    ivan: Ivan
    attachment: AttachmentRules
    procedures: tuple[Procedure, ...]


def procedure(code: str) -> Procedure:
    """Raises UsageFault ``procedure.unknown``."""
    for found in _catalog().procedures:
        if found.code == code:
            return found
    raise UsageFault("procedure.unknown", code=code)


def procedures() -> tuple[Procedure, ...]:
    return _catalog().procedures


def form(code: str, *, filing_date: date) -> FormVersion:
    """The version in force. Raises UsageFault ``form.unknown`` or ``form.not_in_force``."""
    in_force = [v for v in versions(code) if v.valid_from <= filing_date]
    if not in_force:
        raise UsageFault("form.not_in_force", form=code, date=filing_date.strftime("%d/%m/%Y"))
    return in_force[-1]


def forms_of(code: str, *, filing_date: date) -> tuple[FormVersion, ...]:
    """Every form a procedure must or may hold, in the order of the envelope."""
    return tuple(form(f.code, filing_date=filing_date) for f in procedure(code).forms)


@cache
def versions(code: str) -> tuple[FormVersion, ...]:
    """Oldest first. Raises UsageFault ``form.unknown``."""
    if code not in codes():
        raise UsageFault("form.unknown", form=code)
    return tuple(_version(code, folder) for folder in children(f"forms/{code}"))


@cache
def codes() -> frozenset[str]:
    """Codes of all forms, the envelope among them."""
    return frozenset(children("forms"))


def package_limit() -> int:
    """Bytes an envelope may have."""
    return _catalog().limit_bytes


def default_ivan() -> Ivan:
    return _catalog().ivan


def attachment_rules() -> AttachmentRules:
    return _catalog().attachment


def _version(code: str, folder: str) -> FormVersion:
    place = f"forms/{code}/{folder}"
    definition = load_definition(read_text(f"{place}/form.toml"), file=f"{place}/form.toml")
    wire_file = f"{place}/wire.toml"
    return FormVersion(
        valid_from=date.fromisoformat(folder),
        definition=definition,
        wire=load_wire(read_text(wire_file), file=wire_file, definition=definition),
    )


@cache
def _catalog() -> _Catalog:
    return load_catalog(read_text(_PROCEDURES), file=_PROCEDURES)


def load_catalog(text: str, *, file: str) -> _Catalog:
    """Parses ``procedures.toml``. Raises DefinitionFault."""
    top = Table(tomllib.loads(text), file=file, place="")
    catalog = _Catalog(
        limit_bytes=_limit(top),
        ivan=_ivan(top),
        attachment=_attachment(top),
        procedures=tuple(_procedure(table) for table in top.tables("procedure")),
    )
    top.done()
    if len({p.code for p in catalog.procedures}) != len(catalog.procedures):
        raise top.fault("definition.duplicate", "procedure")
    return catalog


def _section(top: Table, name: str) -> Table:
    section = top.table(name)
    if section is None:
        raise top.fault("definition.missing", name)
    read_source(section)
    return section


def _limit(top: Table) -> int:
    section = _section(top, "package")
    limit = section.number("limit_bytes")
    section.done()
    if limit is None:
        raise section.fault("definition.missing", "limit_bytes")
    return limit


def _ivan(top: Table) -> Ivan:
    section = _section(top, "ivan")
    ivan = Ivan(code=section.text("code"), name=section.text("name"))
    section.done()
    return ivan


def _attachment(top: Table) -> AttachmentRules:
    section = _section(top, "attachment")
    rules = AttachmentRules(
        form_code=section.text("form_code"),
        title_vi=section.text("title_vi"),
        title_en=section.text("title_en"),
        extensions=section.texts("extensions"),
    )
    section.done()
    return rules


def _procedure(table: Table) -> Procedure:
    source, confidence = read_source(table)
    found = Procedure(
        code=table.text("code"),
        wire_code=table.text("wire_code"),
        name_vi=table.text("name_vi"),
        name_en=table.text("name_en"),
        source=source,
        confidence=confidence,
        forms=tuple(_procedure_form(item) for item in table.tables("forms")),
    )
    table.done()
    return found


def _procedure_form(table: Table) -> ProcedureForm:
    found = ProcedureForm(
        code=table.text("code"), required=table.flag("required"), title=table.text("title")
    )
    table.done()
    if found.code not in codes():
        raise table.fault("definition.unknown_value", found.code)
    return found
