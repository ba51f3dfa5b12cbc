"""Which receipts are believed. Nothing but a sound one of this very dossier means "đã nộp"."""

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

from desktop.services.receipts import ASK_AGAIN, DOCUMENT_SIGNING, ReceiptJudge
from forms.xml.notice import ACCEPTED, SIGN_NODE, Notice, NoticeRow, write_notice
from resources.messages import catalogue
from signing.xmldsig import sign_document
from sync.model import Answer, Destination, Parcel, ParcelState, Settlement, Verdict
from tests.fakes.certificates import NOW, Identity, rsa_key, unit_identity
from tests.fakes.outbox import CONTENT, LABELS, parcel

DAY = timedelta(days=1)
SERVER_AUTH = ExtendedKeyUsageOID.SERVER_AUTH


def subject(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


@cache
def certificate(
    name: str,
    *,
    issuer: str = "cong",
    usages: tuple[ObjectIdentifier, ...] = (),
    is_authority: bool | None = False,
    first: datetime = NOW - 30 * DAY,
    last: datetime = NOW + 300 * DAY,
    key_name: str | None = None,
) -> Identity:
    """Signed with the issuer's key, whatever the issuer may do."""
    key = rsa_key(key_name or name)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject(name))
        .issuer_name(subject(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(first)
        .not_valid_after(last)
    )
    if is_authority is not None:
        constraints = x509.BasicConstraints(ca=is_authority, path_length=None)
        builder = builder.add_extension(constraints, critical=True)
    if usages:
        builder = builder.add_extension(x509.ExtendedKeyUsage(usages), critical=False)
    return Identity(key=key, certificate=builder.sign(rsa_key(issuer), SHA256()))


def pem(identity: Identity) -> str:
    return identity.certificate.public_bytes(Encoding.PEM).decode()


AUTHORITY = certificate("cong", is_authority=True)
RECEIPTS = certificate("ky-thong-bao", usages=(DOCUMENT_SIGNING,))
GATEWAY = Destination(url="https://127.0.0.1:8443", ca_pem=pem(AUTHORITY))
PARCEL = parcel(destination=GATEWAY)
NOTICE = Notice(
    unit_name="X",
    agency_name="Y",
    unit_code=LABELS["unit_code"],
    tax_code=LABELS["tax_code"],
    number="00001/2026/07900",
    procedure_name="",
    procedure=LABELS["procedure"],
    received=datetime(2026, 11, 20, 9, 30),  # noqa: DTZ001  # the layout has no zone
    period=LABELS["period"],
    transaction="LT-1",
    result_code=ACCEPTED,
    result="",
    error_code="",
    error_text="",
    rows=(NoticeRow(name=f"BHXHDienTu.xml sha256:{sha256(CONTENT).hexdigest()}", count=1),),
    signer="",
    signer_serial="",
)


def signed(notice: Notice = NOTICE, identity: Identity = RECEIPTS, node: str = SIGN_NODE) -> bytes:
    return sign_document(write_notice(notice), node, identity.signer, signing_time=NOW)


def answer(receipt: bytes | None, **changes: object) -> Answer:
    made = Answer(verdict=Verdict.ACCEPTED, transaction="LT-1", receipt=receipt, raw=b'{"a":1}')
    return replace(made, **changes)  # type: ignore[arg-type]  # the tests name any field


def judged(
    receipt: bytes | None, sent: Parcel = PARCEL, now: datetime = NOW, **changes: object
) -> Settlement:
    return ReceiptJudge()(sent, answer(receipt, **changes), now)


def assert_doubted(settlement: Settlement, code: str) -> None:
    """The gateway has it; nobody has proved more."""
    assert (settlement.state, settlement.outcome) == (ParcelState.SENT, code)
    assert (settlement.number, settlement.receipt) == (None, None)
    assert settlement.next_try == settlement.at + ASK_AGAIN
    assert settlement.answer == b'{"a":1}'
    assert code in catalogue()


def test_a_sound_receipt_means_filed() -> None:
    settlement = judged(signed())
    assert (settlement.state, settlement.outcome) == (ParcelState.ACCEPTED, "outcome.accepted")
    assert (settlement.number, settlement.transaction) == ("00001/2026/07900", "LT-1")
    assert settlement.receipt == signed()
    assert settlement.answer == b'{"a":1}'


def test_the_receipt_counts_and_not_the_word_of_the_gateway() -> None:
    for verdict in Verdict:
        assert judged(signed(), verdict=verdict).state is ParcelState.ACCEPTED
    refusal = replace(NOTICE, result_code="99", number="", error_text="Thiếu tờ khai")
    settlement = judged(signed(refusal), verdict=Verdict.ACCEPTED)
    assert (settlement.state, settlement.outcome) == (ParcelState.REFUSED, "outcome.refused")
    assert (settlement.number, settlement.detail) == (None, "Thiếu tờ khai")


@pytest.mark.parametrize(
    ("verdict", "code"),
    [
        (Verdict.RECEIVED, "outcome.received"),
        (Verdict.ACCEPTED, "receipt.absent"),
        (Verdict.REFUSED, "receipt.absent"),
    ],
)
def test_without_a_receipt_nothing_is_settled(verdict: Verdict, code: str) -> None:
    settlement = judged(None, verdict=verdict, reasons=("một", "hai"))
    assert_doubted(settlement, code)
    assert (settlement.detail, settlement.transaction) == ("một; hai", "LT-1")


@pytest.mark.parametrize("code", ["01", "02", "03"])
def test_whoever_works_on_a_dossier_has_taken_it_in(code: str) -> None:
    """A notice about a filed dossier is no refusal, whatever it asks for."""
    settlement = judged(signed(replace(NOTICE, result_code=code, error_text="Thiếu giấy tờ")))
    assert (settlement.state, settlement.number) == (ParcelState.ACCEPTED, NOTICE.number)


def test_received_without_a_number_is_neither_filed_nor_refused() -> None:
    assert_doubted(judged(signed(replace(NOTICE, number=""))), "receipt.no_number")


@pytest.mark.parametrize(
    "receipt", [b"", b"rubbish", b"<BHXH/>", b"<!DOCTYPE a><BHXH/>", b"<a>" * 9]
)
def test_what_is_no_receipt(receipt: bytes) -> None:
    assert_doubted(judged(receipt), "receipt.unreadable")


def test_a_receipt_that_is_not_signed() -> None:
    assert_doubted(judged(write_notice(NOTICE)), "receipt.not_signed")


def change(before: bytes, after: bytes) -> bytes:
    receipt = signed()
    assert before in receipt
    return receipt.replace(before, after, 1)


TAMPERED: Mapping[str, Callable[[], bytes]] = {
    "number": lambda: change(b"00001/2026", b"00002/2026"),
    "result": lambda: change(b"<KQUA></KQUA>", b"<KQUA>x</KQUA>"),
    "added name": lambda: change(b"</TTGDICH>", b"<MOI></MOI></TTGDICH>"),
    "certificate taken out": lambda: change(b"<X509Certificate>", b"<X509Certificate>AA"),
    "signed twice": lambda: two_signatures(),
    "signed elsewhere": lambda: signed_elsewhere(),
}


def two_signatures() -> bytes:
    """The signature element itself, once more beside the first."""
    receipt = signed()
    begin, end = receipt.index(b"<Signature"), receipt.index(b"</Signature>") + 12
    return receipt[:end] + receipt[begin:end] + receipt[end:]


def signed_elsewhere() -> bytes:
    slot, body = b"<CKy_BHXH></CKy_BHXH>", b"</XACNHAN_GDICH>"
    moved = write_notice(NOTICE).replace(body + slot, slot + body)
    node = "BHXH/XACNHAN_GDICH/CKy_BHXH"
    return sign_document(moved, node, RECEIPTS.signer, signing_time=NOW)


@pytest.mark.parametrize("what", TAMPERED)
def test_a_receipt_changed_after_it_was_signed(what: str) -> None:
    settlement = judged(TAMPERED[what]())
    assert settlement.outcome in {"receipt.tampered", "receipt.not_signed"}
    assert_doubted(settlement, settlement.outcome)


@pytest.mark.parametrize("what", sorted(set(TAMPERED) - {"certificate taken out"}))
def test_and_it_is_called_so(what: str) -> None:
    assert judged(TAMPERED[what]()).outcome == "receipt.tampered"


UNTRUSTED: Mapping[str, Callable[[], Identity]] = {
    "a stranger's": lambda: certificate(
        "ky-thong-bao", issuer="nguoi-la", usages=(DOCUMENT_SIGNING,)
    ),
    "a stranger's authority of the same name": lambda: impostor(),
    "the server's own": lambda: certificate("may-chu", usages=(SERVER_AUTH,)),
    "a unit's, by the same authority": lambda: certificate(
        "don-vi", usages=(ExtendedKeyUsageOID.EMAIL_PROTECTION,)
    ),
    "a unit's, by the units' authority": lambda: unit_identity(),
    "one without a purpose": lambda: certificate("khong-muc-dich"),
    "one that ended": lambda: certificate("het-han", usages=(DOCUMENT_SIGNING,), last=NOW - DAY),
    "one that has not begun": lambda: certificate(
        "chua-den", usages=(DOCUMENT_SIGNING,), first=NOW + DAY
    ),
    "one below the server": lambda: certificate(
        "duoi-may-chu", issuer="may-chu", usages=(DOCUMENT_SIGNING,)
    ),
}


def impostor() -> Identity:
    """Names the authority, but its key never saw the certificate."""
    key = rsa_key("ke-gia")
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject("ky-thong-bao"))
        .issuer_name(subject("cong"))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - DAY)
        .not_valid_after(NOW + DAY)
        .add_extension(x509.ExtendedKeyUsage([DOCUMENT_SIGNING]), critical=False)
    )
    return Identity(key=key, certificate=builder.sign(key, SHA256()))


