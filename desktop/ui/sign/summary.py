"""What is about to be signed, and what came of it, in words. No Qt."""

from collections.abc import Iterator, Mapping, Sequence

from desktop.services.api import SignSummary
from desktop.services.signing_batch import SignedBatch
from desktop.ui.formats import dossier_title, money
from desktop.ui.ground import Ground
from desktop.ui.texts import tr, words
from forms.model import Unit

MOST_MOVEMENTS = 6
"""phương án named in the summary; the rest is counted together"""
Line = tuple[str, str]
"""(what, value)"""


def unit_words(unit: Unit) -> str:
    return tr("ui.sign.unit_value", name=unit.name, tax_code=unit.tax_code)


def dossier_lines(summary: SignSummary) -> tuple[Line, ...]:
    """One dossier, in the order in which it is read before the PIN."""
    return (
        (tr("ui.sign.dossier"), dossier_title(summary.dossier)),
        (tr("ui.sign.procedure"), summary.procedure_name),
        (tr("ui.sign.people"), tr("ui.sign.people_value", count=summary.people)),
        (tr("ui.sign.movements"), movements(summary.movements)),
        (tr("ui.sign.wage"), money(summary.total_wage)),
        (tr("ui.sign.forms"), "\n".join(summary.forms)),
        *(
            (tr("ui.sign.unproven"), words(each.code, each.params))
            for each in (*summary.unproven, *summary.papers)
        ),
    )


def total_lines(summaries: Sequence[SignSummary]) -> tuple[Line, ...]:
    """All of them together. People are counted in each dossier: one may stand in several."""
    return (
        (tr("ui.sign.dossiers"), tr("ui.sign.dossiers_value", count=len(summaries))),
        (tr("ui.sign.people_all"), tr("ui.sign.people_value", count=_people(summaries))),
        (tr("ui.sign.wage_all"), money(_wage(summaries))),
        (tr("ui.sign.forms_all"), tr("ui.sign.forms_value", count=_forms(summaries))),
    )


def wage_ground(summaries: Sequence[SignSummary]) -> Ground:
    """How people and wages in the summary were counted."""
    counted = (
        tr(
            "ui.why.sign.one",
            dossier=dossier_title(each.dossier),
            rows=sum(count for _, count in each.movements),
            people=each.people,
            wage=money(each.total_wage),
        )
        for each in summaries
    )
    rules = (tr(f"ui.why.sign.{part}") for part in ("people", "wage", "same"))
    return Ground(title=tr("ui.why.sign.title"), lines=("\n".join(counted), *rules))


def signing_for(summaries: Sequence[SignSummary]) -> str:
    """The sentence right above the PIN: for whom, and how much."""
    if not summaries:
        return ""
    unit = summaries[0].unit
    return tr(
        "ui.sign.for",
        unit=unit.name,
        tax_code=unit.tax_code,
        dossiers=len(summaries),
        people=_people(summaries),
        wage=money(_wage(summaries)),
    )


def _people(summaries: Sequence[SignSummary]) -> int:
    return sum(each.people for each in summaries)


def _wage(summaries: Sequence[SignSummary]) -> int:
    return sum(each.total_wage for each in summaries)


def _forms(summaries: Sequence[SignSummary]) -> int:
    return sum(len(each.forms) for each in summaries)


def movements(counted: Sequence[tuple[str, int]]) -> str:
    shown = [
        tr("ui.sign.movement", code=code or tr("ui.sign.no_movement"), count=count)
        for code, count in counted[:MOST_MOVEMENTS]
    ]
    rest = sum(count for _, count in counted[MOST_MOVEMENTS:])
    if rest:
        shown.append(tr("ui.sign.other_movements", count=rest))
    return ", ".join(shown)


def stopped(batch: SignedBatch, why: str, titles: Mapping[str, str]) -> str:
    """What is signed, where it stopped and why, what was not tried; ``titles`` by dossier."""
    return "\n".join(_stopped(batch, why, titles))


def _stopped(batch: SignedBatch, why: str, titles: Mapping[str, str]) -> Iterator[str]:
    signed = [dossier_title(each) for each in batch.signed]
    yield tr("ui.batch.signed", which=", ".join(signed)) if signed else tr("ui.batch.none_signed")
    if batch.failed:
        yield tr("ui.batch.failed", which=titles.get(batch.failed, ""), why=why)
    untried = [titles.get(each, each) for each in batch.untried]
    if untried:
        yield tr("ui.batch.untried", which=", ".join(untried))
