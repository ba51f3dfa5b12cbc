"""Where a certificate's chain leads: to a root we trust, one we do not, nowhere, or astray."""

from datetime import datetime, timedelta

import pytest
from cryptography import x509

from signing.standing import Chain, ChainStatus, RootGroup
from signing.trust.chain import judge_chain
from signing.trust.roots import Anchor, NamedRoot, Roots
from tests.fakes.certificates import NOW
from tests.fakes.hierarchy import (
    DAY,
    ISSUER,
    ROOT,
    UNIT,
    YEAR,
    Holder,
    issue,
    issuer,
    key,
    leaf,
    root,
    with_sha1,
)


def roots(*anchors: Holder, issuers: tuple[Holder, ...] = (), named: tuple[str, ...] = ()) -> Roots:
    return Roots(
        anchors=tuple(
            Anchor(paper=each.paper, group=RootGroup.NATIONAL, file="goc.pem") for each in anchors
        ),
        named=tuple(NamedRoot(name=each, group=RootGroup.NATIONAL) for each in named),
        issuers=tuple(each.paper for each in issuers),
        unusable=(),
    )


def chain(one: Holder, known: Roots, *carried: Holder, moment: datetime = NOW) -> Chain:
    return judge_chain(one.paper, [each.paper for each in carried], known, moment)


class TestTrusted:
    def test_over_an_issuer_beside_the_signature(self) -> None:
        found = chain(leaf(), roots(root()), issuer())
        assert (found.status, found.anchor, found.group) == (
            ChainStatus.TRUSTED,
            ROOT,
            RootGroup.NATIONAL,
        )
        assert found.path == (UNIT, ISSUER, ROOT)
        assert found.issuers == (issuer().der, root().der)
        assert not found.sha1

    def test_over_an_issuer_in_the_folder(self) -> None:
        assert chain(leaf(), roots(root(), issuers=(issuer(),))).status is ChainStatus.TRUSTED

    def test_straight_from_the_root(self) -> None:
        found = chain(issue("x", root()), roots(root()))
        assert (found.status, found.path) == (ChainStatus.TRUSTED, ("x", ROOT))

    def test_the_root_beside_the_signature_changes_nothing(self) -> None:
        assert chain(leaf(), roots(root()), issuer(), root()).status is ChainStatus.TRUSTED

    def test_of_two_issuers_of_one_name_the_right_one_is_taken(self) -> None:
        """Authorities renew their keys under the same name."""
        newer = issue(ISSUER, root(), ca=True, key_name="newer")
        found = chain(leaf(), roots(root()), newer, issuer())
        assert found.status is ChainStatus.TRUSTED
        assert found.issuers[0] == issuer().der

    def test_an_issuer_renewed_with_the_same_key_counts_as_it_is_now(self) -> None:
        old = issue(ISSUER, root(), ca=True, last=NOW - DAY)
        one = issue(UNIT, old, first=NOW - 2 * DAY)
        assert chain(one, roots(root()), old).status is ChainStatus.EXPIRED_ISSUER
        renewed = issue(ISSUER, root(), ca=True)
        assert chain(one, roots(root()), old, renewed).status is ChainStatus.TRUSTED

    def test_the_certificates_own_end_is_told_apart(self) -> None:
        """Signed in time, looked at after the certificate's end: the chain is right still."""
        one = issue(UNIT, issuer(), last=NOW - DAY)
        assert chain(one, roots(root()), issuer(), moment=NOW).status is ChainStatus.TRUSTED
        early = NOW - 2 * YEAR
        assert chain(one, roots(root()), issuer(), moment=early).status is ChainStatus.TRUSTED


