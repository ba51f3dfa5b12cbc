"""The driver's own decisions, over a library in memory: which slot, which key, which fault."""

from pathlib import Path
from typing import Any

import PyKCS11
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from resources.faults import Fault
from signing.agent.driver import Driver
from tests.fakes.certificates import authority, unit_identity
from tests.fakes.pkcs11_library import (
    PIN,
    READY,
    FakeInfo,
    FakeLibrary,
    FakeObject,
    FakeSlot,
    certificate_object,
    key_object,
)

UNIT = unit_identity()
SECOND = unit_identity(key_name="second")


def slot(*objects: FakeObject, **settings: Any) -> FakeSlot:
    return FakeSlot(objects=list(objects), **settings)


def unit_slot(**settings: Any) -> FakeSlot:
    return slot(certificate_object(UNIT), key_object(UNIT), **settings)


def second_slot(**settings: Any) -> FakeSlot:
    return slot(certificate_object(SECOND), key_object(SECOND), **settings)


def driver(*slots: FakeSlot, **settings: Any) -> Driver:
    return Driver(Path("driver.so"), FakeLibrary(list(slots), **settings))


def login(*slots: FakeSlot, serial: str | None = None, pin: str = PIN.decode()) -> bytes:
    return driver(*slots).login(pin, serial)


def refusal(*slots: FakeSlot, serial: str | None = None, pin: str = PIN.decode()) -> str:
    with pytest.raises(Fault) as caught:
        login(*slots, serial=serial, pin=pin)
    return caught.value.code


class TestScan:
    def test_texts_lose_their_padding(self) -> None:
        (found,) = driver(unit_slot()).scan()["slots"]
        assert found["label"] == "Token"
        assert found["manufacturer"] == "Hãng không có thật"
        assert found["serial"] == "0001"

    def test_every_session_is_read_only(self) -> None:
        library = FakeLibrary([unit_slot(), second_slot()])
        Driver(Path("driver.so"), library).scan()
        assert library.opened == [PyKCS11.CKF_SERIAL_SESSION] * 2

    def test_a_bad_slot_is_named_and_the_others_are_read(self) -> None:
        bad = unit_slot(info_answer="CKR_TOKEN_NOT_RECOGNIZED")
        answer = driver(bad, second_slot()).scan()
        assert [each["slot"] for each in answer["slots"]] == [1]
        assert answer["unreadable"] == [
            {
                "slot": 0,
                "fault": "token.not_recognized",
                "params": {"ckr": "CKR_TOKEN_NOT_RECOGNIZED"},
            }
        ]

    def test_a_slot_never_set_up_is_no_token(self) -> None:
        answer = driver(unit_slot(info=FakeInfo(PyKCS11.CKF_LOGIN_REQUIRED))).scan()
        assert answer == {"slots": [], "unreadable": []}

    def test_what_is_no_certificate_is_left_out(self) -> None:
        junk = FakeObject(
            PyKCS11.CKO_CERTIFICATE, {PyKCS11.CKA_VALUE: b"junk", PyKCS11.CKA_ID: b"\x05"}
        )
        (found,) = driver(slot(junk, certificate_object(UNIT))).scan()["slots"]
        assert len(found["certificates"]) == 1

    def test_flags_are_told(self) -> None:
        flags = READY | PyKCS11.CKF_USER_PIN_COUNT_LOW | PyKCS11.CKF_USER_PIN_FINAL_TRY
        (found,) = driver(unit_slot(info=FakeInfo(flags))).scan()["slots"]
        assert (found["pin_count_low"], found["pin_final_try"]) == (True, True)
        assert found["pin_locked"] is False

    def test_without_a_need_to_log_in_a_missing_key_is_certain(self) -> None:
        open_token = slot(certificate_object(UNIT), info=FakeInfo(PyKCS11.CKF_TOKEN_INITIALIZED))
        (found,) = driver(open_token).scan()["slots"]
        assert found["certificates"][0]["has_private_key"] is False

    def test_a_driver_that_fails_to_list_says_so(self) -> None:
        with pytest.raises(Fault) as caught:
            driver(slots_answer="CKR_GENERAL_ERROR").probe()
        assert caught.value.code == "token.device"

    def test_the_number_of_slots_is_probed(self) -> None:
        assert driver(unit_slot(), second_slot()).probe() == 2


