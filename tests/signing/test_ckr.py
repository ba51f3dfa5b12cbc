"""Every return value of PKCS#11 that has been met: who is at fault, what is said, what to do."""

import tomllib
from pathlib import Path

import PyKCS11
import pytest

from resources import read_text
from resources.faults import Fault
from resources.messages import LANGUAGES, catalogue
from signing.agent.driver import Driver
from signing.agent.outcome import ckr_fault, cure_of
from signing.errors import CertificateFault, DeviceFault, PinFault
from tests.fakes.certificates import unit_identity
from tests.fakes.pkcs11_library import (
    PIN,
    READY,
    FakeInfo,
    FakeLibrary,
    FakeSlot,
    certificate_object,
    key_object,
)

TABLE = tomllib.loads(read_text("tokens/ckr.toml"))
CLASSES = {"device": DeviceFault, "pin": PinFault, "certificate": CertificateFault}
EVERY = pytest.mark.parametrize("name", sorted(TABLE))
OF_THE_FACTS = (
    *("PIN_INCORRECT", "PIN_LOCKED", "PIN_EXPIRED", "PIN_LEN_RANGE", "PIN_INVALID"),
    *("TOKEN_NOT_PRESENT", "DEVICE_REMOVED", "TOKEN_NOT_RECOGNIZED", "USER_ALREADY_LOGGED_IN"),
    *("USER_NOT_LOGGED_IN", "SESSION_HANDLE_INVALID", "SESSION_CLOSED", "SESSION_READ_ONLY"),
    *("SESSION_PARALLEL_NOT_SUPPORTED", "DEVICE_ERROR", "GENERAL_ERROR", "FUNCTION_FAILED"),
    *("MECHANISM_INVALID", "KEY_TYPE_INCONSISTENT", "KEY_FUNCTION_NOT_PERMITTED", "CANT_LOCK"),
    *("CRYPTOKI_ALREADY_INITIALIZED", "CRYPTOKI_NOT_INITIALIZED"),
)
UNIT = unit_identity()
LOST = {"CKR_SESSION_CLOSED", "CKR_SESSION_HANDLE_INVALID", "CKR_USER_NOT_LOGGED_IN"}


def unit_slot() -> FakeSlot:
    return FakeSlot(objects=[certificate_object(UNIT), key_object(UNIT)])


def driver(*slots: FakeSlot) -> Driver:
    return Driver(Path("driver.so"), FakeLibrary(list(slots)))


def refusal(slot: FakeSlot) -> Fault:
    with pytest.raises(Fault) as caught:
        driver(slot).login(PIN.decode(), None)
    return caught.value


def test_every_value_of_the_facts_is_in_the_table() -> None:
    assert {f"CKR_{name}" for name in OF_THE_FACTS} <= set(TABLE)


@EVERY
def test_its_class_its_sentence_and_its_cure(name: str) -> None:
    fault = ckr_fault(getattr(PyKCS11, name))
    assert isinstance(fault, CLASSES[TABLE[name]["class"]])
    assert TABLE[name]["value"] == getattr(PyKCS11, name)
    for code in (fault.code, cure_of(fault)):
        assert all(catalogue()[str(code)][language] for language in LANGUAGES)


@EVERY
def test_at_the_login_it_is_tried_once_and_only_a_wrong_pin_is_called_one(name: str) -> None:
    if name == "CKR_USER_ALREADY_LOGGED_IN":
        pytest.skip("as good as a login")
    slot = unit_slot()
    slot.login_answer = name
    fault = refusal(slot)
    assert fault.code == TABLE[name]["code"]
    assert (fault.code == "pin.wrong") == (name == "CKR_PIN_INCORRECT")
    assert slot.pins == [PIN]


@EVERY
def test_while_signing_it_keeps_its_meaning(name: str) -> None:
    slot = unit_slot()
    ready = driver(slot)
    ready.login(PIN.decode(), None)
    slot.sign_answer = name
    with pytest.raises(Fault) as caught:
        ready.sign(bytes(32))
    assert caught.value.code == TABLE[name]["code"]
    assert slot.pins == [PIN]


@EVERY
def test_in_one_slot_it_never_hides_the_others(name: str) -> None:
    bad = unit_slot()
    bad.info_answer = name
    answer = driver(bad, unit_slot()).scan()
    assert [slot["slot"] for slot in answer["slots"]] == [1]
    assert answer["unreadable"][0]["fault"] == TABLE[name]["code"]


