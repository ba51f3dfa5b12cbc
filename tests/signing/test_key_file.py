"""A PKCS#12 file as a key: what opens it and what does not."""

import logging
import shutil
import subprocess
import traceback
import unicodedata
from pathlib import Path

import pytest
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)

from resources.faults import Fault
from resources.messages import catalogue
from signing.errors import CertificateFault, PinFault
from signing.key_file import key_file_certificate, open_key_file
from signing.verify import verify_own
from tests.fakes.certificates import (
    TAX_CODE,
    Identity,
    authority,
    unit_identity,
    write_key_file,
)
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


def bundle(path: Path, *, encryption: KeySerializationEncryption, chain: bool = True) -> Path:
    """As Windows exports one: with the authority's certificate, encrypted as it is told to."""
    unit = unit_identity()
    more = [authority().certificate] if chain else None
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(b"k", unit.key, unit.certificate, more, encryption)
    )
    return path


def old_windows() -> KeySerializationEncryption:
    builder = PrivateFormat.PKCS12.encryption_builder().kdf_rounds(2000)
    builder = builder.key_cert_algorithm(pkcs12.PBES.PBESv1SHA1And3KeyTripleDESCBC)
    return builder.hmac_hash(SHA1()).build(PASSWORD.encode())


def test_a_file_with_the_whole_chain_gives_the_units_certificate(tmp_path: Path) -> None:
    path = bundle(tmp_path / "a.pfx", encryption=BestAvailableEncryption(PASSWORD.encode()))
    assert key_file_certificate(path, PASSWORD).tax_code == TAX_CODE


def test_an_export_of_old_windows_opens(tmp_path: Path) -> None:
    path = bundle(tmp_path / "a.pfx", encryption=old_windows())
    assert key_file_certificate(path, PASSWORD).tax_code == TAX_CODE
    assert fault_of(path, "sai").code == "key_file.password"


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
@pytest.mark.parametrize("how", ["PBE-SHA1-RC2-40", "PBE-SHA1-RC2-128", "PBE-SHA1-3DES"])
def test_what_other_programs_export_opens(tmp_path: Path, how: str) -> None:
    path = exported(tmp_path, "-legacy", "-certpbe", how, "-macalg", "sha1")
    assert key_file_certificate(path, PASSWORD).tax_code == TAX_CODE
    assert fault_of(path, "sai").code == "key_file.password"


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_a_file_without_a_key_is_said_as_such(tmp_path: Path) -> None:
    assert fault_of(exported(tmp_path, "-nokeys")).code == "certificate.no_private_key"


def exported(folder: Path, *options: str) -> Path:
    """By openssl, the chain before the unit's own certificate."""
    unit, path = unit_identity(), folder / "b.pfx"
    key = unit.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    pems = [each.certificate.public_bytes(Encoding.PEM) for each in (unit, authority())]
    (folder / "all.pem").write_bytes(b"".join([*pems, key]))
    files = ("-in", folder / "all.pem", "-out", path, "-passout", f"pass:{PASSWORD}")
    subprocess.run(["openssl", "pkcs12", "-export", *files, *options], check=True)
    return path


def test_a_certificate_of_another_key_is_not_taken(tmp_path: Path) -> None:
    other = unit_identity(key_name="other")
    path = tmp_path / "a.p12"
    path.write_bytes(mixed_up(unit_identity(), other))
    assert fault_of(path).code == "certificate.no_private_key"


def mixed_up(mine: Identity, other: Identity) -> bytes:
    """The library refuses to write such a file, so the certificates alone are put beside it."""
    password = BestAvailableEncryption(PASSWORD.encode())
    return pkcs12.serialize_key_and_certificates(
        None, mine.key, None, [other.certificate], password
    )


def test_a_copy_that_was_cut_off_is_not_a_wrong_password(key_file: Path) -> None:
    key_file.write_bytes(key_file.read_bytes()[:-100])
    assert fault_of(key_file).code == "key_file.unreadable"


def test_letters_typed_apart_open_the_file_too(key_file: Path, tmp_path: Path) -> None:
    apart = unicodedata.normalize("NFD", PASSWORD)
    assert apart != PASSWORD
    assert key_file_certificate(key_file, apart).tax_code == TAX_CODE
    other = write_key_file(tmp_path / "b.p12", unit_identity(), apart)
    assert key_file_certificate(other, apart).tax_code == TAX_CODE
    assert fault_of(key_file, apart + "x").code == "key_file.password"


def test_a_kind_of_encryption_that_is_not_there_any_more(
    key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_data: bytes, _password: bytes) -> None:
        raise UnsupportedAlgorithm("RC2")

    monkeypatch.setattr(pkcs12, "load_pkcs12", refuse)
    fault = fault_of(key_file)
    assert fault.code == "key_file.legacy"
    assert "AES256" in catalogue()[fault.code]["vi"]


def test_no_password_is_seen_anywhere(key_file: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        fault = fault_of(key_file, "mat-khau-sai-4711")
        with open_key_file(key_file, PASSWORD) as signer:
            shown = repr(signer)
    everything = "\n".join([*traceback.format_exception(fault), caplog.text, shown])
    assert "4711" not in everything
    assert PASSWORD not in everything
    assert "PrivateKey" not in shown
