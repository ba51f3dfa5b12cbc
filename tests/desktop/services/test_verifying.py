"""Looking at signed files, ours or another program's."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import pytest

from desktop.services.trust_api import TrustCase
from desktop.services.verifying import TrustCases, VerifyFiles
from signing.model import SignatureReport
from signing.standing import Chain, ChainStatus, Revocation, RevocationStatus, Standing
from signing.trust.desk import TrustDesk
from signing.trust.known import KnownRoot
from signing.verify import verify_package
from tests.fakes.certificates import NOW, authority, unit_identity
from tests.fakes.desk import Desk
from tests.fakes.documents import signed_envelope, signed_form
from tests.fakes.hierarchy import ROOT, root

STANDING = Standing(
    chain=Chain(status=ChainStatus.INCOMPLETE),
    chain_now=ChainStatus.INCOMPLETE,
    revocation=Revocation(status=RevocationStatus.UNKNOWN, reason="offline"),
)


@dataclass
class Room:
    """A room of trust that remembers what it was asked."""

    opened: list[tuple[datetime, bool]] = field(default_factory=list)
    asked: list[tuple[bytes, tuple[bytes, ...], datetime | None]] = field(default_factory=list)

    def open(self, *, now: datetime, online: bool) -> TrustCase:
        self.opened.append((now, online))
        return self

    def standing(
        self, certificate: bytes, carried: Sequence[bytes], signed_at: datetime | None
    ) -> Standing | None:
        self.asked.append((certificate, tuple(carried), signed_at))
        return STANDING

    def known(self) -> Sequence[KnownRoot]:
        return ()

    def look(self, file: Path) -> KnownRoot:
        return KnownRoot(name=file.stem, kind="root", group=None)

    add = look


def verified(
    folder: Path, content: bytes, room: Room, *, online: bool = False
) -> tuple[SignatureReport, ...]:
    file = folder / "ky.xml"
    file.write_bytes(content)
    desk = Desk()
    signing = replace(desk.signing.room(), verify_document=verify_package)
    use = VerifyFiles(signing=signing, trust=room, clock=lambda: NOW)
    (checked,) = use([file], online=online)
    return checked.signatures


def test_of_each_signature_the_standing_is_told(tmp_path: Path) -> None:
    room = Room()
    reports = verified(tmp_path, signed_envelope({"D02.xml": signed_form()}), room)
    assert [each.standing for each in reports] == [STANDING, STANDING]
    assert room.asked == [(unit_identity().der, (unit_identity().der,), NOW)] * 2


def test_one_look_at_roots_for_all_the_files(tmp_path: Path) -> None:
    room = Room()
    verified(tmp_path, signed_form(), room)
    verified(tmp_path, signed_form(), room, online=True)
    assert room.opened == [(NOW, False), (NOW, True)]


def test_without_a_certificate_there_is_nothing_to_stand(tmp_path: Path) -> None:
    unsigned = signed_form().replace(b"X509Certificate>", b"X>")
    room = Room()
    assert [each.standing for each in verified(tmp_path, unsigned, room)] == [None]
    assert room.asked == []


def test_certificates_beside_the_signature_are_handed_on(tmp_path: Path) -> None:
    chain = b"<X509Certificate>" + b64encode(authority().der) + b"</X509Certificate></X509Data>"
    room = Room()
    verified(tmp_path, signed_form().replace(b"</X509Data>", chain), room)
    assert room.asked[0][1] == (unit_identity().der, authority().der)


def test_nothing_is_added_before_a_yes(tmp_path: Path) -> None:
    file = tmp_path / "goc.crt"
    file.write_bytes(root().der)
    cases = TrustCases(room=TrustDesk(tmp_path / "trust"))
    assert not cases.add(file, confirmed=False).added
    assert ROOT not in [each.name for each in cases.known()]
    assert cases.add(file, confirmed=True).added
    assert ROOT in [each.name for each in cases.known()]


def test_a_bad_file_does_not_hide_the_others(desk: Desk, tmp_path: Path) -> None:
    signed, unsigned = tmp_path / "ky.xml", tmp_path / "chua-ky.xml"
    signed.write_bytes(b"<a/>|signed by 9900000016")
    unsigned.write_bytes(b"<a/>")
    checked = desk.services.verify([tmp_path / "khong-co.xml", signed, unsigned, tmp_path])
    assert [file.file.name for file in checked][:3] == ["khong-co.xml", "ky.xml", "chua-ky.xml"]
    assert [file.fault for file in checked] == [
        "files.missing",
        None,
        "verify.not_signed",
        "files.missing",
    ]


def test_a_huge_file_is_not_read_whole(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.services.verifying.MOST_BYTES", 10)
    (tmp_path / "lon.xml").write_bytes(b"x" * 11)
    (checked,) = desk.services.verify([tmp_path / "lon.xml"])
    assert checked.fault == "files.too_large"
