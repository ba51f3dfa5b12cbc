"""A dossier against the procedure table: forms that must and may be there, papers, dates.

Sources: ``resources/procedures.toml`` (domain rules §6, wire format §4, §7.4).
"""

from collections.abc import Iterator, Sequence
from datetime import date

from forms import catalog
from forms.definition import Confidence
from forms.findings import Finding, Severity
from forms.procedures import Paper, Procedure
from resources.faults import UsageFault

_DIGITS = "0123456789"


def check_dossier(
    procedure: str,
    forms_present: Sequence[str],
    *,
    movements: Sequence[str],
    papers: Sequence[str],
    filing_date: date,
    on_time: bool = False,
) -> tuple[Finding, ...]:
    """What is wrong with the make-up of a dossier.

    ``forms_present``: codes of forms and attachments, printed or electronic (D02-LT is D02-TS).
    ``movements``: phương án codes in the list. ``papers``: what the papers at hand are called, or
    their codes in the table. ``on_time``: reported in its month, so that papers are not asked for;
    arrears (601) ask for them always.
    """
    found = next((p for p in catalog.procedures() if p.code == procedure), None)
    if found is None:
        return (_error("dossier.unknown_procedure", procedure=procedure),)
    present = tuple(
        dict.fromkeys(catalog.wire_code(code, filing_date=filing_date) for code in forms_present)
    )
    used = tuple(dict.fromkeys(code.rstrip(_DIGITS) for code in movements))
    findings = [*_in_force(found, filing_date), *_forms(found, present), *_movements(found, used)]
    if found.papers_expected and not (on_time and found.code != "601"):
        findings += _papers(used, papers)
    findings += _doubts(found, present, filing_date)
    return tuple(findings)


def _in_force(procedure: Procedure, day: date) -> Iterator[Finding]:
    if procedure.valid_to is not None and day > procedure.valid_to:
        yield _error(
            "dossier.procedure_ended", procedure=procedure.code, date=_shown(procedure.valid_to)
        )
    elif procedure.valid_from is not None and day < procedure.valid_from:
        yield _error(
            "dossier.procedure_not_yet", procedure=procedure.code, date=_shown(procedure.valid_from)
        )


def _forms(procedure: Procedure, present: Sequence[str]) -> Iterator[Finding]:
    """CT-DK, an attached paper, may be anywhere but is no form."""
    attached = catalog.attachment_rules().form_code
    forms = [code for code in present if code not in (attached, procedure.envelope)]
    allowed = {form.code for form in procedure.forms}
    for form in procedure.forms:
        if form.required and form.code not in forms:
            yield _error("dossier.form_missing", procedure=procedure.code, form=form.code)
    for code in forms:
        if code not in allowed:
            yield _error("dossier.form_not_allowed", procedure=procedure.code, form=code)
    if not forms and not any(form.required for form in procedure.forms):
        yield _error("dossier.no_form", procedure=procedure.code)


def _movements(procedure: Procedure, used: Sequence[str]) -> Iterator[Finding]:
    meant = {code for case in procedure.cases for code in case.movements}
    for code in used:
        if meant and code not in meant:
            yield _warning("dossier.movement", procedure=procedure.code, movement=code)


def _papers(used: Sequence[str], titles: Sequence[str]) -> Iterator[Finding]:
    for code in used:
        for paper in catalog.papers():
            if code in paper.movements and not any(paper.is_meant_by(title) for title in titles):
                yield _missing(paper, code)


def _missing(paper: Paper, movement: str) -> Finding:
    """A paper that only some cases need is a reminder, not a fault."""
    severity = Severity.INFO if paper.when_vi else Severity.WARNING
    return Finding(
        code=f"dossier.paper.{paper.code}", severity=severity, params={"movement": movement}
    )


def _doubts(procedure: Procedure, present: Sequence[str], day: date) -> Iterator[Finding]:
    if procedure.confidence is Confidence.UNVERIFIED:
        yield _info("dossier.procedure_unproven", procedure=procedure.code)
    for code in (*present, procedure.envelope):
        if _is_unproven(code, day):
            yield _info("form.unproven", form=code)


def _is_unproven(code: str, day: date) -> bool:
    try:
        return catalog.form(code, filing_date=day).unproven is not None
    except UsageFault:
        return False


def _shown(day: date) -> str:
    return day.strftime("%d/%m/%Y")


def _error(code: str, **params: str) -> Finding:
    return Finding(code=code, severity=Severity.ERROR, params=params)


def _warning(code: str, **params: str) -> Finding:
    return Finding(code=code, severity=Severity.WARNING, params=params)


def _info(code: str, **params: str) -> Finding:
    return Finding(code=code, severity=Severity.INFO, params=params)
