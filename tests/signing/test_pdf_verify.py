"""What is said of the signatures of a PDF: intact, changed or not to be told; by whom and when."""

import random
import threading
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from io import BytesIO
from zipfile import ZipFile

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

import signing.pdf_verify
from resources.faults import DataFault
from resources.messages import catalogue
from signing.files import verify_file
from signing.model import Intact, SignatureReport
from signing.pdf import sign_pdf
from signing.pdf_verify import verify_pdf
from signing.timestamp import Timestamping
from tests.fakes.certificates import NOW, TAX_CODE, UNIT, unit_identity
from tests.fakes.documents import signed_form
from tests.fakes.papers import (
    certified_pdf,
    encrypted_pdf,
    old_pdf,
    pdf,
    pdf_signed_by_another,
)
from tests.fakes.tsa import Tsa

Change = Callable[[IncrementalPdfFileWriter], None]
HEX = b"0123456789abcdefABCDEF"
MUTATIONS = 48


@cache
def signed() -> bytes:
    return sign_pdf(pdf(), unit_identity().signer, signing_time=NOW).content


def only(content: bytes) -> SignatureReport:
    (report,) = verify_file(content)
    return report


def updated(content: bytes, change: Change) -> bytes:
    """Something written behind, as programs do that change a PDF."""
    writer, out = IncrementalPdfFileWriter(BytesIO(content)), BytesIO()
    change(writer)
    writer.write(out)
    return out.getvalue()


def other_text(writer: IncrementalPdfFileWriter) -> None:
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    text = generic.StreamObject(stream_data=b"BT (12.500.000) Tj ET")
    page[generic.NameObject("/Contents")] = writer.add_object(text)
    writer.update_container(page)


def no_form(writer: IncrementalPdfFileWriter) -> None:
    del writer.root["/AcroForm"]
    writer.update_root()


def nothing(writer: IncrementalPdfFileWriter) -> None:
    writer.update_root()


def test_an_intact_signature_is_told_whole() -> None:
    report = only(signed())
    assert (report.intact, report.strict, report.quirks) == (Intact.YES, True, ())
    assert report.whole_file
    assert report.certificate is not None
    assert (report.certificate.common_name, report.certificate.tax_code) == (UNIT, TAX_CODE)
    assert report.algorithms == ("rsa-sha256", "sha256")
    assert report.weak == ()
    assert (report.signing_time, report.stamped_by) == (NOW, "")


def test_a_timestamp_gives_the_time() -> None:
    stamping = Timestamping(ask=Tsa(moment=NOW + timedelta(minutes=5)).ask)
    made = sign_pdf(pdf(), unit_identity().signer, signing_time=NOW, timestamping=stamping)
    report = only(made.content)
    assert report.strict
    assert report.signing_time == NOW + timedelta(minutes=5)
    assert "TSA" in report.stamped_by


def test_a_timestamp_of_another_signature_proves_nothing() -> None:
    """Cut out of one file and put into another, where no signature protects it."""
    stamping = Timestamping(ask=Tsa().ask)
    first, second = (
        sign_pdf(paper, unit_identity().signer, signing_time=NOW, timestamping=stamping).content
        for paper in (pdf(), old_pdf())
    )
    token = b"06092a864886f70d010702"  # signed data within the unsigned attributes

    def parts(content: bytes) -> tuple[int, bytes]:
        begin = content.lower().index(token, content.lower().index(token) + len(token))
        return begin, content[begin:]

    (here, mine), (_, theirs) = parts(first), parts(second)
    end = min(mine.index(b">"), theirs.index(b">"))
    report = only(first[:here] + theirs[:end] + mine[end:])
    assert report.stamped_by == ""
    assert not report.strict


def test_two_signatures_are_told_one_by_one() -> None:
    twice = sign_pdf(pdf_signed_by_another(), unit_identity().signer, signing_time=NOW).content
    first, second = verify_file(twice)
    assert (first.node, second.node) == ("TacGia", "ChuKyDonVi1")
    assert (first.intact, first.quirks) == (Intact.YES, ("pdf-signed-again",))
    assert (first.strict, second.strict) == (True, True)
    assert (first.whole_file, second.whole_file) == (False, True)


def test_a_certificate_out_of_date_is_for_its_reader_to_see() -> None:
    old = unit_identity(key_name="old", not_after=NOW - timedelta(days=1))
    report = only(sign_pdf(pdf(), old.signer, signing_time=NOW).content)
    assert report.intact is Intact.YES
    assert report.certificate is not None
    assert not report.certificate.valid_at(NOW)


def test_a_short_key_is_weak() -> None:
    short = unit_identity(key_name="short", bits=1024)
    assert only(sign_pdf(pdf(), short.signer, signing_time=NOW).content).weak == ("short-key",)


