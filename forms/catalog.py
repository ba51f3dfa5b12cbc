"""Which forms and procedures there are, and which version of a form is in force on a filing date.

Loaded from ``resources/forms/<code>/<valid-from>/`` and ``resources/procedures.toml``, once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

from forms.definition import FormDefinition
from forms.definition_loader import load_definition
from forms.procedures import (
    ENVELOPE,
    AttachmentRules,
    Ivan,
    Paper,
    Procedure,
    ProcedureForm,
    ProcedureTable,
    load_procedures,
)
from forms.strict_toml import DefinitionFault
from forms.wire import Unproven, Wire, load_wire
from resources import children, locate, read_text
from resources.faults import UsageFault

__all__ = [
    "ENVELOPE",
    "AttachmentRules",
    "FormVersion",
    "Ivan",
    "Procedure",
    "ProcedureForm",
    "attachment_rules",
    "codes",
    "default_ivan",
    "form",
    "forms_of",
    "last_day",
    "load_catalog",
    "package_limit",
    "papers",
    "printed_form",
    "procedure",
    "procedures",
    "refuse_bad_order",
    "versions",
    "wire_code",
]

_PROCEDURES = "procedures.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormVersion:
    """A form model with its wire mapping, where it has one of its own."""

    valid_from: date
    definition: FormDefinition
    layout: Wire | None

    @property
    def wire(self) -> Wire:
        """Raises UsageFault ``form.no_wire`` for a form that is only printed or only read."""
        if self.layout is None:
            raise UsageFault("form.no_wire", form=self.definition.code)
        return self.layout

    @property
    def unproven(self) -> Unproven | None:
        """Why its electronic format is not confirmed; None when it is, or when it has none."""
        return self.layout.unproven if self.layout else None

    @property
    def valid_to(self) -> date | None:
        """Last filing date, for a version that nothing of the same code follows."""
        return self.definition.valid_to


def procedure(code: str) -> Procedure:
    """Raises UsageFault ``procedure.unknown``."""
    for found in _table().procedures:
        if found.code == code:
            return found
    raise UsageFault("procedure.unknown", code=code)


def procedures() -> tuple[Procedure, ...]:
    return _table().procedures


def papers() -> tuple[Paper, ...]:
    """Kinds of papers that go with phương án."""
    return _table().papers


def form(code: str, *, filing_date: date) -> FormVersion:
    """The version in force. Raises UsageFault ``form.unknown``, ``form.not_in_force``,
    ``form.ended``."""
    if versions(code)[0].valid_from > filing_date:
        raise UsageFault("form.not_in_force", form=code, date=_shown(filing_date))
    found = _at(code, filing_date)
    if found.valid_to is not None and filing_date > found.valid_to:
        raise UsageFault("form.ended", form=code, date=_shown(found.valid_to))
    return found


def printed_form(code: str, *, filing_date: date) -> FormVersion:
    """The form that is meant by a code on a filing date, whatever it was called then.

    ``D02-TS`` and ``D02-LT`` are one list under two names; ``MS3`` took the place of ``D03-TS``.
    Raises as ``form``.
    """
    owners = [c for c in sorted(codes()) if any(_goes_by(v, code) for v in versions(c))]
    for owner in owners:
        if _is_in_force(owner, filing_date) and _goes_by(_at(owner, filing_date), code):
            return _at(owner, filing_date)
    if code not in codes() and owners:
        return form(owners[0], filing_date=filing_date)
    for alias in versions(code)[0].definition.aliases:
        if not _is_in_force(code, filing_date) and alias in codes():
            return form(alias, filing_date=filing_date)
    return _on_paper(form(code, filing_date=filing_date), filing_date)


def last_day(version: FormVersion) -> date | None:
    """The last filing date of a version on paper; None while nothing has taken its place."""
    later = [
        v.valid_from for v in versions(version.definition.code) if v.valid_from > version.valid_from
    ]
    if later:
        return later[0] - timedelta(days=1)
    return version.definition.printed_to or version.valid_to


def wire_code(code: str, *, filing_date: date) -> str:
    """Under which code a form stands in the dossier: ``D02-TS`` for ``D02-LT``; else its own."""
    if code not in codes() or versions(code)[0].valid_from > filing_date:
        return code
    return _at(code, filing_date).definition.wire_as or code


def forms_of(code: str, *, filing_date: date) -> tuple[FormVersion, ...]:
    """Every form a procedure must or may hold, in the order of the envelope."""
    return tuple(form(f.code, filing_date=filing_date) for f in procedure(code).forms)


@cache
def versions(code: str) -> tuple[FormVersion, ...]:
    """Oldest first, without gap or overlap. Raises UsageFault ``form.unknown``."""
    if code not in codes():
        raise UsageFault("form.unknown", form=code)
    found = tuple(_version(code, folder) for folder in children(f"forms/{code}"))
    refuse_bad_order(code, [(v.valid_from, v.valid_to) for v in found])
    return found


@cache
def codes() -> frozenset[str]:
    """Codes of all forms, the envelope among them."""
    return frozenset(children("forms"))


def package_limit() -> int:
    """Bytes an envelope may have."""
    return _table().limit_bytes


def default_ivan() -> Ivan:
    return _table().ivan


def attachment_rules() -> AttachmentRules:
    return _table().attachment


def load_catalog(text: str, *, file: str) -> ProcedureTable:
    """Parses ``procedures.toml``. Raises DefinitionFault."""
    return load_procedures(text, file=file, known_forms=codes())


def refuse_bad_order(code: str, spans: Sequence[tuple[date, date | None]]) -> None:
    """Versions follow each other: an end, where one is given, is the day before the next begin.

    Raises DefinitionFault ``definition.order``.
    """
    last_begin, last_end = spans[-1]
    bad = last_end is not None and last_end < last_begin
    for (begin, end), (following, _) in pairwise(spans):
        bad = bad or following <= begin
        bad = bad or (end is not None and end + timedelta(days=1) != following)
    if bad:
        raise DefinitionFault("definition.order", file=f"forms/{code}", place="", name=code)


def _on_paper(version: FormVersion, day: date) -> FormVersion:
    """The version itself, or what is printed in its place by now."""
    end, successor = version.definition.printed_to, version.definition.successor
    if end is None or day <= end or not successor:
        return version
    return form(successor, filing_date=day)


def _goes_by(version: FormVersion, code: str) -> bool:
    return code in version.definition.aliases


def _at(code: str, day: date) -> FormVersion:
    return [v for v in versions(code) if v.valid_from <= day][-1]


def _is_in_force(code: str, day: date) -> bool:
    if versions(code)[0].valid_from > day:
        return False
    end = _at(code, day).valid_to
    return end is None or day <= end


def _version(code: str, folder: str) -> FormVersion:
    place = f"forms/{code}/{folder}"
    definition = load_definition(read_text(f"{place}/form.toml"), file=f"{place}/form.toml")
    wire_file = f"forms/{code}/{definition.wire_from or folder}/wire.toml"
    has_wire = bool(definition.wire_from) or locate(wire_file).is_file()
    return FormVersion(
        valid_from=date.fromisoformat(folder),
        definition=definition,
        layout=load_wire(read_text(wire_file), file=wire_file, definition=definition)
        if has_wire
        else None,
    )


@cache
def _table() -> ProcedureTable:
    return load_catalog(read_text(_PROCEDURES), file=_PROCEDURES)


def _shown(day: date) -> str:
    return day.strftime("%d/%m/%Y")
