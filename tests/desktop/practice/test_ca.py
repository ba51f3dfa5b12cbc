"""The invented authorities: kept, renewed in time, and readable by their owner alone."""

import os
import ssl
import stat
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12
from cryptography.x509.verification import PolicyBuilder, Store

from desktop.practice import ca
from desktop.practice.ca import GatewayPapers, gateway_papers, make_unit_key
from desktop.practice.gateway import PracticeGateway
from signing.certificates import check_for_unit, read_certificate
from signing.key_file import open_key_file
from sync import transport
from sync.pinning import GatewayContext
from sync.transport import HttpsTransport
from tests.fakes.gateway import NOW, destination

DAY = timedelta(days=1)
PASSWORD = "mat-khau-thu"


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def issued(papers: GatewayPapers) -> list[x509.Certificate]:
    server = x509.load_pem_x509_certificate(papers.server_certificate.read_bytes())
    return [server, papers.receipts.certificate]


def assert_sound(papers: GatewayPapers, now: datetime) -> None:
    """All of one authority, and all in date."""
    for leaf in issued(papers):
        leaf.verify_directly_issued_by(papers.authority.certificate)
        assert leaf.not_valid_before_utc <= now <= leaf.not_valid_after_utc
    authority = papers.authority.certificate
    assert authority.not_valid_before_utc <= now <= authority.not_valid_after_utc


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_private_files_are_their_owners_alone(gateway_folder: Path) -> None:
    previous = os.umask(0)
    try:
        gateway_papers(gateway_folder / "new", NOW)
        make_unit_key(
            gateway_folder / "new", unit_name="X", tax_code="1", password=PASSWORD, now=NOW
        )
    finally:
        os.umask(previous)
    private = [*(gateway_folder / "new").glob("*.key"), *(gateway_folder / "new").glob("*.p12")]
    assert len(private) == 5
    assert {stat.S_IMODE(path.stat().st_mode) for path in private} == {0o600}


def test_papers_are_kept(gateway_folder: Path) -> None:
    before = files_of(gateway_folder)
    gateway_papers(gateway_folder, NOW + 600 * DAY)
    assert files_of(gateway_folder) == before


@pytest.mark.parametrize("days", [ca.LEAF_DAYS - ca.RENEW_DAYS, ca.LEAF_DAYS + 1])
def test_leaves_are_renewed_before_they_end_and_the_authority_stays(
    gateway_folder: Path, papers: GatewayPapers, days: int
) -> None:
    later = NOW + timedelta(days=days)
    renewed = gateway_papers(gateway_folder, later)
    assert renewed.authority.pem == papers.authority.pem
    assert renewed.receipts.pem != papers.receipts.pem
    assert_sound(renewed, later)


def test_a_new_authority_issues_everything_anew(gateway_folder: Path) -> None:
    """Leaves renewed a year ago must not go on naming an authority that is gone."""
    near_the_end = NOW + timedelta(days=ca.AUTHORITY_DAYS - 200)
    before = gateway_papers(gateway_folder, near_the_end)
    later = NOW + timedelta(days=ca.AUTHORITY_DAYS - 10)
    after = gateway_papers(gateway_folder, later)
    assert after.authority.pem != before.authority.pem
    assert_sound(after, later)


def test_papers_from_a_clock_that_was_wrong_are_replaced(gateway_folder: Path) -> None:
    earlier = NOW - 100 * DAY
    assert_sound(gateway_papers(gateway_folder, earlier), earlier)


@pytest.mark.parametrize("name", ["ca.pem", "ca.key", "server.pem", "receipts.key"])
@pytest.mark.parametrize("content", [None, b"", b"rubbish"])
def test_papers_left_behind_by_half_are_replaced(
    gateway_folder: Path, name: str, content: bytes | None
) -> None:
    (gateway_folder / name).unlink()
    if content is not None:
        (gateway_folder / name).write_bytes(content)
    assert_sound(gateway_papers(gateway_folder, NOW), NOW)


def test_a_key_of_another_certificate_is_no_pair(gateway_folder: Path, tmp_path: Path) -> None:
    other = gateway_papers(tmp_path / "other", NOW)
    (gateway_folder / "server.key").write_bytes(other.server_key.read_bytes())
    papers = gateway_papers(gateway_folder, NOW)
    ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(
        papers.server_certificate, papers.server_key
    )


def test_the_server_passes_the_strictest_look(papers: GatewayPapers) -> None:
    """As newer Pythons look at certificates: key identifiers, usages, basic constraints."""
    builder = PolicyBuilder().store(Store([papers.authority.certificate])).time(NOW)
    verifier = builder.build_server_verifier(x509.DNSName("localhost"))
    assert len(verifier.verify(issued(papers)[0], [])) == 2


def test_strict_tls_connects(gateway: PracticeGateway, monkeypatch: pytest.MonkeyPatch) -> None:
    made = transport.gateway_context

    def strict(ca_pem: str, pins: tuple[str, ...]) -> GatewayContext:
        context = made(ca_pem, pins)
        context.verify_flags |= ssl.VERIFY_X509_STRICT
        return context

    monkeypatch.setattr(transport, "gateway_context", strict)
    there = destination(gateway)
    with HttpsTransport(there) as http:
        assert http.request("GET", there.url, headers={}).status == 404


def test_the_gateways_authority_and_the_units_are_different(gateway_folder: Path) -> None:
    key_file = make_unit_key(
        gateway_folder, unit_name="CÔNG TY X", tax_code="9900000016", password=PASSWORD, now=NOW
    )
    bundle = load_pkcs12(key_file.read_bytes(), PASSWORD.encode())
    assert bundle.cert
    unit_authority = x509.load_pem_x509_certificate((gateway_folder / "ca-don-vi.pem").read_bytes())
    bundle.cert.certificate.verify_directly_issued_by(unit_authority)
    gateway_authority = x509.load_pem_x509_certificate((gateway_folder / "ca.pem").read_bytes())
    assert unit_authority.subject != gateway_authority.subject
    assert unit_authority.public_key() != gateway_authority.public_key()


def test_a_units_key_may_sign_for_the_unit(gateway_folder: Path) -> None:
    key_file = make_unit_key(
        gateway_folder,
        unit_name="CÔNG TY " + "RẤT DÀI " * 20,
        tax_code="9900000016",
        password=PASSWORD,
        now=NOW,
    )
    with open_key_file(key_file, PASSWORD) as signer:
        info = read_certificate(signer.certificate)
    assert check_for_unit(info, "9900000016", NOW) == ()


def test_a_units_key_may_be_made_expired(gateway_folder: Path) -> None:
    key_file = make_unit_key(
        gateway_folder,
        unit_name="X",
        tax_code="1",
        password=PASSWORD,
        now=NOW,
        not_before=NOW - 10 * DAY,
        not_after=NOW - 5 * DAY,
        file_name="het-han.p12",
    )
    assert key_file.name == "het-han.p12"
    with open_key_file(key_file, PASSWORD) as signer:
        assert not read_certificate(signer.certificate).valid_at(NOW)
