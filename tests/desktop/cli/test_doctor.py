"""``tokhai token find`` and ``token doctor`` as a helpdesk uses them, over software tokens."""

import zipfile
from pathlib import Path

import pytest

from desktop import token_room
from desktop.cli.console import Console
from signing.finding.drivers import System
from signing.finding.places import Places
from tests.desktop.cli.conftest import UNIT, Line, Sample, SignWithToken
from tests.fakes.certificates import TAX_CODE, unit_identity
from tests.fakes.computer import Computer
from tests.fakes.softhsm import MODULE, SoftToken

pytestmark = pytest.mark.token
CHECK = {"code", "status", "params", "message", "cure", "advice"}
DRIVER = {
    *("path", "brand", "evidence", "source", "bits", "usable", "tokens", "remembered"),
    *("fault", "message"),
}


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Computer:
    """A computer that knows SoftHSM2 by p11-kit."""
    made = Computer(system=System.LINUX, variables={})
    real = str(MODULE.resolve())
    made.content = {
        "/usr/share/p11-kit/modules/softhsm2.module": f"module: {real}\n".encode(),
        real: MODULE.read_bytes(),
    }

    def places() -> Places:
        return made.places

    monkeypatch.setattr(token_room, "this_computer", places)
    return made


def test_find_tells_which_driver_sees_a_token(line: Line, desk: Computer, token: SoftToken) -> None:
    said = line.json("token", "find")
    (driver,) = said.document["drivers"]
    assert said.code == 0
    assert set(driver) == DRIVER
    assert (driver["tokens"], driver["source"], driver["usable"]) == (1, "p11_kit", True)
    assert "có token đang cắm" in line("token", "find").out


def test_find_without_any_driver_says_what_to_do(line: Line, desk: Computer) -> None:
    desk.content.clear()
    said = line("token", "find")
    assert said.code == 3
    assert "--module" in said.out


def test_the_driver_of_the_last_signing_is_known_again(
    line: Line, desk: Computer, token: SoftToken, sample: Sample, sign_with_token: SignWithToken
) -> None:
    identity = unit_identity(user_ids=(f"MST:{unit_tax_code(line)}",))
    token.put(identity)
    assert sign_with_token().code == 0
    (driver,) = line.json("token", "find", "--unit", UNIT).document["drivers"]
    assert driver["remembered"] is True
    assert "đã dùng lần trước" in driver["message"]


def unit_tax_code(line: Line) -> str:
    (unit,) = line.json("unit", "list").document["units"]
    return str(unit["tax_code"])


def test_doctor_says_that_a_token_can_sign(line: Line, desk: Computer, token: SoftToken) -> None:
    token.put(unit_identity())
    said = line.json("token", "doctor", "--module", MODULE.resolve())
    assert said.code == 0, said.document
    assert set(said.document) == {"usable", "checks", "bundle"}
    assert all(set(check) == CHECK for check in said.document["checks"])
    assert said.document["checks"][-1]["code"] == "doctor.verdict_usable"
    words = line("token", "doctor").out
    assert TAX_CODE in words
    assert "✓ Kết luận" in words


def test_each_step_is_said_at_once(
    line: Line, desk: Computer, token: SoftToken, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not at the end: a driver may hang for seconds."""
    token.put(unit_identity())
    said: list[str] = []
    real = Console.say

    def say(console: Console, text: str) -> None:
        said.append(text)
        real(console, text)

    monkeypatch.setattr(Console, "say", say)
    words = line("token", "doctor").out
    assert words.splitlines()[: len(said)] == said
    assert any(each.startswith("✓ Kết luận") for each in said)


def test_what_does_not_matter_in_the_end_is_named(
    line: Line, desk: Computer, token: SoftToken
) -> None:
    token.put(unit_identity())
    desk.plugged = ()
    said = line("token", "doctor")
    assert said.code == 0
    assert "không cản việc ký" in said.out


def test_doctor_says_what_is_wrong_and_the_cure(
    line: Line, desk: Computer, token: SoftToken, sample: Sample
) -> None:
    token.put(unit_identity())
    said = line("token", "doctor", "--unit", UNIT)
    assert said.code == 3
    wrong = next(each for each in said.out.splitlines() if "không phải của đơn vị" in each)
    assert wrong.startswith("✗")
    assert "    → Cắm đúng token của đơn vị" in said.out
    assert (
        "    → Plug in the unit's own token"
        in line("--lang", "en", "token", "doctor", "--unit", UNIT).out
    )


def test_doctor_of_a_file_that_is_not_there(line: Line, desk: Computer, tmp_path: Path) -> None:
    said = line.json("token", "doctor", "--module", tmp_path / "none.dll")
    assert said.code == 3
    assert "doctor.driver_no_library" in [check["code"] for check in said.document["checks"]]


def test_a_bundle_for_support(line: Line, desk: Computer, token: SoftToken, tmp_path: Path) -> None:
    token.put(unit_identity())
    out = tmp_path / "goi.zip"
    said = line("token", "doctor", "--bundle", out)
    assert said.code == 0
    assert str(out) in said.out
    with zipfile.ZipFile(out) as bundle:
        content = "".join(bundle.read(name).decode() for name in bundle.namelist())
    assert "doctor.verdict_usable" in content
    assert TAX_CODE not in content
    assert "MÂY TRẮNG" not in content


def test_a_bundle_that_cannot_be_written(line: Line, desk: Computer, tmp_path: Path) -> None:
    assert line("token", "doctor", "--bundle", tmp_path).code == 2
    assert line("token", "doctor", "--bundle", tmp_path / "none" / "a.zip").code == 3


def test_a_unit_that_is_not_there(line: Line, desk: Computer) -> None:
    for command in ("find", "doctor"):
        said = line.json("token", command, "--unit", "KHONG")
        assert (said.code, said.document["error"]["code"]) == (2, "unit.unknown")
