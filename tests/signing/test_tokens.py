"""A token from end to end over SoftHSM2: list, log in, sign, and every plain refusal."""

import logging
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from resources.faults import Fault, SurroundingsFault
from signing.errors import CertificateFault, DeviceFault, PinFault
from signing.tokens import TokenSigner, list_tokens, open_token
from signing.verify import verify_own
from tests.fakes.certificates import AUTHORITY, UNIT, unit_identity
from tests.fakes.documents import FORM_NODE, signed_form
from tests.fakes.softhsm import LABEL, MODULE, PIN, SoftToken

pytestmark = pytest.mark.token


def refusal(pin: str = PIN, serial: str | None = None, module: Path = MODULE) -> Fault:
    with pytest.raises(Fault) as caught, open_token(module, pin, serial):
        pytest.fail("it must not open")
    return caught.value


class TestList:
    def test_a_token_is_listed_without_a_pin(self, token: SoftToken) -> None:
        (slot,) = list_tokens(MODULE)
        assert slot.label == LABEL
        assert slot.manufacturer == "SoftHSM project"
        assert (slot.pin_count_low, slot.pin_final_try, slot.pin_locked) == (False,) * 3
        assert not slot.needs_login_to_list
        names = {each.certificate.common_name for each in slot.certificates}
        assert names == {UNIT, AUTHORITY}

    def test_without_a_pin_it_cannot_be_told_whether_the_key_is_there(
        self, token: SoftToken
    ) -> None:
        (slot,) = list_tokens(MODULE)
        assert {each.has_private_key for each in slot.certificates} == {None}

    def test_slots_that_were_never_set_up_are_no_tokens(self, empty_token: SoftToken) -> None:
        assert list_tokens(MODULE) == ()

    def test_a_token_that_shows_nothing_before_a_login_says_so(
        self, empty_token: SoftToken
    ) -> None:
        empty_token.add_token()
        empty_token.put(unit_identity(), hidden=True)
        (slot,) = list_tokens(MODULE)
        assert slot.needs_login_to_list
        assert slot.certificates == ()


class TestSign:
    def test_what_a_token_signs_is_right(self, token: SoftToken, tmp_path: Path) -> None:
        with open_token(MODULE, PIN) as signer:
            signed = signed_form(signer=signer)
        assert verify_own(signed, FORM_NODE, unit_identity().der).strict
        path = tmp_path / "form.xml"
        path.write_bytes(signed)
        command = ["xmlsec1", "--verify", "--insecure", str(path)]
        assert subprocess.run(command, capture_output=True, check=False).returncode == 0

    def test_one_login_signs_many(self, token: SoftToken) -> None:
        with open_token(MODULE, PIN) as signer:
            values = {signer.sign(str(number).encode()) for number in range(5)}
        assert len(values) == 5

    def test_a_hidden_certificate_is_found_after_the_login(self, empty_token: SoftToken) -> None:
        empty_token.add_token()
        empty_token.put(unit_identity(), hidden=True)
        with open_token(MODULE, PIN) as signer:
            assert signer.certificate == unit_identity().der

    def test_the_serial_chooses(self, token: SoftToken) -> None:
        second = unit_identity(key_name="second")
        token.put(second, key_id=b"\x02")
        with open_token(MODULE, PIN, second.serial) as signer:
            assert signer.certificate == second.der

    def test_the_serial_may_be_written_with_colons_in_lower_case(self, token: SoftToken) -> None:
        plain = unit_identity().serial.zfill(len(unit_identity().serial) + 1)
        plain = plain if len(plain) % 2 == 0 else plain[1:]
        spaced = ":".join(plain[at : at + 2] for at in range(0, len(plain), 2)).lower()
        with open_token(MODULE, PIN, spaced) as signer:
            assert signer.certificate == unit_identity().der

    def test_a_key_is_found_by_its_modulus_when_the_ids_differ(
        self, empty_token: SoftToken
    ) -> None:
        empty_token.add_token()
        empty_token.put(unit_identity(), key_id=b"\x07", certificate_id=b"\x08")
        with open_token(MODULE, PIN) as signer:
            assert signer.certificate == unit_identity().der

    def test_the_right_token_among_several_is_logged_in_to(self, token: SoftToken) -> None:
        other = unit_identity(key_name="second")
        token.add_token("Token khac")
        token.put(other, label="Token khac")
        with open_token(MODULE, PIN, other.serial) as signer:
            assert signer.certificate == other.der


