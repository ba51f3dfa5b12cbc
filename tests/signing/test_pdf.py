"""An attached PDF is signed with the same key, and what is signed is what was attached."""

import shutil
import subprocess
import time
from io import BytesIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

import signing.pdf
from resources.faults import DataFault, Fault
from resources.messages import catalogue
from signing.errors import CertificateFault, DeviceFault, SigningBug
from signing.pdf import pdf_obstacle, sign_pdf
from signing.pdf_check import check_signed_pdf
from signing.ports import Signer
from signing.tokens import open_token
from tests.fakes.certificates import NOW, unit_identity
from tests.fakes.papers import (
    certified_pdf,
    encrypted_pdf,
    old_pdf,
    pdf,
    pdf_signed_by_another,
)
from tests.fakes.softhsm import PIN, SoftToken

UNIT = unit_identity()
KEYS = {
    "rsa": UNIT,
    "p256": unit_identity(elliptic=True),
    "p384": unit_identity(elliptic=True, curve=ec.SECP384R1),
}
PAPERS = {
    "plain": pdf(),
    "with streams": pdf(streams=True),
    "from a scanner": old_pdf(),
    "signed by another": pdf_signed_by_another(),
    "long": pdf(pages=40, filling=20_000),
}


def signed(content: bytes, signer: Signer | None = None) -> bytes:
    return sign_pdf(content, signer or UNIT.signer, signing_time=NOW).content


def last_signature(content: bytes) -> EmbeddedPdfSignature:
    found = PdfFileReader(BytesIO(content), strict=False).embedded_signatures[-1]
    found.compute_integrity_info()
    return found


def by_pyhanko(content: bytes) -> tuple[bool, bool, str]:
    """(digest right, value right, what is covered) as pyHanko's own validation sees it."""
    found = last_signature(content)
    right = validate_sig_integrity(
        found.signer_info, found.signer_cert, "data", found.compute_digest()
    )
    return (*right, found.coverage.name)


def refusal(content: bytes) -> str:
    with pytest.raises(DataFault) as caught:
        signed(content)
    assert pdf_obstacle(content) == caught.value.code
    assert caught.value.code in catalogue()
    return caught.value.code


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("key", KEYS)
def test_the_paper_stays_and_a_signature_is_added(paper: str, key: str) -> None:
    content, identity = PAPERS[paper], KEYS[key]
    assert pdf_obstacle(content) is None
    result = signed(content, identity.signer)
    assert result.startswith(content)
    assert by_pyhanko(result) == (True, True, "ENTIRE_FILE")
    assert last_signature(result).signer_cert.dump() == identity.der


def test_it_is_in_the_form_that_newer_software_writes() -> None:
    found = last_signature(signed(pdf()))
    assert found.sig_object["/SubFilter"] == "/adbe.pkcs7.detached"
    assert found.sig_object["/Filter"] == "/Adobe.PPKLite"
    assert found.md_algorithm == "sha256"
    assert found.self_reported_timestamp == NOW
    assert len(found.signed_data["certificates"]) == 1


def test_nothing_is_to_be_seen_on_the_page() -> None:
    field = last_signature(signed(pdf())).sig_field
    assert [float(edge) for edge in field["/Rect"]] == [0, 0, 0, 0]


def test_an_earlier_signature_stays_right() -> None:
    result = signed(pdf_signed_by_another())
    first, second = PdfFileReader(BytesIO(result)).embedded_signatures
    first.compute_integrity_info()
    assert first.summarise_integrity_info()["docmdp_ok"]
    assert (first.field_name, second.field_name) == ("TacGia", "ChuKyDonVi1")


def test_signing_twice_gives_two_signatures() -> None:
    result = signed(signed(pdf()))
    names = [each.field_name for each in PdfFileReader(BytesIO(result)).embedded_signatures]
    assert names == ["ChuKyDonVi1", "ChuKyDonVi2"]


def test_a_token_signs_it(token: SoftToken) -> None:
    with open_token(token.module, PIN) as signer:
        assert by_pyhanko(signed(pdf(), signer)) == (True, True, "ENTIRE_FILE")


@pytest.mark.skipif(shutil.which("pdfsig") is None, reason="poppler-utils is not installed")
@pytest.mark.parametrize("key", KEYS)
def test_poppler_finds_it_valid(key: str, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(signed(pdf(), KEYS[key].signer))
    said = subprocess.run(["pdfsig", str(path)], capture_output=True, text=True).stdout
    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert "adbe.pkcs7.detached" in said


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (encrypted_pdf(), "pdf.encrypted"),
        (certified_pdf(), "pdf.certified"),
        (b"", "pdf.broken"),
        (b"%PDF-1.7", "pdf.broken"),
        (pdf()[:-300], "pdf.broken"),
        (bytes(21 * 1024 * 1024), "pdf.too_large"),
    ],
    ids=["encrypted", "certified", "empty", "head only", "cut off", "too large"],
)
def test_what_cannot_be_signed_says_why(content: bytes, code: str) -> None:
    assert refusal(content) == code


def test_one_that_takes_too_long_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing.pdf, "_with_empty_signature", lambda *_: time.sleep(2))
    assert pdf_obstacle(pdf(), seconds=0.05) == "pdf.too_slow"


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_one_is_refused_or_signed_right(data: st.DataObject) -> None:
    content = bytearray(PAPERS["plain"])
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    if pdf_obstacle(bytes(content)) is None:
        assert signed(bytes(content)).startswith(content)


class Failing:
    certificate = UNIT.der

    def __init__(self, answer: bytes | Fault) -> None:
        self.answer = answer

    def sign(self, octets: bytes) -> bytes:
        if isinstance(self.answer, Fault):
            raise self.answer
        return self.answer


def test_a_token_pulled_out_is_told_as_such() -> None:
    with pytest.raises(DeviceFault, match=r"token\.removed"):
        signed(pdf(), Failing(DeviceFault("token.removed", module="x")))


def test_a_value_that_is_not_right_is_noticed() -> None:
    with pytest.raises(SigningBug, match=r"sign\.unverified"):
        signed(pdf(), Failing(bytes(256)))


def test_a_key_that_cannot_sign_is_refused() -> None:
    with pytest.raises(CertificateFault, match=r"certificate\.key_type"):
        signed(pdf(), unit_identity(elliptic=True, curve=ec.SECP521R1).signer)


def test_the_time_needs_a_time_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        sign_pdf(pdf(), UNIT.signer, signing_time=NOW.replace(tzinfo=None))


def test_every_change_of_what_is_signed_is_noticed() -> None:
    original = pdf()
    result = signed(original)
    check_signed_pdf(result, original, UNIT.der)
    hole = result.index(b"/Contents <", len(original))
    places = [5, len(original) - 2, len(original) + 3, hole - 20, hole + 40, len(result) - 9]
    for place in places:
        changed = bytearray(result)
        changed[place] ^= 1
        with pytest.raises(SigningBug):
            check_signed_pdf(bytes(changed), bytes(changed[: len(original)]), UNIT.der)


def test_bytes_behind_the_end_are_noticed() -> None:
    content = pdf()
    with pytest.raises(SigningBug):
        check_signed_pdf(signed(content) + b"\n", content, UNIT.der)


def test_another_beginning_and_another_key_are_noticed() -> None:
    content = pdf()
    result = signed(content)
    with pytest.raises(SigningBug):
        check_signed_pdf(result, content + b"x", UNIT.der)
    with pytest.raises(SigningBug):
        check_signed_pdf(result, content, KEYS["p256"].der)
    with pytest.raises(SigningBug):
        check_signed_pdf(content, content, UNIT.der)
