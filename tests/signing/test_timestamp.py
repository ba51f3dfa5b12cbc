"""A timestamp is believed when it is for our signature, signed, and by one who may give them."""

import shutil
import subprocess
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from asn1crypto import tsp
from pyhanko.pdf_utils.reader import PdfFileReader

from resources.faults import SurroundingsFault
from resources.messages import catalogue
from signing.pdf import SignedPdf, sign_pdf
from signing.timestamp import Timestamping, fetch_token, token_time
from tests.fakes.certificates import NOW, authority, unit_identity
from tests.fakes.papers import pdf
from tests.fakes.tsa import OTHER, Tsa, issuing_authority, stamp_certificate

DIGEST = sha256(b"chu ky").digest()
ROOTS = (authority().der,)


def fetched(tsa: Tsa, roots: tuple[bytes, ...] = ROOTS) -> bytes:
    return fetch_token(DIGEST, "sha256", Timestamping(ask=tsa.ask, roots=roots))


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(SurroundingsFault) as caught:
        act()
    assert caught.value.code in catalogue()
    return caught.value.code


@pytest.mark.parametrize("old_identity", [False, True])
def test_a_right_one_is_taken(old_identity: bool) -> None:
    tsa = Tsa(old_identity=old_identity)
    assert token_time(fetched(tsa)) == NOW
    (query,) = tsa.queries
    assert query["message_imprint"]["hashed_message"].native == DIGEST
    assert query["cert_req"].native


def test_every_query_has_a_nonce_of_its_own() -> None:
    tsa = Tsa()
    fetched(tsa)
    fetched(tsa)
    first, second = (query["nonce"].native for query in tsa.queries)
    assert first != second


def of_something_else(info: dict[str, object]) -> None:
    imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": bytes(32)}
    info["message_imprint"] = tsp.MessageImprint(imprint)


def an_old_one(info: dict[str, object]) -> None:
    info["nonce"] = 1


def without_nonce(info: dict[str, object]) -> None:
    del info["nonce"]


@pytest.mark.parametrize(
    ("tsa", "code"),
    [
        (Tsa(status="rejection"), "timestamp.refused"),
        (Tsa(change_info=of_something_else), "timestamp.wrong"),
        (Tsa(change_info=an_old_one), "timestamp.wrong"),
        (Tsa(change_info=without_nonce), "timestamp.wrong"),
        (Tsa(spoil_value=True), "timestamp.wrong"),
        (Tsa(moment=NOW + timedelta(days=4000)), "timestamp.untrusted"),
        (Tsa(certificate=stamp_certificate(usages=())), "timestamp.untrusted"),
        (Tsa(certificate=stamp_certificate(usages=(OTHER,))), "timestamp.untrusted"),
        (Tsa(certificate=stamp_certificate(critical=False)), "timestamp.untrusted"),
    ],
)
def test_one_that_is_not_right_is_refused(tsa: Tsa, code: str) -> None:
    assert refusal(lambda: fetched(tsa)) == code


def test_an_authority_that_is_not_trusted_is_refused() -> None:
    assert refusal(lambda: fetched(Tsa(), (unit_identity().der,))) == "timestamp.untrusted"


def test_without_trusted_authorities_any_is_taken() -> None:
    assert fetched(Tsa(), ())


def test_a_chain_that_is_sent_along_leads_to_the_root() -> None:
    between = issuing_authority()
    tsa = Tsa(certificate=stamp_certificate(issuer=between), chain=(between.certificate,))
    assert fetched(tsa)
    tsa.chain = ()
    assert refusal(lambda: fetched(tsa)) == "timestamp.untrusted"


def test_one_that_is_no_authority_issues_nothing() -> None:
    between = issuing_authority(ca=False)
    tsa = Tsa(certificate=stamp_certificate(issuer=between), chain=(between.certificate,))
    assert refusal(lambda: fetched(tsa)) == "timestamp.untrusted"


def test_one_too_large_for_its_place_is_refused() -> None:
    others = [unit_identity(common_name=f"{n} {'x' * 60}").certificate for n in range(20)]
    assert refusal(lambda: fetched(Tsa(chain=tuple(others)))) == "timestamp.wrong"


def test_one_whose_signer_is_not_sent_is_refused() -> None:
    tsa = Tsa(chain=(authority().certificate,), sends_itself=False)
    assert refusal(lambda: fetched(tsa)) == "timestamp.wrong"


@pytest.mark.parametrize("answer", [b"", b"<html>", b"\x30\x00", bytes(40_000)])
def test_an_answer_that_is_none(answer: bytes) -> None:
    service = Timestamping(ask=lambda _query: answer)
    assert refusal(lambda: fetch_token(DIGEST, "sha256", service)) == "timestamp.wrong"


def test_no_answer() -> None:
    assert refusal(lambda: fetch_token(DIGEST, "sha256", Timestamping(ask=silent))) == (
        "timestamp.no_answer"
    )


def silent(_query: bytes) -> bytes:
    raise SurroundingsFault("timestamp.no_answer")


def signed(service: Timestamping) -> SignedPdf:
    return sign_pdf(pdf(), unit_identity().signer, signing_time=NOW, timestamping=service)


def stamp_in(content: bytes) -> tsp.TSTInfo | None:
    (found,) = PdfFileReader(BytesIO(content)).embedded_signatures
    for attribute in found.signer_info["unsigned_attrs"] or ():
        (token,) = attribute["values"]
        return token["content"]["encap_content_info"]["content"].parsed
    return None


def test_a_signed_pdf_carries_it() -> None:
    result = signed(Timestamping(ask=Tsa().ask, roots=ROOTS))
    assert (result.timestamped, result.timestamp_fault) == (True, "")
    stamp = stamp_in(result.content)
    assert stamp is not None
    (found,) = PdfFileReader(BytesIO(result.content)).embedded_signatures
    value = sha256(found.signer_info["signature"].native).digest()
    assert stamp["message_imprint"]["hashed_message"].native == value


@pytest.mark.skipif(shutil.which("pdfsig") is None, reason="poppler-utils is not installed")
def test_poppler_still_finds_the_signature_valid(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(signed(Timestamping(ask=Tsa().ask)).content)
    said = subprocess.run(["pdfsig", str(path)], capture_output=True, text=True).stdout
    assert "Signature is Valid" in said


def test_one_that_is_wished_may_be_missing_and_that_is_told() -> None:
    result = signed(Timestamping(ask=silent))
    assert (result.timestamped, result.timestamp_fault) == (False, "timestamp.no_answer")
    assert stamp_in(result.content) is None


def test_one_that_is_required_may_not() -> None:
    assert refusal(lambda: signed(Timestamping(ask=silent, required=True))) == (
        "timestamp.no_answer"
    )
