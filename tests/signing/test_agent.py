"""The agent's parts on their own: its command, its messages, the meaning of return values."""

import io
import sys
from pathlib import Path
from typing import Any

import PyKCS11
import pytest

from resources.faults import TokenFault
from resources.messages import catalogue
from signing.agent.child import answer, serve
from signing.agent.command import AGENT_FLAG, agent_arguments, agent_command, agent_environment
from signing.agent.outcome import ckr_fault, ckr_table, fault
from signing.agent.protocol import decode, encode, to_bytes, to_text
from signing.digest_info import sha256_digest_info
from signing.errors import CertificateFault, DeviceFault, PinFault


class FakeDriver:
    """Answers without a library."""

    def probe(self) -> int:
        return 2

    def scan(self) -> dict[str, Any]:
        return {"slots": [], "unreadable": []}

    def login(self, pin: str, serial: str | None, *, last_try: bool = False) -> bytes:
        if pin == "bug":
            raise KeyError(f"the pin was {pin}")
        raise PinFault("pin.wrong")

    def sign(self, digest: bytes) -> bytes:
        return digest[::-1]

    def logout(self) -> None:
        return None


@pytest.mark.parametrize("name", sorted(name for name, _ in ckr_table().values()))
def test_the_table_agrees_with_the_standard_and_has_words(name: str) -> None:
    by_name = {row_name: (value, code) for value, (row_name, code) in ckr_table().items()}
    value, code = by_name[name]
    assert value == getattr(PyKCS11, name)
    assert code in catalogue()


@pytest.mark.parametrize(
    ("name", "kind", "code"),
    [
        ("CKR_PIN_INCORRECT", PinFault, "pin.wrong"),
        ("CKR_PIN_LOCKED", PinFault, "pin.locked"),
        ("CKR_PIN_EXPIRED", PinFault, "pin.expired"),
        ("CKR_PIN_LEN_RANGE", PinFault, "pin.length"),
        ("CKR_FUNCTION_CANCELED", DeviceFault, "token.interrupted"),
        ("CKR_USER_NOT_LOGGED_IN", PinFault, "pin.needed"),
        ("CKR_DEVICE_REMOVED", DeviceFault, "token.removed"),
        ("CKR_TOKEN_NOT_PRESENT", DeviceFault, "token.removed"),
        ("CKR_DEVICE_ERROR", DeviceFault, "token.device"),
        ("CKR_GENERAL_ERROR", DeviceFault, "token.device"),
        ("CKR_FUNCTION_FAILED", DeviceFault, "token.device"),
        ("CKR_MECHANISM_INVALID", CertificateFault, "certificate.key_usage"),
        ("CKR_BUFFER_TOO_SMALL", DeviceFault, "token.device"),
    ],
)
def test_a_return_value_means_this(name: str, kind: type[TokenFault], code: str) -> None:
    found = ckr_fault(getattr(PyKCS11, name))
    assert isinstance(found, kind)
    assert found.code == code


def test_a_device_fault_is_never_a_wrong_pin() -> None:
    wrong = [name for name, code in ckr_table().values() if code == "pin.wrong"]
    assert wrong == ["CKR_PIN_INCORRECT"]


def test_an_unlisted_value_is_named_by_its_number() -> None:
    assert ckr_fault(0x80000042).params == {"ckr": "0x80000042"}


def test_messages_survive_the_pipe() -> None:
    message = {"verb": "login", "pin": "mã\n", "serial": None}
    line = encode(message)
    assert line.count(b"\n") == 1
    assert decode(line) == message
    assert to_bytes(to_text(b"\x00\xff")) == b"\x00\xff"


@pytest.mark.parametrize("line", [b"", b"[]\n", b"DRIVER v1\n", b"{\n", b"\xff\n"])
def test_what_is_no_message_is_refused(line: bytes) -> None:
    with pytest.raises(ValueError, match=r".*"):
        decode(line)


def test_the_child_answers_each_request_in_turn() -> None:
    requests = io.BytesIO(encode({"verb": "probe"}) + encode({"verb": "sign", "digest": "AQI="}))
    answers = io.BytesIO()
    serve(FakeDriver(), requests, answers)  # type: ignore[arg-type]  # a driver by shape only
    lines = answers.getvalue().splitlines()
    assert [decode(line)["ok"] for line in lines] == [{"slots": 2}, {"value": "AgE="}]


def test_the_child_passes_faults_on() -> None:
    request = {"verb": "login", "pin": "1", "serial": None}
    found = answer(FakeDriver(), request)  # type: ignore[arg-type]  # a driver by shape only
    assert found == {"fault": "pin.wrong", "params": {}}


def test_a_bug_in_the_child_says_where_and_never_what() -> None:
    request = {"verb": "login", "pin": "bug", "serial": None}
    found = answer(FakeDriver(), request)  # type: ignore[arg-type]  # a driver by shape only
    assert found["bug"].startswith("KeyError in login:")
    assert "the pin was" not in found["bug"]


def test_from_source_the_agent_is_a_module() -> None:
    command = agent_command(Path("/opt/driver.so"))
    assert command == [sys.executable, "-P", "-m", "signing.agent", "/opt/driver.so"]
    root = str(Path(__file__).parents[2])
    assert agent_environment()["PYTHONPATH"].startswith(root)


def test_a_frozen_program_runs_itself_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    command = agent_command(Path("/opt/driver.so"))
    assert command == [sys.executable, AGENT_FLAG, "/opt/driver.so"]
    assert agent_arguments(command[1:]) == ["/opt/driver.so"]
    assert agent_arguments(["demo"]) is None


def test_digest_info_is_that_of_pkcs1() -> None:
    assert sha256_digest_info(bytes(32)).hex() == (
        "3031300d060960864801650304020105000420" + "00" * 32
    )
    with pytest.raises(ValueError, match="32 bytes"):
        sha256_digest_info(bytes(20))


def test_a_code_of_no_known_sort_is_our_bug() -> None:
    assert fault("sign.unverified", {"node": "a"}).exit_code == 4