@pytest.mark.parametrize("whose", UNTRUSTED)
def test_another_signer_is_not_believed(whose: str) -> None:
    assert_doubted(judged(signed(identity=UNTRUSTED[whose]())), "receipt.untrusted")


@pytest.mark.parametrize(
    "ca_pem",
    [
        "",
        "  \n",
        "rubbish",
        "chứng thư",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
    ],
)
def test_without_the_gateways_authority_nobody_is_believed(ca_pem: str) -> None:
    there = replace(PARCEL, destination=Destination(url=GATEWAY.url, ca_pem=ca_pem))
    assert_doubted(judged(signed(), there), "receipt.untrusted")


def test_an_authority_that_ended_or_is_none_is_not_believed() -> None:
    ended = certificate("cong", is_authority=True, last=NOW - DAY)
    no_authority = certificate("cong", is_authority=False)
    says_nothing = certificate("cong", is_authority=None)
    for issuer in (ended, no_authority, says_nothing):
        there = replace(PARCEL, destination=Destination(url=GATEWAY.url, ca_pem=pem(issuer)))
        assert_doubted(judged(signed(), there), "receipt.untrusted")


def test_one_authority_among_several_is_enough() -> None:
    several = pem(certificate("khac", issuer="khac", is_authority=True)) + pem(AUTHORITY)
    there = replace(PARCEL, destination=Destination(url=GATEWAY.url, ca_pem=several))
    assert judged(signed(), there).state is ParcelState.ACCEPTED


