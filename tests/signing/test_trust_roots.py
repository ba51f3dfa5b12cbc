"""Whom the program trusts: what it ships, and what the person put into the folder."""

import tomllib
from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs7 import serialize_certificates

from resources import read_text
from resources.faults import DataFault, Fault, SurroundingsFault
from resources.messages import catalogue
from signing.standing import RootGroup
from signing.trust import roots as roots_module
from signing.trust.desk import TrustDesk
from signing.trust.papers import papers_in
from signing.trust.roots import load_roots
from tests.fakes.certificates import NOW
from tests.fakes.hierarchy import ISSUER, ROOT, issuer, leaf, root

NATIONAL = "Vietnam National Root CA"


class TestShipped:
    def test_the_national_root_is_trusted_as_such(self) -> None:
        (anchor,) = load_roots(None).anchors
        assert (anchor.paper.name, anchor.group) == (NATIONAL, RootGroup.NATIONAL)
        assert anchor.paper.is_root
        assert anchor.paper.not_after.date() == date(2039, 4, 15)

    def test_roots_without_a_certificate_are_named_with_their_group(self) -> None:
        named = {each.name: each.group for each in load_roots(None).named}
        assert named["MIC National Root CA"] is RootGroup.NATIONAL
        assert RootGroup.STATE in named.values()

    def test_every_root_says_where_it_is_from(self) -> None:
        table = tomllib.loads(read_text("trust/roots.toml"))
        assert all(each["source"] for each in (*table["root"], *table["named"]))

    def test_a_root_that_is_not_the_one_on_record_is_refused(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(roots_module, "read_bytes", lambda _name: root().pem)
        roots_module._shipped.cache_clear()
        try:
            with pytest.raises(Fault, match=r"trust\.damaged"):
                load_roots(None)
        finally:
            roots_module._shipped.cache_clear()


class TestFolder:
    def test_what_is_signed_by_itself_is_a_root_and_the_rest_is_in_between(
        self, tmp_path: Path
    ) -> None:
        (tmp_path / "goc.crt").write_bytes(root().der)
        (tmp_path / "ca.PEM").write_bytes(issuer().pem)
        found = load_roots(tmp_path)
        own = [each.paper.name for each in found.anchors if each.group is RootGroup.OWN]
        assert own == [ROOT]
        assert [each.name for each in found.issuers] == [ISSUER]

    def test_several_in_one_file(self, tmp_path: Path) -> None:
        (tmp_path / "chuoi.pem").write_bytes(b"# ghi chu\n" + root().pem + issuer().pem)
        found = load_roots(tmp_path)
        assert found.anchors[-1].paper.name == ROOT
        assert [each.name for each in found.issuers] == [ISSUER]

    def test_as_authorities_publish_them(self) -> None:
        bundle = serialize_certificates([issuer().certificate, root().certificate], Encoding.DER)
        assert {each.name for each in papers_in(bundle)} == {ISSUER, ROOT}

    def test_what_is_no_authority_is_told_as_unusable(self, tmp_path: Path) -> None:
        (tmp_path / "a.cer").write_bytes(leaf().der)
        (tmp_path / "b.pem").write_bytes(b"-----BEGIN CERTIFICATE-----\nAAAA\n")
        (tmp_path / "c.crt").write_bytes(bytes(300_000))
        (tmp_path / "d.txt").write_bytes(root().pem)
        found = load_roots(tmp_path)
        assert found.unusable == ("a.cer", "b.pem", "c.crt")
        assert all(each.group is not RootGroup.OWN for each in found.anchors)

    def test_what_was_fetched_is_never_a_root(self, tmp_path: Path) -> None:
        (tmp_path / "fetched").mkdir()
        (tmp_path / "fetched" / "x.cer").write_bytes(root().der)
        (tmp_path / "fetched" / "y.cer").write_bytes(issuer().der)
        found = load_roots(tmp_path)
        assert all(each.group is not RootGroup.OWN for each in found.anchors)
        assert [each.name for each in found.issuers] == [ISSUER]

    def test_a_folder_that_is_not_there_holds_nothing(self, tmp_path: Path) -> None:
        assert load_roots(tmp_path / "khong-co") == load_roots(None)


class TestAdding:
    def test_looking_adds_nothing(self, tmp_path: Path) -> None:
        file = tmp_path / "goc.crt"
        file.write_bytes(root().der)
        desk = TrustDesk(tmp_path / "trust")
        seen = desk.look(file)
        assert (seen.name, seen.kind, seen.group) == (ROOT, "root", RootGroup.OWN)
        assert seen.sha256 == root().paper.sha256
        assert ROOT not in [each.name for each in desk.known()]

    def test_what_was_added_is_trusted(self, tmp_path: Path) -> None:
        file = tmp_path / "goc.crt"
        desk = TrustDesk(tmp_path / "trust")
        for one in (root(), issuer(), root()):
            file.write_bytes(one.der)
            desk.add(file)
        known = [each for each in desk.known() if each.name in (ROOT, ISSUER)]
        assert [(each.name, each.kind) for each in known] == [(ROOT, "root"), (ISSUER, "issuer")]
        case = desk.open(now=NOW, online=False)
        standing = case.standing(leaf().der, (), None)
        assert standing is not None
        assert standing.chain.group is RootGroup.OWN

    def test_what_the_program_ships_is_not_added_again(self, tmp_path: Path) -> None:
        file = tmp_path / "goc.crt"
        (shipped,) = load_roots(None).anchors
        file.write_bytes(shipped.paper.der)
        desk = TrustDesk(tmp_path / "trust")
        assert desk.add(file).group is RootGroup.NATIONAL
        assert not (tmp_path / "trust").exists()

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"", "trust.unreadable"),
            (b"khong phai", "trust.unreadable"),
            (root().pem + issuer().pem, "trust.several"),
            (leaf().der, "trust.not_authority"),
        ],
        ids=["empty", "no certificate", "several", "a user's"],
    )
    def test_only_one_authority_can_be_added(
        self, tmp_path: Path, content: bytes, code: str
    ) -> None:
        file = tmp_path / "x.crt"
        file.write_bytes(content)
        with pytest.raises(DataFault) as caught:
            TrustDesk(tmp_path / "trust").add(file)
        assert (caught.value.code, caught.value.params) == (code, {"file": "x.crt"})

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(DataFault, match=r"trust\.unreadable"):
            TrustDesk(tmp_path).look(tmp_path / "khong-co.crt")

    def test_a_folder_that_cannot_be_written(self, tmp_path: Path) -> None:
        (tmp_path / "trust").write_bytes(b"a file")
        file = tmp_path / "x.crt"
        file.write_bytes(root().der)
        with pytest.raises(SurroundingsFault, match=r"trust\.disk"):
            TrustDesk(tmp_path / "trust").add(file)

    def test_a_root_known_by_name_is_listed_once_when_it_is_added(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        anchors, named = roots_module._shipped()
        own_name = roots_module.NamedRoot(name=ROOT, group=RootGroup.STATE)
        monkeypatch.setattr(roots_module, "_shipped", lambda: (anchors, (*named, own_name)))
        desk = TrustDesk(tmp_path)
        assert [each.kind for each in desk.known() if each.name == ROOT] == ["named"]
        (tmp_path / "x.crt").write_bytes(root().der)
        assert [each.kind for each in desk.known() if each.name == ROOT] == ["root"]


def test_every_code_of_trust_has_words() -> None:
    words = catalogue()
    for kind in ("root", "issuer", "named"):
        assert f"trust.kind.{kind}" in words
    for group in RootGroup:
        assert f"trust.group.{group.value}" in words
