"""From a draft to the files of a dossier, driven by the form data; no code knows a single form.

The bytes are in canonical form and are never parsed and written again.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from pathlib import PurePath, PureWindowsPath

from forms import catalog
from forms.attachments import RECOGNISERS
from forms.catalog import FormVersion, Ivan
from forms.definition import FormDefinition
from forms.model import Draft, FileKind, FormFile, Part, Period, Row, Unit
from forms.xml.envelope import Envelope, PackedFile, form_code_of, read_envelope, write_envelope
from forms.xml.rendering import Content, Lists, no_related, write_document
from resources.faults import DataFault

_MB = 1_000_000

CONTACTS = frozenset({"dia_chi_lien_he", "email", "dien_thoai"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FormData:
    """What stands in one form that no workbook feeds, such as TK3-TS."""

    values: Mapping[str, str] = field(default_factory=dict)
    """by field key of the part that stands once (``HEADER``)"""
    lists: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    """list name → its rows"""


_NOTHING_GIVEN: Mapping[str, FormData] = {}


def render_forms(
    draft: Draft,
    unit: Unit,
    period: Period,
    *,
    procedure: str,
    filing_date: date,
    given: Mapping[str, FormData] = _NOTHING_GIVEN,
) -> tuple[FormFile, ...]:
    """The unsigned forms in the order of the envelope; optional ones only when they have a row.

    ``given``: form code → its data, for forms that do not come from the draft. Raises UsageFault
    ``procedure.unknown``, ``form.not_in_force``, ``form.ended``, ``form.no_wire``; DataFault
    ``form.no_rows``, ``xml.illegal_character``.
    """
    files = []
    for listed in catalog.procedure(procedure).forms:
        version = catalog.form(listed.code, filing_date=filing_date)
        data = given.get(listed.code) or _from_draft(version.definition, draft)
        if data is not None:
            files.append(_form_file(listed.title, version, data, _about(unit, period)))
        elif listed.required:
            raise DataFault("form.no_rows", form=listed.code)
    return tuple(files)


def render_form(
    code: str, data: FormData, unit: Unit, period: Period, *, filing_date: date
) -> FormFile:
    """One unsigned form by itself, under the code it has in a dossier.

    Raises UsageFault ``form.*``; DataFault ``xml.illegal_character``.
    """
    written = catalog.wire_code(code, filing_date=filing_date)
    version = catalog.form(written, filing_date=filing_date)
    return _form_file(version.definition.title_vi, version, data, _about(unit, period))


def attachment(path_name: str, content: bytes) -> FormFile:
    """An attached paper. ``path_name``: file name, a folder before it is dropped.

    Raises DataFault ``attachment.extension`` or ``attachment.content``.
    """
    rules = catalog.attachment_rules()
    path = PurePath(PureWindowsPath(path_name).name)
    extension = path.suffix.lower()
    if extension not in rules.extensions:
        accepted = ", ".join(rules.extensions)
        raise DataFault("attachment.extension", extension=extension[:10], accepted=accepted)
    if not RECOGNISERS[extension](content):
        raise DataFault("attachment.content", extension=extension)
    return FormFile(
        name=path.stem + extension,
        kind=FileKind.ATTACHMENT,
        form_code=rules.form_code,
        title=rules.title_vi,
        sign_node=None,
        content=content,
    )


def render_envelope(
    files: Sequence[tuple[FormFile, bytes]],
    unit: Unit,
    period: Period,
    *,
    procedure: str,
    filing_date: date,
    ivan: Ivan | None = None,
) -> FormFile:
    """The unsigned envelope around files and their signed bytes, in the order given.

    Raises DataFault ``package.too_large``, ``package.duplicate_name``, ``xml.illegal_character``.
    """
    _refuse_doubled_names([form.name for form, _ in files])
    found = catalog.procedure(procedure)
    version = catalog.form(found.envelope, filing_date=filing_date)
    _refuse_too_large(sum(len(signed) for _, signed in files) * 4 // 3)
    content = write_envelope(
        [_packed(form, signed, version.wire.family) for form, signed in files],
        unit=unit,
        period=period,
        procedure=found,
        filing_date=filing_date,
        ivan=ivan or catalog.default_ivan(),
        wire=version.wire,
    )
    _refuse_too_large(len(content))
    return FormFile(
        name=version.wire.file,
        kind=FileKind.ENVELOPE,
        form_code=version.definition.code,
        title=version.definition.title_vi,
        sign_node=version.wire.sign_node,
        content=content,
    )


def open_envelope(content: bytes) -> Envelope:
    """What an envelope of the newest layout says, files decoded; signatures are not looked at.

    Raises DataFault ``xml.*`` or ``envelope.*`` (see ``forms.xml.envelope.read_envelope``).
    """
    wire = catalog.versions(catalog.ENVELOPE)[-1].wire
    return read_envelope(content, wire=wire, attachments=catalog.attachment_rules())


def _about(unit: Unit, period: Period) -> dict[str, str]:
    """What every form may say of the unit without being asked."""
    return {
        "ma_don_vi": unit.code,
        "ten_don_vi": unit.name,
        "ky_ke_khai": period.wire,
        "ma_so_thue": unit.tax_code,
        "dia_chi_lien_he": unit.address,
        "email": unit.email,
        "dien_thoai": unit.phone,
        "nguoi_dai_dien": unit.signer,
    }


def without_contacts(about: Mapping[str, str]) -> dict[str, str]:
    """Somebody who gave no phone must not be reached at the unit's."""
    return {key: value for key, value in about.items() if key not in CONTACTS}


