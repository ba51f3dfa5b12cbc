"""The portal's page for a dossier or a unit: opened by a person, with what they paste there."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from string import Formatter

from desktop.services.inbox_api import PortalPage, PortalValue, Said
from forms.model import Dossier, Unit
from forms.states import FILED
from resources import read_text

FILE = "gateway/portal.toml"
CERTAIN = "C"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """``address`` may hold ``{parts}``; ``confidence`` as in the rules' tables."""

    name: str
    address: str
    confidence: str
    source: str

    @property
    def parts(self) -> frozenset[str]:
        return frozenset(name for _, name, _, _ in Formatter().parse(self.address) if name)


@cache
def pages() -> tuple[Page, ...]:
    return tuple(Page(**row) for row in tomllib.loads(read_text(FILE))["page"])


def page_of_unit(unit: Unit) -> PortalPage:
    return _page({}, values_of_unit(unit), [Said(code="portal.step.login")])


def page_of_dossier(dossier: Dossier, unit: Unit) -> PortalPage:
    """To file it by hand; where it has a number, to look it up."""
    known = {
        "procedure": dossier.procedure,
        "agency": unit.agency,
        "month": f"{dossier.period.month:02}-{dossier.period.year}",
    }
    values = (*values_of_unit(unit), *values_of_dossier(dossier))
    return _page(known, values, list(steps(dossier)))


def _page(
    known: Mapping[str, str], values: Sequence[PortalValue], steps: Sequence[Said]
) -> PortalPage:
    page = next(each for each in pages() if each.parts <= known.keys())
    proven = page.confidence == CERTAIN
    doubt = () if proven else (Said(code="portal.unproven"),)
    return PortalPage(
        address=page.address.format(**known),
        title=Said(code=f"portal.title.{page.name}", params=dict(known)),
        proven=proven,
        values=tuple(value for value in values if value.value),
        steps=(*doubt, *steps),
    )


def values_of_unit(unit: Unit) -> tuple[PortalValue, ...]:
    return (
        PortalValue(key="tax_code", value=unit.tax_code),
        PortalValue(key="unit_code", value=unit.code),
        PortalValue(key="unit_name", value=unit.name),
        PortalValue(key="agency", value=unit.agency),
    )


def values_of_dossier(dossier: Dossier) -> tuple[PortalValue, ...]:
    return (
        PortalValue(key="procedure", value=dossier.procedure),
        PortalValue(key="period", value=dossier.period.wire),
        PortalValue(key="batch", value=str(dossier.batch)),
        PortalValue(key="number", value=dossier.number or ""),
        PortalValue(key="transaction", value=dossier.transaction or ""),
    )


def steps(dossier: Dossier) -> Iterator[Said]:
    yield Said(code="portal.step.login")
    if dossier.state in FILED and dossier.number:
        yield Said(code="portal.step.look_up", params={"number": dossier.number})
    else:
        params = {"procedure": dossier.procedure, "period": dossier.period.wire}
        yield Said(code="portal.step.declare", params=params)
    yield Said(code="portal.step.take_back")