def rows(name: str) -> tuple[NoticeRow, ...]:
    return (NoticeRow(name=name, count=1),)


@pytest.mark.parametrize(
    "changes",
    [
        {"unit_code": "ZZ0002Z"},
        {"tax_code": "0109999990"},
        {"procedure": "601"},
        {"period": "10/2026"},
        {"transaction": "LT-2"},
        {"transaction": ""},
        {"rows": rows(f"x sha256:{'0' * 64}")},
        {"rows": ()},
        {"rows": (*NOTICE.rows, *rows(f"sha256:{'0' * 64}"))},
    ],
)
def test_the_receipt_of_another_dossier(changes: Mapping[str, object]) -> None:
    other = replace(NOTICE, **changes)  # type: ignore[arg-type]  # fields of the table
    assert_doubted(judged(signed(other)), "receipt.other_dossier")


def test_an_older_receipt_played_again() -> None:
    """Sound in itself, but of the parcel that was sent before this one."""
    older = replace(NOTICE, rows=rows(f"BHXHDienTu.xml sha256:{sha256(b'older').hexdigest()}"))
    assert_doubted(judged(signed(older)), "receipt.other_dossier")
    known = replace(PARCEL, transaction="LT-9")
    assert_doubted(judged(signed(), known, transaction="LT-1"), "receipt.other_dossier")


def test_a_transaction_that_nobody_told_is_taken_from_the_receipt() -> None:
    assert judged(signed(), transaction=None).transaction == "LT-1"


def test_no_changed_byte_whatever_is_believed_or_breaks_the_program() -> None:
    receipt, chance = signed(), random.Random(5)
    covered = [
        *range(receipt.index(b"<BHXH"), receipt.index(b"<Signature ")),
        *range(receipt.index(b"<SignedInfo"), receipt.index(b"</SignatureValue>")),
    ]
    for place in chance.sample(covered, 250):
        changed = bytearray(receipt)
        changed[place] ^= 1 << chance.randrange(7)
        settlement = judged(bytes(changed))
        assert settlement.state is ParcelState.SENT, (place, bytes(changed[place - 9 : place + 9]))


def test_no_cut_receipt_whatever_is_believed() -> None:
    receipt = signed()
    for length in range(0, len(receipt) - 1, 97):
        assert judged(receipt[:length]).state is ParcelState.SENT


def test_odd_extensions_in_a_certificate_break_nothing() -> None:
    key = rsa_key("la-ky")
    odd = x509.UnrecognizedExtension(ExtendedKeyUsageOID.CODE_SIGNING, b"\x30\x03")
    raw = x509.UnrecognizedExtension(x509.ExtensionOID.EXTENDED_KEY_USAGE, b"\x05\x00")
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject("la-ky"))
        .issuer_name(subject("cong"))
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(NOW - DAY)
        .not_valid_after(NOW + DAY)
        .add_extension(odd, critical=False)
        .add_extension(raw, critical=False)
    )
    made = builder.sign(rsa_key("cong"), SHA256())
    signer = Identity(key=key, certificate=made)
    assert_doubted(judged(signed(identity=signer)), "receipt.untrusted")


def test_what_the_gateway_said_is_kept_for_the_journal() -> None:
    assert judged(b"rubbish", raw=b"x" * 10).answer == b"x" * 10