class TestRefusals:
    def test_a_wrong_pin(self, token: SoftToken) -> None:
        fault = refusal("111111")
        assert isinstance(fault, PinFault)
        assert fault.code == "pin.wrong"

    def test_a_right_pin_after_a_wrong_one(self, token: SoftToken) -> None:
        assert refusal("111111").code == "pin.wrong"
        assert list_tokens(MODULE)[0].pin_count_low
        with open_token(MODULE, PIN) as signer:
            assert isinstance(signer, TokenSigner)

    def test_a_pin_of_an_impossible_length(self, token: SoftToken) -> None:
        assert refusal("1").code in ("pin.wrong", "pin.length")

    def test_no_pin(self, token: SoftToken) -> None:
        assert refusal("").code == "pin.needed"

    def test_no_token(self, empty_token: SoftToken) -> None:
        fault = refusal()
        assert isinstance(fault, DeviceFault)
        assert isinstance(fault, SurroundingsFault)
        assert fault.code == "token.none"

    def test_no_certificate(self, empty_token: SoftToken) -> None:
        empty_token.add_token()
        assert refusal().code == "certificate.none"

    def test_a_serial_that_is_not_there(self, token: SoftToken) -> None:
        fault = refusal(serial="ABCDEF")
        assert isinstance(fault, CertificateFault)
        assert fault.code == "certificate.none"

    def test_several_certificates_and_no_choice(self, token: SoftToken) -> None:
        token.put(unit_identity(key_name="second"), key_id=b"\x02")
        assert refusal().code == "certificate.several"

    def test_a_certificate_without_its_key(self, empty_token: SoftToken) -> None:
        empty_token.add_token()
        empty_token.put(unit_identity(), with_key=False)
        assert refusal().code == "certificate.no_private_key"

    def test_a_kind_of_key_that_cannot_sign_here(self, empty_token: SoftToken) -> None:
        empty_token.add_token()
        empty_token.put(unit_identity(elliptic=True, curve=ec.SECP521R1))
        assert refusal().code == "certificate.key_type"


class TestSecrets:
    def test_the_pin_is_nowhere_to_be_read(
        self, token: SoftToken, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        with open_token(MODULE, PIN) as signer:
            assert isinstance(signer, TokenSigner)
            process = Path("/proc") / str(signer.agent.pid)
            assert PIN.encode() not in (process / "cmdline").read_bytes()
            assert PIN.encode() not in (process / "environ").read_bytes()
            assert PIN not in repr(signer)
        assert PIN not in caplog.text

    def test_a_wrong_pin_is_in_no_fault(self, token: SoftToken) -> None:
        fault = refusal("135791")
        chain: BaseException | None = fault
        while chain is not None:
            assert "135791" not in repr(chain) + str(chain)
            chain = chain.__cause__ or chain.__context__

    def test_nothing_is_left_running(self, token: SoftToken) -> None:
        with open_token(MODULE, PIN) as signer:
            assert isinstance(signer, TokenSigner)
            process = Path("/proc") / str(signer.agent.pid)
            assert process.exists()
        assert not process.exists()

    def test_nothing_signs_after_the_block(self, token: SoftToken) -> None:
        with open_token(MODULE, PIN) as signer:
            pass
        with pytest.raises(DeviceFault) as caught:
            signer.sign(b"later")
        assert caught.value.code == "token.crashed"
