"""Finding, watching and examining the token, and remembering the one a unit signed with."""

from pathlib import Path

import pytest

from desktop.services.token_api import LastKey
from resources.faults import UsageFault
from signing.doctor.model import Examination, ok
from signing.errors import DeviceFault
from signing.finding.places import Reader
from signing.finding.search import FoundModule, Source
from tests.fakes.desk import UNIT, Desk
from tests.fakes.doctor import slot

TOKEN = (Reader(name="Token 0", state=1),)


def module(name: str, *, bits: int | None = 64) -> FoundModule:
    return FoundModule(
        path=f"/usr/lib/{name}.so", source=Source.LISTED, known=None, bits=bits, is_module=True
    )


def path(name: str) -> str:
    return module(name).path


@pytest.fixture
def drivers(desk: Desk) -> Desk:
    """Three drivers, of which the second sees a token."""
    desk.tokens.modules = (module("a"), module("b"), module("c"))
    desk.tokens.tokens = {path("b"): 1}
    return desk


def signed_with(desk: Desk, driver: str) -> None:
    dossier = desk.built()
    with desk.services.open_token(Path(driver), "123456") as signer:
        desk.services.sign(dossier, signer)


class TestRemember:
    def test_nothing_before_the_first_signing(self, desk: Desk) -> None:
        assert desk.services.token_desk.last_key(UNIT.code) is None

    def test_after_signing_with_a_token(self, desk: Desk) -> None:
        signed_with(desk, path("c"))
        known = desk.services.token_desk.last_key(UNIT.code)
        assert known == LastKey(module=path("c"), serial="0A1B")

    def test_a_link_is_remembered_as_the_file_it_leads_to(self, desk: Desk, tmp_path: Path) -> None:
        real, link = tmp_path / "real.so", tmp_path / "link.so"
        real.touch()
        link.symlink_to(real)
        signed_with(desk, str(link))
        known = desk.services.token_desk.last_key(UNIT.code)
        assert known
        assert known.module == str(real)

    def test_a_key_from_a_file_is_no_token(self, desk: Desk) -> None:
        dossier = desk.built()
        with desk.services.open_key_file(Path("khoa.p12"), "mat-khau") as signer:
            desk.services.sign(dossier, signer)
        assert desk.services.token_desk.last_key(UNIT.code) is None

    def test_a_signing_that_failed_is_not_remembered(self, desk: Desk) -> None:
        desk.signing.spoil = "Hoso/CKy_Dvi"
        with pytest.raises(Exception, match=r"sign\.unverified"):
            signed_with(desk, path("c"))
        assert desk.services.token_desk.last_key(UNIT.code) is None


class TestFind:
    def test_those_with_a_token_come_first(self, drivers: Desk) -> None:
        found = drivers.services.token_desk.find()
        assert [(each.module.path, each.tokens) for each in found] == [
            (path("b"), 1),
            (path("a"), 0),
            (path("c"), 0),
        ]

    def test_the_units_own_comes_before_them(self, drivers: Desk) -> None:
        signed_with(drivers, path("c"))
        found = drivers.services.token_desk.find(UNIT.code)
        assert [each.module.path for each in found] == [path("c"), path("b"), path("a")]
        assert [each.remembered for each in found] == [True, False, False]

    def test_one_that_hangs_is_told_and_the_next_asked(self, drivers: Desk) -> None:
        drivers.tokens.tokens[path("a")] = DeviceFault("token.timeout", module="a.so")
        found = {each.module.path: each for each in drivers.services.token_desk.find()}
        assert found[path("a")].fault == "token.timeout"
        assert found[path("a")].params == (("module", "a.so"),)
        assert (found[path("a")].tokens, found[path("b")].tokens) == (None, 1)

    def test_one_of_another_word_size_is_shown_and_not_asked(self, desk: Desk) -> None:
        desk.tokens.modules = (module("old", bits=32),)
        (found,) = desk.services.token_desk.find()
        assert (found.tokens, desk.tokens.asked) == (None, [])


class TestWatch:
    def test_looking_every_second_asks_the_driver_once(self, desk: Desk) -> None:
        desk.tokens.slots, desk.tokens.readers = (slot(),), TOKEN
        driver = Path(path("a"))
        for _ in range(60):
            desk.tokens.seconds += 1
            assert desk.services.token_desk.watch(driver) == (slot(),)
        assert desk.tokens.asked == [driver]

    def test_a_token_pulled_out_is_noticed(self, desk: Desk) -> None:
        desk.tokens.slots, desk.tokens.readers = (slot(),), TOKEN
        driver = Path(path("a"))
        desk.services.token_desk.watch(driver)
        desk.tokens.slots, desk.tokens.readers, desk.tokens.seconds = (), (), 11
        assert desk.services.token_desk.watch(driver) == ()

    def test_each_driver_has_its_own_answer_and_may_be_asked_at_once(self, desk: Desk) -> None:
        first, second = Path(path("a")), Path(path("b"))
        for driver in (first, second):
            desk.services.token_desk.watch(driver)
        desk.services.token_desk.look_again(first)
        assert desk.tokens.asked == [first, second, first]


class TestExamine:
    def test_for_a_unit_its_tax_code_is_compared(self, desk: Desk, tmp_path: Path) -> None:
        desk.tokens.examination = Examination(checks=(ok("doctor.verdict_usable"),), usable=True)
        cases = desk.services.token_desk
        assert cases.examine(unit_code=UNIT.code).usable
        cases.examine(Path("/usr/lib/a.so"))
        assert desk.tokens.examined == [
            (None, UNIT.tax_code),
            (Path("/usr/lib/a.so"), None),
        ]
        cases.write_bundle(desk.tokens.examination, tmp_path / "a.zip")
        assert desk.tokens.bundles == [tmp_path / "a.zip"]

    def test_a_unit_that_is_not_there(self, desk: Desk) -> None:
        with pytest.raises(UsageFault, match=r"unit\.unknown"):
            desk.services.token_desk.examine(unit_code="KHONG")
