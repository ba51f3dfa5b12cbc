"""``tokhai trust``, and what ``tokhai verify`` says of chains and revocation."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop import trust_room
from signing.key_file import SoftwareSigner
from tests.desktop.cli.conftest import Line
from tests.fakes.documents import form, signed_form
from tests.fakes.foreign_signatures import object_without_namespace
from tests.fakes.hierarchy import (
    CRL_URL,
    DAY,
    ISSUER_URL,
    OCSP_URL,
    ROOT,
    Holder,
    Web,
    answer,
    issue,
    issuer,
    key,
    leaf,
    revoked_list,
    root,
)


@pytest.fixture
def root_file(tmp_path: Path) -> Path:
    file = tmp_path / "goc.crt"
    file.write_bytes(root().der)
    return file


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Web:
    """In place of the network."""
    found = Web()
    monkeypatch.setattr(trust_room, "Fetcher", lambda: found)
    return found


def signed_by(one: Holder, folder: Path) -> Path:
    signer = SoftwareSigner(certificate=one.der, key=one.key)
    file = folder / "D02.xml"
    file.write_bytes(signed_form(form(), signer, datetime.now(UTC) - timedelta(hours=1)))
    return file


def chain_and_revocation(
    line: Line, *arguments: str | Path
) -> tuple[int, dict[str, object], dict[str, object]]:
    said = line.json("verify", *arguments)
    (signature,) = said.document["files"][0]["signatures"]
    return said.code, signature["chain"], signature["revocation"]


class TestTrust:
    def test_the_shipped_root_is_listed_with_its_fingerprint(self, real: Line) -> None:
        said = real("trust", "list")
        assert said.code == 0
        assert "Vietnam National Root CA · gốc tin cậy · gốc quốc gia" in said.out
        assert "SHA-256 BA:C8:BF:60" in said.out
        assert "chỉ biết tên, chưa có chứng thư" in said.out

    def test_nothing_is_added_before_the_fingerprint_was_compared(
        self, real: Line, root_file: Path
    ) -> None:
        said = real("trust", "add", root_file)
        assert said.code == 1
        assert "--yes" in said.out
        assert ":".join(root().paper.sha256.upper()[n : n + 2] for n in range(0, 64, 2)) in said.out
        assert ROOT not in real("trust", "list").out

    def test_with_a_yes_it_is(self, real: Line, root_file: Path) -> None:
        said = real.json("trust", "add", root_file, "--yes")
        assert said.code == 0
        assert said.document["added"] is True
        assert said.document["group"] == "own"
        names = [each["name"] for each in real.json("trust", "list").document["roots"]]
        assert ROOT in names

    def test_a_users_certificate_is_not(self, real: Line, tmp_path: Path) -> None:
        file = tmp_path / "minh.cer"
        file.write_bytes(leaf().der)
        said = real.json("trust", "add", file, "--yes")
        assert (said.code, said.document["error"]["code"]) == (1, "trust.not_authority")


class TestVerify:
    def test_offline_it_is_not_known(self, real: Line, tmp_path: Path, web: Web) -> None:
        file = signed_by(leaf(), tmp_path)
        code, chain, revocation = chain_and_revocation(real, file)
        assert code == 0
        assert chain == {
            "status": "incomplete",
            "status_now": "incomplete",
            "anchor": None,
            "group": None,
            "path": [leaf().paper.name],
        }
        assert revocation == {
            "status": "unknown",
            "checked_by": None,
            "at": None,
            "reason": "no_issuer",
            "revoked_at": None,
            "issuers": "unknown",
        }
        said = real("verify", file).out
        assert "chưa xác định được tình trạng thu hồi" in said
        assert web.asked == []

    def test_online_the_issuer_is_asked(
        self, real: Line, tmp_path: Path, web: Web, root_file: Path
    ) -> None:
        real("trust", "add", root_file, "--yes")
        now = datetime.now(UTC)
        good = answer(first=now - timedelta(hours=1), last=now + timedelta(hours=1))
        web.pages = {ISSUER_URL: issuer().der, OCSP_URL: good}
        file = signed_by(leaf(), tmp_path)
        code, chain, revocation = chain_and_revocation(real, file, "--online")
        assert (code, chain["status"], chain["anchor"], chain["group"]) == (
            0,
            "trusted",
            ROOT,
            "own",
        )
        assert (revocation["status"], revocation["checked_by"]) == ("good", "ocsp")
        said = real("verify", file, "--online").out
        assert "không bị thu hồi, theo OCSP" in said
        assert f"tin cậy, đến gốc {ROOT} (do người dùng thêm)" in said
        assert "chưa hỏi được tình trạng chứng thư của chính nhà cung cấp" in said

    def test_a_revoked_certificate_is_an_answer_of_its_own(
        self, real: Line, tmp_path: Path, web: Web
    ) -> None:
        now = datetime.now(UTC)
        listed = revoked_list(leaf().certificate.serial_number, first=now - DAY, last=now + DAY)
        web.pages = {ISSUER_URL: issuer().der, CRL_URL: listed}
        file = signed_by(leaf(), tmp_path)
        code, _, revocation = chain_and_revocation(real, file, "--online")
        assert (code, revocation["status"], revocation["reason"]) == (
            1,
            "revoked",
            "cessationOfOperation",
        )
        assert "ĐÃ BỊ THU HỒI" in real("verify", file, "--online").out

    def test_signed_before_the_revocation_is_told_with_its_limits(
        self, real: Line, tmp_path: Path, web: Web
    ) -> None:
        now = datetime.now(UTC)
        later = answer(
            revoked_at=now - timedelta(minutes=1),
            first=now - timedelta(minutes=1),
            last=now + DAY,
        )
        web.pages = {ISSUER_URL: issuer().der, OCSP_URL: later}
        said = real("verify", signed_by(leaf(), tmp_path), "--online").out
        assert "trước khi bị thu hồi" in said

    def test_a_false_chain_fails(self, real: Line, tmp_path: Path, root_file: Path) -> None:
        real("trust", "add", root_file, "--yes")
        forged = issue("CÔNG TY GIẢ", root(), signing_key=key("thief"))
        code, chain, _ = chain_and_revocation(real, signed_by(forged, tmp_path))
        assert (code, chain["status"]) == (1, "broken")
        assert "KHÔNG ĐÚNG" in real("verify", signed_by(forged, tmp_path)).out

    def test_an_issuer_that_ended_meanwhile_is_told_as_of_now(
        self, real: Line, tmp_path: Path, root_file: Path
    ) -> None:
        now = datetime.now(UTC)
        ended = issue("CA cũ", root(), ca=True, last=now - timedelta(minutes=10))
        for file, one in ((root_file, root()), (tmp_path / "cu.crt", ended)):
            file.write_bytes(one.der)
            real("trust", "add", file, "--yes")
        said = real("verify", signed_by(issue("CÔNG TY", ended), tmp_path)).out
        assert "tin cậy, đến gốc" in said
        assert "hiện nay: chứng thư của nhà cung cấp đã ngoài thời hạn" in said

    def test_a_root_known_by_name_says_where_to_get_it(self, real: Line, tmp_path: Path) -> None:
        named = issue("MIC National Root CA", ca=True)
        said = real("verify", signed_by(issue("CÔNG TY", named), tmp_path)).out
        assert "chỉ biết tên gốc này" in said
        assert "rootca.gov.vn" in said

    def test_what_is_intact_and_odd_says_that_it_fails_the_standard_test(
        self, real: Line, tmp_path: Path
    ) -> None:
        file = signed_by(leaf(), tmp_path)
        assert "không đạt kiểm tra chuẩn" not in real("verify", file).out
        file.write_bytes(object_without_namespace(file.read_bytes()))
        assert "không đạt kiểm tra chuẩn" in real("verify", file).out

    def test_nothing_is_asked_in_practice(self, line: Line, tmp_path: Path, web: Web) -> None:
        line("verify", signed_by(leaf(), tmp_path), "--online")
        assert web.asked == []