class TestUnknown:
    def test_a_root_that_nobody_trusts_here(self) -> None:
        other = issue("gốc khác", ca=True)
        found = chain(leaf(), roots(other), issuer(), root())
        assert (found.status, found.anchor, found.group) == (ChainStatus.UNKNOWN_ROOT, None, None)
        assert found.path == (UNIT, ISSUER, ROOT)

    def test_a_root_known_by_name_alone_is_named_and_not_trusted(self) -> None:
        """Anybody may call his own root so."""
        found = chain(leaf(), roots(named=(ROOT,)), issuer(), root())
        assert (found.status, found.anchor, found.group) == (ChainStatus.UNKNOWN_ROOT, ROOT, None)

    def test_a_named_root_is_told_without_its_certificate(self) -> None:
        found = chain(leaf(), roots(named=(ROOT,)), issuer())
        assert (found.status, found.anchor) == (ChainStatus.UNKNOWN_ROOT, ROOT)
        assert found.path == (UNIT, ISSUER)

    def test_a_certificate_signed_by_itself(self) -> None:
        found = chain(issue("tự ký"), roots(root()))
        assert (found.status, found.path) == (ChainStatus.UNKNOWN_ROOT, ("tự ký",))

    def test_an_issuer_not_at_hand(self) -> None:
        found = chain(leaf(), roots(root()))
        assert (found.status, found.path) == (ChainStatus.INCOMPLETE, (UNIT,))

    def test_many_that_issue_one_another_end_in_time(self) -> None:
        """A hostile file: each of twenty is an issuer of every other."""
        seed = issue("vòng", ca=True, key_name="ring")
        ring = [issue("vòng", seed, ca=True, key_name="ring") for _ in range(20)]
        found = chain(issue("x", seed), roots(root()), *ring)
        assert found.status is not ChainStatus.TRUSTED

    def test_a_chain_longer_than_any_is_not_followed_and_not_called_false(self) -> None:
        chained = [root()]
        for number in range(9):
            chained.append(issue(f"bậc {number}", chained[-1], ca=True))
        found = chain(issue("x", chained[-1]), roots(root()), *chained[1:])
        assert found.status in (ChainStatus.INCOMPLETE, ChainStatus.UNKNOWN_ROOT)

    def test_what_only_one_of_two_readers_can_read_is_not_called_false(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("signing.trust.chain._asn1", lambda der: None)
        assert chain(leaf(), roots(root()), issuer()).status is ChainStatus.INCOMPLETE


class TestBroken:
    def test_a_signature_that_is_not_the_issuers(self) -> None:
        forged = issue(UNIT, issuer(), signing_key=key("thief"))
        assert chain(forged, roots(root()), issuer()).status is ChainStatus.BROKEN

    def test_nor_the_roots(self) -> None:
        forged = issue(UNIT, root(), signing_key=key("thief"))
        assert chain(forged, roots(root())).status is ChainStatus.BROKEN

    def test_one_who_may_not_issue_certificates(self) -> None:
        """The holder of any good certificate signs another one with it."""
        stolen = issue("kẻ khác", leaf())
        assert chain(stolen, roots(root()), leaf(), issuer()).status is ChainStatus.BROKEN
        assert chain(stolen, roots(), leaf(), issuer(), root()).status is ChainStatus.BROKEN

    def test_an_issuer_below_one_that_allows_none(self) -> None:
        last = issue("bậc cuối", root(), ca=True, path_length=0)
        below = issue("bậc thừa", last, ca=True)
        assert chain(issue("x", below), roots(root()), below, last).status is ChainStatus.BROKEN

    def test_an_issuer_altered_but_for_its_key(self) -> None:
        """Its name and key are right; what it says of itself was changed."""
        fake = issue(ISSUER, root(), ca=True, signing_key=key("thief"))
        assert chain(leaf(), roots(root()), fake).status is ChainStatus.BROKEN

    def test_a_critical_word_that_nobody_understands(self) -> None:
        odd = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00")
        strange = issue("lạ", root(), ca=True, extra=((odd, True),))
        assert chain(issue("x", strange), roots(root()), strange).status is ChainStatus.BROKEN


class TestExpiredIssuer:
    @pytest.fixture
    def old(self) -> Holder:
        return issue(ISSUER, root(), ca=True, first=NOW - 2 * YEAR, last=NOW - DAY)

    def test_an_issuer_that_ended_before_its_certificate(self, old: Holder) -> None:
        """So it was with real issuers of 2025 (tokens facts)."""
        found = chain(issue(UNIT, old), roots(root()), old)
        assert (found.status, found.anchor) == (ChainStatus.EXPIRED_ISSUER, ROOT)

    def test_at_the_signing_time_it_was_right(self, old: Holder) -> None:
        found = chain(issue(UNIT, old), roots(root()), old, moment=NOW - 2 * DAY)
        assert found.status is ChainStatus.TRUSTED

    def test_a_root_that_ended(self) -> None:
        ended = issue("gốc cũ", ca=True, last=NOW - DAY)
        assert chain(issue(UNIT, ended), roots(ended)).status is ChainStatus.EXPIRED_ISSUER

    def test_issued_after_the_issuers_end_is_false(self, old: Holder) -> None:
        late = issue(UNIT, old, first=NOW - timedelta(hours=1))
        assert chain(late, roots(root()), old).status is ChainStatus.BROKEN

    def test_out_of_date_and_false_is_false(self, old: Holder) -> None:
        forged = issue(UNIT, old, signing_key=key("thief"))
        assert chain(forged, roots(root()), old).status is ChainStatus.BROKEN


class TestWeak:
    def test_an_issuer_issued_with_sha1_is_told_and_trusted_still(self) -> None:
        between = with_sha1(issue(ISSUER, root(), ca=True), root())
        found = chain(issue(UNIT, between), roots(root()), between)
        assert (found.status, found.sha1) == (ChainStatus.TRUSTED, True)
        assert chain(issue(UNIT, between), roots(), between, root()).sha1

    def test_one_issued_otherwise_is_not(self) -> None:
        assert not chain(leaf(), roots(root()), issuer()).sha1

    def test_a_root_signs_itself_as_it_likes(self) -> None:
        old = with_sha1(root(), root())
        found = chain(leaf(), roots(old), issuer())
        assert (found.status, found.sha1) == (ChainStatus.TRUSTED, False)