def test_no_device_fault_speaks_of_a_wrong_pin() -> None:
    for row in TABLE.values():
        if row["class"] == "device":
            assert row["code"].startswith("token.")


@pytest.mark.parametrize("name", ["CKR_CANCEL", "CKR_FUNCTION_CANCELED"])
def test_only_a_person_at_a_pin_pad_can_cancel(name: str) -> None:
    slot = unit_slot()
    slot.login_answer = name
    assert refusal(slot).code == "token.interrupted"

    class Cancelling(FakeLibrary):
        def openSession(self, slot: int, flags: int) -> object:
            session = super().openSession(slot, flags)

            def login(_pin: bytes | None) -> None:
                raise PyKCS11.PyKCS11Error(getattr(PyKCS11, name))

            session.login = login  # type: ignore[method-assign]  # this token's own answer
            return session

    pad = unit_slot()
    pad.info = FakeInfo(READY | PyKCS11.CKF_PROTECTED_AUTHENTICATION_PATH)
    with pytest.raises(Fault) as caught:
        Driver(Path("driver.so"), Cancelling([pad])).login("", None)
    assert caught.value.code == "pin.cancelled"


class TestLostSession:
    """Reopened once without a PIN; then the person is asked for it."""

    @pytest.mark.parametrize("name", sorted(LOST))
    def test_the_login_outlives_the_session(self, name: str) -> None:
        slot = unit_slot()
        slot.stays_logged_in, slot.sign_answers = True, [name]
        ready = driver(slot)
        ready.login(PIN.decode(), None)
        assert ready.sign(bytes(28) + b"last") == b"signed last"
        assert ready.sign(bytes(28) + b"more") == b"signed more"
        assert (slot.sessions, slot.pins) == (2, [PIN])

    @pytest.mark.parametrize("name", sorted(LOST))
    def test_the_login_is_gone_too(self, name: str) -> None:
        slot = unit_slot()
        slot.sign_answers = [name]
        ready = driver(slot)
        ready.login(PIN.decode(), None)
        for _ in range(2):
            with pytest.raises(PinFault, match=r"pin\.needed"):
                ready.sign(bytes(32))
        assert (slot.sessions, slot.pins) == (2, [PIN])

    def test_it_is_reopened_once_and_not_for_ever(self) -> None:
        slot = unit_slot()
        slot.stays_logged_in, slot.sign_answer = True, "CKR_SESSION_CLOSED"
        ready = driver(slot)
        ready.login(PIN.decode(), None)
        with pytest.raises(PinFault, match=r"pin\.needed"):
            ready.sign(bytes(32))
        assert slot.sessions == 2

    def test_a_token_pulled_out_is_not_reopened(self) -> None:
        slot = unit_slot()
        slot.sign_answers = ["CKR_DEVICE_REMOVED"]
        ready = driver(slot)
        ready.login(PIN.decode(), None)
        with pytest.raises(DeviceFault, match=r"token\.removed"):
            ready.sign(bytes(32))
        assert slot.sessions == 1


class TestSurvey:
    def test_every_slot_is_told(self) -> None:
        hello = FakeSlot(description="Windows Hello 1\x00 ")
        stranger = FakeSlot(info_answer="CKR_TOKEN_NOT_RECOGNIZED")
        unset = FakeSlot(info=FakeInfo(0))
        slots = (hello, stranger, FakeSlot(empty=True), unset, unit_slot())
        told = driver(*slots).survey()
        states = ["virtual", "unreadable", "empty", "unset", "token"]
        assert [each["state"] for each in sorted(told, key=lambda each: each["slot"])] == states
        assert told[0]["reader"] == "Windows Hello 1"
        assert told[1]["fault"] == "token.not_recognized"

    def test_a_driver_that_cannot_list_its_slots_says_so(self) -> None:
        broken = Driver(Path("driver.so"), FakeLibrary([], slots_answer="CKR_GENERAL_ERROR"))
        with pytest.raises(DeviceFault, match=r"token\.device"):
            broken.survey()


@pytest.mark.parametrize("code", sorted(tomllib.loads(read_text("tokens/cures.toml"))))
def test_other_faults_have_their_cures_too(code: str) -> None:
    cure = cure_of(DeviceFault(code))
    assert code in catalogue()
    assert str(cure) in catalogue()