def _from_draft(definition: FormDefinition, draft: Draft) -> FormData | None:
    """None when the draft has no row for this form."""
    rows = definition.rows_of(draft)
    if not rows:
        return None
    lists: dict[str, Sequence[Row]] = {definition.part: rows}
    if definition.household_part is not None:
        lists[definition.household_part] = draft.rows(Part(definition.household_part))
    return FormData(lists=lists)


def _form_file(
    title: str, version: FormVersion, data: FormData, about: Mapping[str, str]
) -> FormFile:
    definition, wire = version.definition, version.wire
    lists = {name: rows for name, rows in data.lists.items() if name != definition.household_part}
    related = _households(definition, data)
    out = BytesIO()
    kept = about if definition.unit_contacts else without_contacts(about)
    content = Content(values={**kept, **data.values}, lists=lists, related=related)
    write_document(out, wire, content)
    return FormFile(
        name=wire.file,
        kind=FileKind.FORM,
        form_code=definition.code,
        title=title,
        sign_node=wire.sign_node,
        content=out.getvalue(),
    )


def _households(definition: FormDefinition, data: FormData) -> Callable[[Row], Lists]:
    """For a row, its household: rows of the other list with the same, not empty, number."""
    part, by = definition.household_part, definition.household_by
    if part is None or by is None:
        return no_related
    members: defaultdict[str, list[Row]] = defaultdict(list)
    for member in data.lists.get(part, ()):
        members[member.get(by)].append(member)
    members.pop("", None)
    return lambda row: {part: members.get(row.get(by), ())}


def _packed(form: FormFile, signed: bytes, family: str) -> PackedFile:
    return PackedFile(
        form_code=form_code_of(form.name, family, catalog.attachment_rules()),
        title=form.title,
        name=form.name,
        content=signed,
    )


def _refuse_doubled_names(names: Sequence[str]) -> None:
    seen: set[str] = set()
    for position, name in enumerate(names, 1):
        if name.casefold() in seen:
            raise DataFault("package.duplicate_name", position=position)
        seen.add(name.casefold())


def _refuse_too_large(size: int) -> None:
    limit = catalog.package_limit()
    if size > limit:
        raise DataFault("package.too_large", size_mb=-(-size // _MB), limit_mb=limit // _MB)
