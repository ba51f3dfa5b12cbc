"""What is said of a certificate's chain before it signs: remarks, never refusals, no network."""

from pathlib import Path

import pytest

from desktop import trust_room
from desktop.trust_room import LocalTrust
from signing.certificates import check_for_unit, read_certificate
from signing.errors import CertificateFault
from tests.fakes.certificates import AUTHORITY, NOW, TAX_CODE, authority, unit_identity
from tests.fakes.hierarchy import Web, issue, root


def notices(data: Path, der: bytes) -> list[str]:
    found = LocalTrust(data=data).check_for_unit(read_certificate(der), TAX_CODE, NOW)
    return [each.code for each in found if each.code.startswith("trust.")]


def test_an_issuer_not_at_hand_is_nothing_to_remark(tmp_path: Path) -> None:
    """So it is for most tokens: a remark each time would be read by nobody."""
    assert notices(tmp_path, unit_identity().der) == []


def test_a_trusted_chain_is_nothing_to_remark(tmp_path: Path) -> None:
    add(tmp_path, authority().der)
    assert notices(tmp_path, unit_identity().der) == []


def test_a_false_chain_is_remarked(tmp_path: Path) -> None:
    """An authority of the same name that did not issue it."""
    add(tmp_path, issue(AUTHORITY, ca=True).der)
    assert notices(tmp_path, unit_identity().der) == ["trust.notice.broken"]


def test_what_forbids_signing_forbids_it_still(tmp_path: Path) -> None:
    info = read_certificate(unit_identity().der)
    with pytest.raises(CertificateFault, match=r"certificate\.other_unit"):
        LocalTrust(data=tmp_path).check_for_unit(info, "0109999991", NOW)
    rest = check_for_unit(info, TAX_CODE, NOW)
    assert LocalTrust(data=tmp_path).check_for_unit(info, TAX_CODE, NOW)[: len(rest)] == rest


def test_nothing_is_ever_asked_before_signing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    web = Web()
    monkeypatch.setattr(trust_room, "Fetcher", lambda: web)
    notices(tmp_path, unit_identity().der)
    assert web.asked == []


def test_roots_are_kept_beside_the_data(tmp_path: Path) -> None:
    add(tmp_path, root().der)
    room = LocalTrust(data=tmp_path)
    assert room.look(tmp_path / "goc.crt").name in [each.name for each in room.known()]
    assert len(list((tmp_path / "trust").iterdir())) == 1


def add(data: Path, der: bytes) -> None:
    file = data / "goc.crt"
    file.write_bytes(der)
    LocalTrust(data=data).add(file)