def test_an_elliptic_key_is_judged_as_well() -> None:
    report = only(sign_pdf(pdf(), unit_identity(elliptic=True).signer, signing_time=NOW).content)
    assert (report.strict, report.algorithms[0]) == (True, "ecdsa-sha256")


@pytest.mark.parametrize(
    ("content", "intact", "quirk"),
    [
        (updated(signed(), other_text), Intact.NO, "pdf-changed"),
        (updated(signed(), no_form), Intact.UNKNOWN, "pdf-signature-hidden"),
        (updated(signed(), nothing), Intact.YES, "pdf-proofs-added"),
        (updated(certified_pdf(), other_text), Intact.NO, "pdf-changed"),
        (signed() + b"% Da sua\n", Intact.NO, "pdf-rest-behind"),
        (signed() + b"x" * 3000, Intact.UNKNOWN, "pdf-damaged"),
        (signed()[:-400], Intact.UNKNOWN, "pdf-damaged"),
        (signed().replace(b"0" * 40 + b">", b"1" * 40 + b">"), Intact.UNKNOWN, "pdf-padding"),
        (signed().replace(b"595 842", b"595 841"), Intact.NO, "pdf-value-wrong"),
        (signed().replace(b"adbe.pkcs7.detached", b"adbe.x509.rsa_sha1\n"), Intact.UNKNOWN, None),
    ],
    ids=[
        "other text written behind",
        "signature taken off the list",
        "an update that changes nothing",
        "certified and changed",
        "words behind the end",
        "rubbish behind the end",
        "cut off",
        "in the room of the value",
        "a byte of the content",
        "another kind",
    ],
)
def test_what_came_behind_or_was_changed(content: bytes, intact: Intact, quirk: str | None) -> None:
    report = only(content)
    assert report.intact is intact
    assert report.strict is (intact is Intact.YES)
    assert quirk is None or quirk in report.quirks
    assert all(f"quirk.{each}" in catalogue() for each in report.quirks)


def test_empty_lines_at_the_end_change_nothing() -> None:
    assert only(signed() + b"\r\n\n").strict


def mutated(seed: int) -> bytes:
    """One bit elsewhere; a hexadecimal digit becomes another, not the same in capitals."""
    chance, content = random.Random(seed), bytearray(signed())
    at = chance.randrange(len(content))
    bit = chance.choice((0, 1, 2)) if content[at] in HEX else chance.randrange(8)
    content[at] ^= 1 << bit
    return bytes(content)


def test_no_file_in_which_a_bit_was_changed_is_called_intact() -> None:
    outcomes = []
    for seed in range(MUTATIONS):
        try:
            outcomes += [each.intact for each in verify_file(mutated(seed))]
        except DataFault:
            continue
    assert Intact.YES not in outcomes
    assert Intact.NO in outcomes


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (pdf(), "verify.not_signed"),
        (encrypted_pdf(), "verify.pdf_encrypted"),
        (b"%PDF-1.7", "verify.pdf_broken"),
        (pdf()[:-300], "verify.pdf_broken"),
        (b"GIF89a", "verify.not_xml"),
    ],
    ids=["not signed", "encrypted", "head only", "cut off", "an image"],
)
def test_what_cannot_be_judged_says_why(content: bytes, code: str) -> None:
    with pytest.raises(DataFault) as caught:
        verify_file(content)
    assert caught.value.code == code
    assert code in catalogue()


def test_a_huge_one_is_refused_with_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing.pdf_verify, "MAX_BYTES", 5 * 1024 * 1024)
    with pytest.raises(DataFault) as caught:
        verify_file(b"%PDF-1.7" + bytes(5 * 1024 * 1024))
    assert (caught.value.code, caught.value.params["limit"]) == ("verify.too_big", 5)


def test_one_that_takes_too_long_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    held = Holding()
    monkeypatch.setattr(signing.pdf_verify, "_reports", held)
    with pytest.raises(DataFault, match=r"pdf\.too_slow"):
        verify_pdf(signed(), seconds=0.05)
    held.end()


class Holding:
    """A reader that does not come back before it is let go."""

    def __init__(self) -> None:
        self._free = threading.Event()
        self.end = self._free.set

    def __call__(self, content: bytes) -> tuple[SignatureReport, ...]:
        self._free.wait(30)
        return ()


@pytest.mark.parametrize(
    ("name", "code"), [("_xmlsignatures/sig1.xml", "signed"), ("a", "unsigned")]
)
def test_of_office_files_only_whether_they_are_signed_is_told(name: str, code: str) -> None:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(name, "<Signature/>")
    with pytest.raises(DataFault, match=rf"verify\.office_{code}"):
        verify_file(out.getvalue())


def test_xml_goes_its_own_way_though_it_speaks_of_pdf() -> None:
    (report,) = verify_file(signed_form())
    assert report.whole_file is None
    with pytest.raises(DataFault, match=r"verify\.not_signed"):
        verify_file(b"<a>%PDF-1.7</a>")
