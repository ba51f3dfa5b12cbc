"""The portal's page: an address that was really seen, and what to paste there."""

from dataclasses import replace
from datetime import UTC, datetime

from desktop.services.portal_page import page_of_dossier, page_of_unit, pages
from forms.model import Dossier, DossierState
from resources.messages import LANGUAGES, text
from tests.fakes.desk import PERIOD, UNIT

DOSSIER = Dossier(
    id="ZZ0001Z-2026-11-600-1",
    unit_code=UNIT.code,
    period=PERIOD,
    procedure="600",
    batch=1,
    state=DossierState.SIGNED,
    created=datetime(2026, 11, 1, tzinfo=UTC),
)


def test_only_an_address_that_is_wholly_known_is_opened() -> None:
    page = page_of_dossier(DOSSIER, UNIT)
    assert "{" not in page.address
    assert page.address.startswith("https://")
    assert page.proven, "the page whose last part nobody understands is passed over"
    assert {each.confidence for each in pages()} == {"C", "U"}


def test_a_dossier_with_a_number_is_looked_up_another_is_declared() -> None:
    filed = replace(DOSSIER, state=DossierState.ACCEPTED, number="00001/2026/07900")
    codes = [step.code for step in page_of_dossier(filed, UNIT).steps]
    assert codes == ["portal.step.login", "portal.step.look_up", "portal.step.take_back"]
    assert page_of_dossier(DOSSIER, UNIT).steps[1].code == "portal.step.declare"


def test_every_value_and_step_has_words_and_none_is_empty() -> None:
    for page in (page_of_dossier(DOSSIER, UNIT), page_of_unit(UNIT)):
        assert all(value.value for value in page.values)
        for lang in LANGUAGES:
            assert all(text(value.label_code, lang) for value in page.values)
            for said in (page.title, *page.steps):
                assert text(said.code, lang, **said.params)
