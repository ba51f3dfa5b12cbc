"""A PKCS#12 file as a key: what opens it and what does not."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from resources.faults import Fault
from signing.errors import CertificateFault, PinFault
from signing.key_file import key_file_certificate, open_key_file
from signing.verify import verify_own
from tests.fakes.certificates import TAX_CODE, authority, unit_identity, write_key_file
from tests.fakes.documents import FORM_NODE, signed_form

PASSWORD = "mật khẩu thử"


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    return write_key_file(tmp_path / "unit.p12", unit_identity(), PASSWORD)


def fault_of(path: Path, password: str = PASSWORD) -> Fault:
    with pytest.raises(Fault) as caught, open_key_file(path, password):
        pytest.fail("it must not open")
    return caught.value


def test_it_signs(key_file: Path) -> None:
    with open_key_file(key_file, PASSWORD) as signer:
        signed = signed_form(signer=signer)
        assert verify_own(signed, FORM_NODE, signer.certificate).strict


def test_its_certificate_is_shown(key_file: Path) -> None:
    assert key_file_certificate(key_file, PASSWORD).tax_code == TAX_CODE


def test_a_wrong_password_is_said_as_such(key_file: Path) -> None:
    fault = fault_of(key_file, "sai")
    assert isinstance(fault, PinFault)
    assert fault.code == "key_file.password"
    assert "sai" not in str(fault)


@pytest.mark.parametrize("content", [b"", b"rubbish", b"\x30\x03\x02\x01\x01", bytes(2_000_000)])
def test_a_file_that_is_no_key_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.p12"
    path.write_bytes(content)
    assert fault_of(path).code == "key_file.unreadable"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert fault_of(tmp_path / "none.p12").code == "key_file.unreadable"


def test_a_key_that_cannot_sign_here(tmp_path: Path) -> None:
    path = write_key_file(
        tmp_path / "ec.p12", unit_identity(elliptic=True, curve=ec.SECP521R1), PASSWORD
    )
    fault = fault_of(path)
    assert isinstance(fault, CertificateFault)
    assert fault.code == "certificate.key_type"


def test_an_authoritys_file_opens_like_any_other(tmp_path: Path) -> None:
    path = write_key_file(tmp_path / "ca.p12", authority(), PASSWORD)
    assert key_file_certificate(path, PASSWORD).tax_code is None