class TestLogin:
    def test_the_only_certificate_is_taken(self) -> None:
        assert login(unit_slot()) == UNIT.der

    def test_the_authoritys_certificate_is_never_meant(self) -> None:
        both = slot(
            certificate_object(authority(), key_id=b"\x09"),
            certificate_object(UNIT),
            key_object(UNIT),
        )
        assert login(both) == UNIT.der

    def test_a_pin_is_tried_only_where_the_certificate_is(self) -> None:
        first, second = unit_slot(), second_slot()
        assert login(first, second, serial=SECOND.serial) == SECOND.der
        assert (first.pins, second.pins) == ([], [PIN])

    def test_two_tokens_and_no_choice(self) -> None:
        first, second = unit_slot(), second_slot()
        assert refusal(first, second) == "certificate.several"
        assert first.pins == second.pins == []

    def test_two_tokens_that_show_nothing(self) -> None:
        hidden = [slot(certificate_object(UNIT, private=True)) for _ in range(2)]
        assert refusal(*hidden) == "certificate.several"
        assert [each.pins for each in hidden] == [[], []]

    def test_a_hidden_certificate_is_looked_for_after_the_login(self) -> None:
        hidden = slot(certificate_object(UNIT, private=True), key_object(UNIT))
        assert login(hidden, serial=UNIT.serial) == UNIT.der

    def test_two_hidden_certificates_and_no_choice(self) -> None:
        hidden = slot(
            certificate_object(UNIT, private=True),
            key_object(UNIT),
            certificate_object(SECOND, key_id=b"\x02", private=True),
            key_object(SECOND, key_id=b"\x02"),
        )
        assert refusal(hidden) == "certificate.several"

    def test_of_two_only_one_has_its_key(self) -> None:
        renewed = slot(
            certificate_object(SECOND, key_id=b"\x02", private=True),
            certificate_object(UNIT, private=True),
            key_object(UNIT),
        )
        assert login(renewed) == UNIT.der

    def test_a_hidden_certificate_that_is_not_the_wanted_one(self) -> None:
        hidden = slot(certificate_object(UNIT, private=True), key_object(UNIT))
        assert refusal(hidden, serial="ABC") == "certificate.none"

    def test_no_token(self) -> None:
        assert refusal() == "token.none"

    def test_only_a_bad_slot(self) -> None:
        assert refusal(unit_slot(info_answer="CKR_DEVICE_ERROR")) == "token.device"

    def test_nothing_there(self) -> None:
        nothing = slot(info=FakeInfo(PyKCS11.CKF_TOKEN_INITIALIZED))
        assert refusal(nothing) == "certificate.none"

    def test_a_key_that_is_certainly_missing(self) -> None:
        open_token = slot(certificate_object(UNIT), info=FakeInfo(PyKCS11.CKF_TOKEN_INITIALIZED))
        assert refusal(open_token) == "certificate.no_private_key"
        assert open_token.pins == []

    def test_a_key_that_turns_out_to_be_missing(self) -> None:
        assert refusal(slot(certificate_object(UNIT))) == "certificate.no_private_key"

    def test_a_key_that_cannot_sign_here(self) -> None:
        odd = unit_identity(elliptic=True, curve=ec.SECP521R1)
        found = slot(certificate_object(odd), key_object(odd, modulus=False))
        assert refusal(found) == "certificate.key_type"

    def test_a_token_without_ids_means_its_only_key(self) -> None:
        elliptic = unit_identity(elliptic=True)
        found = slot(
            certificate_object(elliptic, key_id=b""),
            key_object(elliptic, key_id=b"", modulus=False),
        )
        without_lengths = Driver(Path("driver.so"), FakeLibrary([found]), again=lambda *_: b"")
        assert without_lengths.login(PIN.decode(), None) == elliptic.der

    def test_an_empty_id_pairs_with_nothing_but_the_modulus(self) -> None:
        found = slot(
            certificate_object(UNIT, key_id=b""),
            key_object(SECOND, key_id=b""),
            key_object(UNIT, key_id=b""),
        )
        assert login(found) == UNIT.der

    def test_two_keys_of_one_id_are_told_apart_by_modulus(self) -> None:
        found = slot(certificate_object(UNIT), key_object(SECOND), key_object(UNIT))
        login_driver = driver(found)
        assert login_driver.login(PIN.decode(), None) == UNIT.der

    def test_already_logged_in_is_as_good(self) -> None:
        found = slot(certificate_object(UNIT), key_object(UNIT))
        found.login_answer = "CKR_USER_ALREADY_LOGGED_IN"
        found.objects[1].private = False
        assert login(found) == UNIT.der


