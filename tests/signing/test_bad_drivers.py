"""Drivers as they have been met: they hang, crash, print, lose the token. We say which it was."""

import os
from pathlib import Path

import pytest

from resources.faults import Fault
from signing.errors import DeviceFault, PinFault
from signing.module_file import bits_of
from signing.tokens import list_tokens, open_token
from signing.verify import verify_own
from tests.fakes.certificates import unit_identity
from tests.fakes.documents import FORM_NODE, signed_form
from tests.fakes.softhsm import PIN, SoftToken

pytestmark = pytest.mark.token

PATIENT = {"probe": 30, "list": 30, "login": 30, "sign": 30, "logout": 30}
HANGING_VERB = {
    "hangs-in-initialize": "probe",
    "hangs-in-list": "probe",
    "hangs-in-login": "login",
    "hangs-in-sign": "sign",
}


@pytest.fixture
def logins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One line for every try of a PIN that reached the driver."""
    count = tmp_path / "logins"
    count.touch()
    monkeypatch.setenv("LOGIN_COUNT", str(count))
    return count


def sign_with(module: Path, pin: str = PIN) -> bytes:
    """With little patience for the verb that hangs, and much for a slow machine otherwise."""
    hanging = HANGING_VERB.get(os.environ.get("MISBEHAVE", ""))
    deadlines = {**PATIENT, **({hanging: 1} if hanging else {})}
    with open_token(module, pin, deadlines=deadlines) as signer:
        return signed_form(signer=signer)


def refusal(module: Path, pin: str = PIN) -> Fault:
    with pytest.raises(Fault) as caught:
        sign_with(module, pin)
    return caught.value


@pytest.mark.parametrize(
    ("behaviour", "code"),
    [
        ("hangs-in-initialize", "token.timeout"),
        ("hangs-in-list", "token.timeout"),
        ("hangs-in-login", "token.timeout"),
        ("hangs-in-sign", "token.timeout"),
        ("crashes-in-initialize", "token.crashed"),
        ("crashes-in-list", "token.crashed"),
        ("crashes-in-login", "token.crashed"),
        ("crashes-in-sign", "token.crashed"),
        ("is-pulled-out-while-signing", "token.removed"),
        ("fails-at-login", "token.device"),
    ],
)
def test_a_driver_that_fails_is_named(
    behaviour: str,
    code: str,
    misbehaving: Path,
    token: SoftToken,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MISBEHAVE", behaviour)
    fault = refusal(misbehaving)
    assert isinstance(fault, DeviceFault)
    assert fault.code == code
    assert fault.params["module"] == "misbehaving.so"


def test_after_a_failure_the_next_try_starts_clean(
    misbehaving: Path, token: SoftToken, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MISBEHAVE", "crashes-in-sign")
    assert refusal(misbehaving).code == "token.crashed"
    monkeypatch.delenv("MISBEHAVE")
    assert verify_own(sign_with(misbehaving), FORM_NODE, unit_identity().der).strict


@pytest.mark.parametrize("behaviour", ["prints", "refuses-rw"])
def test_a_driver_that_only_makes_noise_works(
    behaviour: str, misbehaving: Path, token: SoftToken, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MISBEHAVE", behaviour)
    assert verify_own(sign_with(misbehaving), FORM_NODE, unit_identity().der).strict


@pytest.mark.parametrize(
    ("behaviour", "pin", "logins_made"),
    [
        ("cannot-lock", PIN, 1),
        ("answers-length-0", PIN, 1),
        ("has-a-pin-pad", "", 1),
        ("asks-at-every-signature", PIN, 2),
    ],
)
def test_an_odd_driver_signs_all_the_same(
    behaviour: str,
    pin: str,
    logins_made: int,
    misbehaving: Path,
    token: SoftToken,
    logins: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MISBEHAVE", behaviour)
    assert verify_own(sign_with(misbehaving, pin), FORM_NODE, unit_identity().der).strict
    assert len(logins.read_text().splitlines()) == logins_made


def test_a_device_with_a_pin_pad_is_known_before(
    misbehaving: Path, token: SoftToken, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MISBEHAVE", "has-a-pin-pad")
    (slot,) = list_tokens(misbehaving)
    assert slot.has_pin_pad


def test_the_last_try_needs_a_yes_of_its_own(
    misbehaving: Path, token: SoftToken, logins: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MISBEHAVE", "has-one-try-left-from-the-start")
    fault = refusal(misbehaving)
    assert isinstance(fault, PinFault)
    assert (fault.code, logins.read_text()) == ("pin.last_try_unasked", "")
    with open_token(misbehaving, PIN, last_try=True, deadlines=PATIENT) as signer:
        assert verify_own(signed_form(signer=signer), FORM_NODE, unit_identity().der).strict


def test_what_a_driver_prints_goes_nowhere(
    misbehaving: Path,
    token: SoftToken,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("MISBEHAVE", "prints")
    assert len(list_tokens(misbehaving)) == 1
    assert "DRIVER" not in "".join(capfd.readouterr())


def test_one_bad_slot_does_not_hide_the_others(
    misbehaving: Path, token: SoftToken, monkeypatch: pytest.MonkeyPatch
) -> None:
    token.add_token("Token khac")
    monkeypatch.setenv("MISBEHAVE", "has-a-bad-slot")
    assert len(list_tokens(misbehaving)) == 1


@pytest.mark.parametrize(
    ("behaviour", "code", "tries"),
    [
        ("has-one-try-left", "pin.final_try", 1),
        ("locks-at-the-wrong-pin", "pin.locked", 1),
        ("locked-from-the-start", "pin.locked", 0),
        ("fails-at-login", "token.device", 1),
    ],
)
def test_a_pin_is_tried_once_and_the_tries_left_are_told(
    behaviour: str,
    code: str,
    tries: int,
    misbehaving: Path,
    token: SoftToken,
    logins: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MISBEHAVE", behaviour)
    fault = refusal(misbehaving)
    assert fault.code == code
    assert isinstance(fault, PinFault) == code.startswith("pin.")
    assert len(logins.read_text().splitlines()) == tries


def test_a_plain_wrong_pin_is_tried_once(misbehaving: Path, token: SoftToken, logins: Path) -> None:
    assert refusal(misbehaving, "111111").code == "pin.wrong"
    assert len(logins.read_text().splitlines()) == 1


def test_the_locked_flag_is_listed(
    misbehaving: Path, token: SoftToken, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MISBEHAVE", "locked-from-the-start")
    assert list_tokens(misbehaving)[0].pin_locked


class TestFiles:
    def test_a_driver_that_is_not_there(self, tmp_path: Path) -> None:
        fault = refusal(tmp_path / "none.so")
        assert fault.code == "token.module_missing"
        assert fault.params == {"module": "none.so"}

    @pytest.mark.parametrize("content", [b"", b"not a library", b"MZ", b"MZ" + bytes(200)])
    def test_a_file_that_is_no_library(self, tmp_path: Path, content: bytes) -> None:
        module = tmp_path / "a.dll"
        module.write_bytes(content)
        assert refusal(module).code == "token.module_broken"

    def test_a_library_that_is_no_driver(self) -> None:
        (library,) = list(Path("/lib").glob("*/libm.so.6"))[:1]
        assert refusal(library).code == "token.module_broken"

    def test_a_driver_for_another_word_size(self, tmp_path: Path) -> None:
        module = tmp_path / "libvendor32.so"
        module.write_bytes(b"\x7fELF\x01\x01\x01" + bytes(100))
        fault = refusal(module)
        assert fault.code == "token.module_bitness"
        assert fault.params == {"module": "libvendor32.so", "bits": 32, "ours": 64}

    @pytest.mark.parametrize(
        ("head", "bits"),
        [
            (b"\x7fELF\x02" + bytes(20), 64),
            (b"\x7fELF\x01" + bytes(20), 32),
            (b"MZ" + bytes(58) + b"\x40\x00\x00\x00PE\0\0\x64\x86", 64),
            (b"MZ" + bytes(58) + b"\x40\x00\x00\x00PE\0\0\x4c\x01", 32),
            (b"MZ" + bytes(58) + b"\xff\xff\xff\xffPE\0\0\x4c\x01", None),
            (b"\x7fELF", None),
            (b"#!/bin/sh", None),
        ],
    )
    def test_the_word_size_is_read_from_the_head(self, head: bytes, bits: int | None) -> None:
        assert bits_of(head) == bits
