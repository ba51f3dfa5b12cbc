"""A form on paper: found by code and filing date, filled, set and written as PDF."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from forms import catalog
from forms.catalog import FormVersion
from forms.definition import FormDefinition, Kind
from forms.model import Draft, Part, Period, Unit
from forms.paper.compose import compose
from forms.paper.content import content_of, drafted
from forms.paper.document import PaperDocument
from forms.paper.layout import Look, PaperLayout
from forms.paper.layout_loader import load_layout
from forms.paper.plain import plain_layout
from forms.paper.wording import practice_note
from forms.render import FormData
from resources import locate, read_text


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperForm:
    """One form, ready to be written."""

    code: str
    """its name on paper: ``D02-LT`` where the dossier says ``D02-TS``"""
    valid_from: date
    official: bool
    """False: its printed look is not known, or not in every line; the paper says so"""
    document: PaperDocument


def paper_form(
    code: str,
    data: FormData,
    unit: Unit,
    period: Period,
    *,
    filing_date: date,
    practice: bool = False,
) -> PaperForm:
    """One form in the version of a filing date, under any of its names; ``practice``: every page
    says so. Raises UsageFault ``form.unknown``, ``form.not_in_force``, ``form.ended``.
    """
    version = catalog.printed_form(code, filing_date=filing_date)
    banner = practice_note() if practice else ""
    return _set(version, data, unit, period, filing_date, banner)


def paper_forms(
    draft: Draft,
    unit: Unit,
    period: Period,
    *,
    procedure: str,
    filing_date: date,
    only: str = "",
    practice: bool = False,
) -> tuple[PaperForm, ...]:
    """The forms of a procedure that the draft has rows for, in the order of the envelope.

    ``only``: the one that goes by this code, on paper or electronically; ``practice``: every page
    says so. Raises UsageFault ``procedure.unknown`` and as ``paper_form``.
    """
    found = []
    for listed in catalog.procedure(procedure).forms:
        version = catalog.printed_form(listed.code, filing_date=filing_date)
        data = _drafted(version.definition, draft)
        if data is not None and _is_meant(only, listed.code, version.definition):
            banner = practice_note() if practice else ""
            found.append(_set(version, data, unit, period, filing_date, banner))
    return tuple(found)


@cache
def layout_of(code: str, valid_from: date) -> PaperLayout | None:
    """The official look of a form's version; None where it is not known."""
    file = f"paper/{code}-{valid_from.isoformat()}.toml"
    if not locate(file).is_file():
        return None
    version = next(v for v in catalog.versions(code) if v.valid_from == valid_from)
    return load_layout(read_text(file), file=file, definition=version.definition)


def _is_meant(only: str, listed: str, definition: FormDefinition) -> bool:
    names = {listed, definition.code, *definition.aliases}
    return not only or only.casefold() in {name.casefold() for name in names}


def _drafted(definition: FormDefinition, draft: Draft) -> FormData | None:
    rows = definition.rows_of(draft)
    if not rows or definition.kind is not Kind.FILED:
        return None
    part = definition.household_part
    return drafted(definition, rows, draft.rows(Part(part)) if part else ())


def _set(
    version: FormVersion,
    data: FormData,
    unit: Unit,
    period: Period,
    filing_date: date,
    banner: str = "",
) -> PaperForm:
    definition = version.definition
    content = content_of(definition, data, unit, period, filing_date=filing_date)
    known = layout_of(definition.code, version.valid_from)
    layout = known or plain_layout(definition, content)
    return PaperForm(
        code=definition.code,
        valid_from=version.valid_from,
        official=layout.look is Look.OFFICIAL,
        document=compose(
            layout,
            content,
            title=f"{definition.code} – {definition.title_vi}",
            banner=banner,
        ),
    )