class TestPin:
    @pytest.mark.parametrize(
        ("flags", "code"),
        [
            (0, "pin.wrong"),
            (PyKCS11.CKF_USER_PIN_COUNT_LOW, "pin.wrong"),
            (PyKCS11.CKF_USER_PIN_FINAL_TRY, "pin.final_try"),
            (PyKCS11.CKF_USER_PIN_LOCKED, "pin.locked"),
            (PyKCS11.CKF_USER_PIN_FINAL_TRY | PyKCS11.CKF_USER_PIN_LOCKED, "pin.locked"),
        ],
    )
    def test_after_a_wrong_pin_the_token_is_asked_again(self, flags: int, code: str) -> None:
        found = unit_slot(login_answer="CKR_PIN_INCORRECT", flags_after_login=flags)
        assert refusal(found) == code
        assert found.pins == [PIN]

    def test_a_locked_token_is_not_tried(self) -> None:
        locked = unit_slot(info=FakeInfo(READY | PyKCS11.CKF_USER_PIN_LOCKED))
        assert refusal(locked) == "pin.locked"
        assert locked.pins == []

    @pytest.mark.parametrize(
        ("answer", "code"),
        [
            ("CKR_DEVICE_ERROR", "token.device"),
            ("CKR_PIN_LOCKED", "pin.locked"),
            ("CKR_FUNCTION_CANCELED", "token.interrupted"),
            ("CKR_TOKEN_NOT_PRESENT", "token.removed"),
            ("CKR_USER_PIN_NOT_INITIALIZED", "pin.not_set"),
        ],
    )
    def test_other_answers_keep_their_meaning(self, answer: str, code: str) -> None:
        flags = PyKCS11.CKF_USER_PIN_FINAL_TRY
        assert refusal(unit_slot(login_answer=answer, flags_after_login=flags)) == code


class TestSign:
    def test_the_digest_is_wrapped_and_signed(self) -> None:
        ready = driver(unit_slot())
        ready.login(PIN.decode(), None)
        assert ready.sign(bytes(28) + b"last") == b"signed last"

    def test_nothing_is_signed_before_a_login_or_after_a_logout(self) -> None:
        ready = driver(unit_slot())
        for prepare in (lambda: None, lambda: ready.login(PIN.decode(), None) and ready.logout()):
            prepare()
            with pytest.raises(Fault) as caught:
                ready.sign(bytes(32))
            assert caught.value.code == "pin.needed"

    def test_a_token_pulled_out_is_said_as_such(self) -> None:
        ready = driver(unit_slot(sign_answer="CKR_DEVICE_REMOVED"))
        ready.login(PIN.decode(), None)
        with pytest.raises(Fault) as caught:
            ready.sign(bytes(32))
        assert caught.value.code == "token.removed"

    def test_a_logout_that_fails_is_told_once(self) -> None:
        ready = driver(unit_slot(logout_answer="CKR_DEVICE_REMOVED"))
        ready.login(PIN.decode(), None)
        with pytest.raises(Fault):
            ready.logout()
        ready.logout()


def test_a_library_that_is_not_there_is_said_to_be_missing() -> None:
    with pytest.raises(Fault) as caught:
        Driver(Path("/nothing/there.so")).probe()
    assert caught.value.code == "token.module_missing"
