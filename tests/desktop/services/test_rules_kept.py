"""By which rules a dossier was checked is kept with it, and follows every new check."""

import pytest

from forms.model import DossierState
from tests.fakes.desk import PERIOD, UNIT, Desk, Key, person

GIO = person(4, "Trần Thị Gió")


def test_an_import_is_checked_by_the_rules_of_today(desk: Desk) -> None:
    assert desk.services.dossier(desk.imported(GIO)).rules_hash == "rules of 2026"


@pytest.mark.parametrize("way", ["check", "build", "change"])
def test_whatever_checks_again_says_by_which_rules(desk: Desk, way: str) -> None:
    dossier = desk.imported(GIO)
    desk.forms.rules = "rules of 2027"
    if way == "check":
        desk.services.check(dossier)
    elif way == "build":
        desk.services.build(unit_code=UNIT.code, period=PERIOD)
    else:
        desk.services.change_rows(dossier, "lao_dong", [person(4, "Trần Thị Mây")])
    assert desk.services.dossier(dossier).rules_hash == "rules of 2027"


def test_a_signed_dossier_keeps_the_rules_it_was_built_by(desk: Desk) -> None:
    dossier = desk.built(GIO)
    desk.forms.rules = "rules of 2027"
    desk.services.sign(dossier, Key())
    desk.services.check(dossier)
    kept = desk.services.dossier(dossier)
    assert (kept.state, kept.rules_hash) == (DossierState.SIGNED, "rules of 2026")
