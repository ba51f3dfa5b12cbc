"""What we sign: the profile of wire format §3, accepted by other programs."""

import hashlib
import re
import subprocess
import tracemalloc
from base64 import b64decode
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from signing.errors import CertificateFault, SigningBug
from signing.recompute import recompute
from signing.verify import verify_own
from signing.xmldsig import sign_document
from tests.fakes.certificates import NOW, TAX_CODE, UNIT, unit_identity
from tests.fakes.documents import (
    DECLARATION,
    ENVELOPE_NODE,
    FORM_NODE,
    NAMESPACES,
    form,
    signed_envelope,
    signed_form,
)

DSIG = "http://www.w3.org/2000/09/xmldsig#"
XSI, XSD = re.findall(r' xmlns:xs[id]="[^"]+"', NAMESPACES)
OTHER_ORDER = XSD + XSI


def other_program_accepts(path: Path, document: bytes) -> bool:
    path.write_bytes(document)
    command = ["xmlsec1", "--verify", "--insecure", str(path)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def sign(document: bytes, node: str = FORM_NODE) -> bytes:
    return sign_document(document, node, unit_identity().signer, signing_time=NOW)


def fault_code(document: bytes, node: str = FORM_NODE) -> str:
    with pytest.raises(SigningBug) as caught:
        sign(document, node)
    return caught.value.code


def test_another_program_accepts_what_we_sign(tmp_path: Path) -> None:
    assert other_program_accepts(tmp_path / "form.xml", signed_form())
    package = signed_envelope({"D02-TS-595.xml": signed_form()})
    assert other_program_accepts(tmp_path / "envelope.xml", package)


@pytest.mark.parametrize(
    "place",
    [
        b"Tr\xe1\xba\xa7n",
        b"12500000",
        b"<STT>1",
        b"T\xc4\x83ng m\xe1\xbb\x9bi",
        b"<DigestValue>",
        b"rsa-sha256",
        b"<SignatureValue>",
    ],
)
def test_another_program_refuses_one_changed_byte(tmp_path: Path, place: bytes) -> None:
    signed = bytearray(signed_form())
    at = signed.index(place) + len(place) - (0 if place.endswith(b">") else 1)
    signed[at] = ord("3") if signed[at] != ord("3") else ord("4")
    assert not other_program_accepts(tmp_path / "form.xml", bytes(signed))


def test_the_signature_has_the_structure_received() -> None:
    signed = signed_form().decode()
    shape = re.sub(r">[^<>]+<", ">…<", signed[signed.index("<Cky>") :])
    assert shape == (
        f'<Cky><Signature Id="sigid" xmlns="{DSIG}"><SignedInfo>'
        '<CanonicalizationMethod Algorithm="http://www.w3.org/TR/2001/REC-xml-c14n-20010315" />'
        '<SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256" />'
        '<Reference URI=""><Transforms>'
        f'<Transform Algorithm="{DSIG}enveloped-signature" /></Transforms>'
        '<DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256" />'
        "<DigestValue>…</DigestValue></Reference></SignedInfo>"
        "<SignatureValue>…</SignatureValue>"
        "<KeyInfo><KeyValue><RSAKeyValue><Modulus>…</Modulus><Exponent>…</Exponent>"
        "</RSAKeyValue></KeyValue><X509Data><X509SubjectName>…</X509SubjectName>"
        "<X509Certificate>…</X509Certificate></X509Data></KeyInfo>"
        '<Object><SignatureProperties Id="proid" xmlns=""><SignatureProperty Target="#sigid">'
        '<SigningTime xmlns="http://example.org/#signatureProperties">…</SigningTime>'
        "</SignatureProperty></SignatureProperties></Object></Signature></Cky></D02-TS>"
    )


def test_nothing_but_the_slot_is_touched() -> None:
    before, after = form().split(b"</Cky>")
    signed = signed_form()
    assert signed.startswith(before)
    assert signed.endswith(b"</Signature></Cky>" + after)


def test_the_digest_is_that_of_the_canonical_document_with_its_slot_empty() -> None:
    body = form().removeprefix(DECLARATION.encode()).decode()
    canonical = body.replace(NAMESPACES, OTHER_ORDER)
    written = re.search(rb"<DigestValue>(.+?)<", signed_form())
    assert written is not None
    assert b64decode(written[1]) == hashlib.sha256(canonical.encode()).digest()


def test_the_subject_and_the_certificate_stand_beside_the_key() -> None:
    signed = signed_form().decode()
    subject = f"OID.0.9.2342.19200300.100.1.1=MST:{TAX_CODE}, CN={UNIT}, S=Hà Nội, C=VN"
    assert f"<X509SubjectName>{subject}</X509SubjectName>" in signed
    certificate = re.search(r"<X509Certificate>(.+?)<", signed)
    assert certificate is not None
    assert b64decode(certificate[1]) == unit_identity().der


def test_a_subject_with_markup_in_it_is_written_safely() -> None:
    identity = unit_identity(common_name="A & B <không có thật>")
    signed = signed_form(signer=identity.signer)
    assert verify_own(signed, FORM_NODE, identity.der).strict


def test_the_signing_time_is_written_in_utc() -> None:
    hanoi = datetime(2026, 11, 20, 9, 30, tzinfo=timezone(timedelta(hours=7)))
    assert b">2026-11-20T02:30:00Z</SigningTime>" in signed_form(moment=hanoi)


def test_a_time_without_a_zone_is_refused() -> None:
    naive = datetime(2026, 11, 20, tzinfo=UTC).replace(tzinfo=None)
    with pytest.raises(ValueError, match="time zone"):
        signed_form(moment=naive)


def test_namespaces_may_be_declared_in_any_order() -> None:
    document = form().replace(NAMESPACES.encode(), OTHER_ORDER.encode())
    assert verify_own(sign(document), FORM_NODE, unit_identity().der).strict


def test_a_document_without_namespaces_can_be_signed() -> None:
    document = form().replace(NAMESPACES.encode(), b"")
    assert verify_own(sign(document), FORM_NODE, unit_identity().der).strict


def test_a_byte_order_mark_is_no_part_of_what_is_signed() -> None:
    signed = sign(b"\xef\xbb\xbf" + form())
    assert verify_own(signed, FORM_NODE, unit_identity().der).strict


@pytest.mark.parametrize(
    ("document", "node"),
    [
        (form(), "D02-TS/CKy"),
        (form(), "TK1-TS/Cky"),
        (form(), ENVELOPE_NODE),
        (form().replace(b"<Cky></Cky>", b""), FORM_NODE),
        (signed_form(), FORM_NODE),
        (form() + b"\n", FORM_NODE),
    ],
    ids=["other case", "other root", "other node", "no slot", "signed already", "text behind"],
)
def test_a_document_without_the_empty_slot_is_not_signed(document: bytes, node: str) -> None:
    assert fault_code(document, node) == "sign.node_missing"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<DenThang></DenThang>", b"<DenThang />"),
        (b"<DenThang></DenThang>", b"<DenThang ></DenThang>"),
        (b"<NoiDung>", b"<NoiDung><!-- a -->"),
        (b"<NoiDung>", b"<NoiDung><?a b?>"),
        (b"&amp;", b"&#38;"),
        (b"12500000", b"<![CDATA[1]]>"),
        (b"<NoiDung>", b"<NoiDung>\r\n"),
        (b"<D02-TS ", b'<D02-TS a="1" '),
        (b"<NoiDung>", b"<NoiDung b='1' a='2'>"),
        (b'<?xml version="1.0" encoding="utf-8"?>', b'<?xml version="1.0"?><!DOCTYPE a>'),
        (b"</STT>", b"</SST>"),
    ],
)
def test_a_document_that_is_not_canonical_is_not_signed(old: bytes, new: bytes) -> None:
    assert fault_code(form().replace(old, new)) == "sign.not_canonical"


def test_a_key_that_cannot_sign_here_is_refused() -> None:
    class OddSigner:
        certificate = unit_identity(elliptic=True, curve=ec.SECP521R1).der

        def sign(self, octets: bytes) -> bytes:
            return b"\x01"

    with pytest.raises(CertificateFault) as caught:
        signed_form(signer=OddSigner())
    assert caught.value.code == "certificate.key_type"


def test_ten_thousand_rows_need_little_more_memory_than_the_document() -> None:
    document = form(rows=10_000)
    tracemalloc.start()
    try:
        signed = sign(document)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < len(signed) + 2_000_000
    assert verify_own(signed, FORM_NODE, unit_identity().der).strict


def test_an_envelope_of_twenty_megabytes_can_be_signed_and_verified() -> None:
    signed = signed_envelope({"ban-do.pdf": bytes(15_000_000)})
    assert len(signed) > 20_000_000
    assert verify_own(signed, ENVELOPE_NODE, unit_identity().der).strict


@pytest.mark.parametrize("curve", [ec.SECP256R1, ec.SECP384R1])
def test_an_elliptic_key_signs_and_both_verifiers_accept_it(
    curve: type[ec.EllipticCurve],
) -> None:
    identity = unit_identity(elliptic=True, curve=curve)
    document = signed_form(signer=identity.signer)
    report = verify_own(document, FORM_NODE, identity.der)
    assert report.strict
    mine = recompute(document, 0, identity.der)
    assert (mine.value, mine.content, mine.others) == (True, True, True)
