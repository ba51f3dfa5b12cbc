"""Whether an issuer took a certificate back: never good without its own word, in date."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID

from signing.standing import ChainStatus, Revocation, RevocationStatus, Standing
from signing.trust.addresses import crl_addresses, issuer_addresses, ocsp_addresses
from signing.trust.crl import judge_crl, read_crl
from signing.trust.desk import TrustDesk
from signing.trust.kept import Kept
from signing.trust.ocsp import judge_ocsp, ocsp_query
from signing.trust.revocation import Asking, fetch_issuer, revocation_of
from tests.fakes.certificates import NOW
from tests.fakes.hierarchy import (
    CRL_URL,
    DAY,
    ISSUER_URL,
    OCSP_URL,
    UNIT,
    YEAR,
    Holder,
    Web,
    address,
    answer,
    issue,
    issuer,
    key,
    leaf,
    responder,
    revoked_list,
    root,
)

HOUR = timedelta(hours=1)
GOOD, REVOKED, UNKNOWN = RevocationStatus.GOOD, RevocationStatus.REVOKED, RevocationStatus.UNKNOWN
OFFLINE = None


def by_ocsp(content: bytes, one: Holder | None = None) -> Revocation | None:
    return judge_ocsp(content, (one or leaf()).paper, issuer().paper, NOW)


def by_crl(content: bytes, above: Holder | None = None) -> Revocation | None:
    return judge_crl(content, leaf().paper, (above or issuer()).paper, NOW)


class TestAddresses:
    def test_only_the_web_is_asked(self) -> None:
        assert ocsp_addresses(leaf().paper) == (OCSP_URL,)
        assert crl_addresses(leaf().paper) == (CRL_URL,)
        assert issuer_addresses(leaf().paper) == (ISSUER_URL,)

    def test_a_certificate_may_name_none(self) -> None:
        bare = root().paper
        assert (ocsp_addresses(bare), crl_addresses(bare), issuer_addresses(bare)) == ((), (), ())

    def test_no_more_than_a_few(self) -> None:
        many = [
            x509.DistributionPoint([address(f"http://{n}.vn/")], None, None, None) for n in range(9)
        ]
        one = issue("x", issuer(), extra=((x509.CRLDistributionPoints(many), False),))
        assert len(crl_addresses(one.paper)) == 3


class TestResponder:
    def test_the_question_names_the_certificate(self) -> None:
        query = ocsp.load_der_ocsp_request(ocsp_query(leaf().paper, issuer().paper))
        assert query.serial_number == leaf().certificate.serial_number

    def test_the_issuer_says_good(self) -> None:
        found = by_ocsp(answer())
        assert found is not None
        assert (found.status, found.checked_by, found.at) == (GOOD, "ocsp", NOW - HOUR)

    def test_one_it_delegated_says_good(self) -> None:
        found = by_ocsp(answer(by=responder()))
        assert found is not None
        assert found.status is GOOD

    @pytest.mark.parametrize("by", [issuer, responder])
    def test_revoked(self, by: Callable[[], Holder]) -> None:
        found = by_ocsp(answer(by=by(), revoked_at=NOW - DAY))
        assert found is not None
        assert (found.status, found.reason, found.revoked_at) == (
            REVOKED,
            "key_compromise",
            NOW - DAY,
        )

    def test_an_answer_is_not_believed_when_it_is(self) -> None:
        refused = {
            "of another key": answer(signing_key=key("thief")),
            "about another": answer(issue("khác", issuer())),
            "by a stranger": answer(by=root()),
            "by one not delegated": answer(by=issue("người dùng", issuer())),
            "old": answer(first=NOW - 3 * DAY, last=NOW - 2 * DAY),
            "of the future": answer(first=NOW + DAY, last=NOW + 2 * DAY),
            "too old whatever it says": answer(first=NOW - 30 * DAY, last=NOW + 30 * DAY),
            "old and without an end": answer(first=NOW - 2 * DAY, last=None),
            "no answer": b"",
            "rubbish": b"<html>captive portal</html>",
            "cut": answer()[:-10],
            "try later": ocsp.OCSPResponseBuilder.build_unsuccessful(
                ocsp.OCSPResponseStatus.TRY_LATER
            ).public_bytes(Encoding.DER),
        }
        believed = [why for why, content in refused.items() if by_ocsp(content) is not None]
        assert believed == []
        assert by_ocsp(answer(signing_key=issuer().key)) is not None

    def test_a_delegate_whose_time_is_over(self) -> None:
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.OCSP_SIGNING])
        over = issue(
            "cũ",
            issuer(),
            last=NOW - DAY,
            extra=((purpose, False), (x509.OCSPNoCheck(), False)),
        )
        assert by_ocsp(answer(by=over)) is None

    def test_a_delegate_of_another_authority(self) -> None:
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.OCSP_SIGNING])
        other = issue("CA khác", root(), ca=True)
        strange = issue("hộ", other, extra=((purpose, False), (x509.OCSPNoCheck(), False)))
        assert by_ocsp(answer(by=strange)) is None

    def test_a_certificate_cannot_answer_for_itself(self) -> None:
        """Persons have been given certificates that may sign answers (tokens facts)."""
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.OCSP_SIGNING])
        one = issue("ông chủ", issuer(), extra=((purpose, False), (x509.OCSPNoCheck(), False)))
        assert by_ocsp(answer(one, by=one), one) is None


class TestList:
    def test_who_is_not_on_it_is_good(self) -> None:
        found = by_crl(revoked_list(1, 2))
        assert found is not None
        assert (found.status, found.checked_by, found.at) == (GOOD, "crl", NOW - DAY)

    def test_who_is_on_it_is_revoked(self) -> None:
        found = by_crl(revoked_list(1, leaf().certificate.serial_number))
        assert found is not None
        assert (found.status, found.revoked_at, found.reason) == (
            REVOKED,
            NOW - 2 * DAY,
            "cessationOfOperation",
        )

    def test_without_a_reason(self) -> None:
        found = by_crl(revoked_list(leaf().certificate.serial_number, reason=None))
        assert found is not None
        assert found.reason == "unspecified"

    def test_as_text(self) -> None:
        crl = x509.load_der_x509_crl(revoked_list())
        pem = crl.public_bytes(Encoding.PEM)
        assert by_crl(pem) is not None

    def test_a_list_is_not_believed_when_it_is(self) -> None:
        def point(**more: bool) -> x509.IssuingDistributionPoint:
            named = dict.fromkeys(
                (
                    "only_contains_user_certs",
                    "only_contains_ca_certs",
                    "indirect_crl",
                    "only_contains_attribute_certs",
                ),
                False,
            )
            return x509.IssuingDistributionPoint(
                full_name=[address(CRL_URL)] if not any(more.values()) else None,
                relative_name=None,
                only_some_reasons=None,
                **{**named, **more},
            )

        odd = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00")
        refused = {
            "of another key": revoked_list(signing_key=key("thief")),
            "of another issuer": revoked_list(by=root()),
            "old": revoked_list(first=NOW - 3 * DAY, last=NOW - DAY),
            "of the future": revoked_list(first=NOW + DAY, last=NOW + 2 * DAY),
            "for authorities": revoked_list(extra=((point(only_contains_ca_certs=True), True),)),
            "for others": revoked_list(extra=((point(indirect_crl=True), True),)),
            "a part": revoked_list(extra=((x509.DeltaCRLIndicator(1), True),)),
            "strange": revoked_list(extra=((odd, True),)),
            "empty": b"",
            "rubbish": b"<html></html>",
            "cut": revoked_list()[:-10],
        }
        believed = [why for why, content in refused.items() if by_crl(content) is not None]
        assert believed == []
        assert by_crl(revoked_list(extra=((point(), True),))) is not None

    def test_only_of_one_who_may_sign_lists(self) -> None:
        strange = issue("không phải CA", issuer())
        assert by_crl(revoked_list(by=strange), strange) is None

    def test_rubbish_is_no_list(self) -> None:
        assert read_crl(b"-----BEGIN X509 CRL-----\nAAAA\n") is None


def asking(web: Web | None, folder: Path | None = None) -> Asking:
    return Asking(fetch=web, kept=Kept(folder), now=NOW)


def found(web: Web | None, folder: Path | None = None, one: Holder | None = None) -> Revocation:
    return revocation_of((one or leaf()).paper, issuer().paper, asking(web, folder))


class TestAsking:
    def test_the_responder_first(self) -> None:
        web = Web({OCSP_URL: answer(), CRL_URL: revoked_list()})
        assert found(web).checked_by == "ocsp"
        assert web.asked == [OCSP_URL]

    def test_the_list_where_the_responder_is_silent(self) -> None:
        assert found(Web({CRL_URL: revoked_list()})).checked_by == "crl"

    def test_or_says_nothing_usable(self) -> None:
        told = found(Web({OCSP_URL: b"<html>", CRL_URL: revoked_list()}))
        assert (told.status, told.checked_by) == (GOOD, "crl")

    @pytest.mark.parametrize(
        ("web", "reason"),
        [
            (OFFLINE, "offline"),
            (Web(), "no_answer"),
            (Web({OCSP_URL: b"<html>", CRL_URL: b"<html>"}), "not_usable"),
            (Web({OCSP_URL: answer(signing_key=key("thief"))}), "not_usable"),
        ],
        ids=["offline", "silent", "rubbish", "forged"],
    )
    def test_what_is_not_known_is_never_good(self, web: Web | None, reason: str) -> None:
        told = found(web)
        assert (told.status, told.reason, told.checked_by) == (UNKNOWN, reason, None)

    def test_a_certificate_that_names_no_address(self) -> None:
        assert found(Web(), one=issue("x", issuer())).reason == "no_address"

    def test_without_the_issuer_nothing_can_be_asked(self) -> None:
        web = Web({OCSP_URL: answer()})
        told = revocation_of(leaf().paper, None, asking(web))
        assert (told.reason, web.asked) == ("no_issuer", [])

    def test_issuers_forget_what_has_expired(self) -> None:
        """Only a revocation means anything then."""
        over = issue(UNIT, issuer(), last=NOW - DAY, addresses=True)
        told = found(Web({OCSP_URL: answer(over)}), one=over)
        assert (told.status, told.reason) == (UNKNOWN, "expired")
        revoked = found(Web({OCSP_URL: answer(over, revoked_at=NOW - 2 * DAY)}), one=over)
        assert revoked.status is REVOKED

    def test_the_same_is_asked_once_and_the_silent_are_left_in_peace(self) -> None:
        web = Web()
        each = asking(web)
        for _ in range(3):
            revocation_of(leaf().paper, issuer().paper, each)
        assert sorted(web.asked) == [CRL_URL, OCSP_URL]


class TestKept:
    def test_a_list_is_used_until_its_end(self, tmp_path: Path) -> None:
        web = Web({CRL_URL: revoked_list()})
        assert found(web, tmp_path).status is GOOD
        again = Web()
        assert found(again, tmp_path).status is GOOD
        assert CRL_URL not in again.asked

    def test_one_past_its_end_is_fetched_anew(self, tmp_path: Path) -> None:
        Kept(tmp_path).keep_crl(CRL_URL, revoked_list(first=NOW - 3 * DAY, last=NOW - DAY))
        web = Web({CRL_URL: revoked_list()})
        assert found(web, tmp_path).status is GOOD
        assert CRL_URL in web.asked

    def test_offline_it_may_say_revoked_and_never_good(self, tmp_path: Path) -> None:
        Kept(tmp_path).keep_crl(CRL_URL, revoked_list())
        assert found(OFFLINE, tmp_path).reason == "offline"
        Kept(tmp_path).keep_crl(CRL_URL, revoked_list(leaf().certificate.serial_number))
        assert found(OFFLINE, tmp_path).status is REVOKED

    def test_one_that_somebody_altered_says_nothing(self, tmp_path: Path) -> None:
        forged = revoked_list(leaf().certificate.serial_number, signing_key=key("thief"))
        Kept(tmp_path).keep_crl(CRL_URL, forged)
        assert found(OFFLINE, tmp_path).status is UNKNOWN

    def test_what_is_not_believed_is_not_kept(self, tmp_path: Path) -> None:
        found(Web({CRL_URL: revoked_list(signing_key=key("thief"))}), tmp_path)
        assert list(tmp_path.rglob("*.crl")) == []

    def test_a_folder_that_cannot_be_written_costs_nothing_else(self, tmp_path: Path) -> None:
        (tmp_path / "fetched").write_bytes(b"a file")
        assert found(Web({CRL_URL: revoked_list()}), tmp_path).status is GOOD

    def test_a_kept_file_that_cannot_be_read(self, tmp_path: Path) -> None:
        kept = Kept(tmp_path)
        kept.keep_crl(CRL_URL, b"rubbish")
        assert kept.crl(CRL_URL, NOW) is None
        assert Kept(None).crl(CRL_URL, NOW) is None


class TestIssuer:
    def test_it_is_fetched_where_the_certificate_says(self, tmp_path: Path) -> None:
        for content in (issuer().der, issuer().pem):
            fetched = fetch_issuer(leaf().paper, asking(Web({ISSUER_URL: content}), tmp_path))
            assert fetched is not None
            assert fetched.der == issuer().der
        assert len(list((tmp_path / "fetched").iterdir())) == 1

    @pytest.mark.parametrize("content", [b"", b"<html>", root().der, leaf().der])
    def test_only_what_really_issued_it(self, content: bytes, tmp_path: Path) -> None:
        assert fetch_issuer(leaf().paper, asking(Web({ISSUER_URL: content}), tmp_path)) is None
        assert list(tmp_path.iterdir()) == []


@pytest.fixture
def trusting(tmp_path: Path) -> Path:
    """A folder with the invented root."""
    (tmp_path / "goc.crt").write_bytes(root().der)
    return tmp_path


def standing(
    folder: Path, web: Web | None, one: Holder | None = None, *carried: Holder
) -> Standing:
    case = TrustDesk(folder, web).open(now=NOW, online=web is not None)
    found = case.standing((one or leaf()).der, [each.der for each in carried], NOW - DAY)
    assert found is not None
    return found


class TestTogether:
    def test_online_the_chain_is_made_whole_and_the_issuer_asked(self, trusting: Path) -> None:
        web = Web({ISSUER_URL: issuer().der, OCSP_URL: answer()})
        told = standing(trusting, web)
        assert (told.chain.status, told.chain_now) == (ChainStatus.TRUSTED, ChainStatus.TRUSTED)
        assert told.revocation.status is GOOD
        assert told.revocation.issuers is UNKNOWN

    def test_afterwards_the_chain_is_whole_offline_too(self, trusting: Path) -> None:
        standing(trusting, Web({ISSUER_URL: issuer().der}))
        told = standing(trusting, OFFLINE)
        assert told.chain.status is ChainStatus.TRUSTED
        assert told.revocation.reason == "offline"

    def test_offline_nothing_is_asked(self, trusting: Path) -> None:
        web = Web({ISSUER_URL: issuer().der, OCSP_URL: answer()})
        case = TrustDesk(trusting, web).open(now=NOW, online=False)
        told = case.standing(leaf().der, [], NOW)
        assert told is not None
        assert told.chain.status is ChainStatus.INCOMPLETE
        assert web.asked == []

    def test_the_certificate_itself_beside_the_signature_is_no_issuer(self, trusting: Path) -> None:
        told = standing(trusting, OFFLINE, leaf(), leaf(), issuer())
        assert told.chain.path[0] == UNIT
        assert told.chain.status is ChainStatus.TRUSTED

    def test_issuers_that_are_good_are_told(self, trusting: Path) -> None:
        between = issue("CA bậc hai", root(), ca=True, addresses=True)
        one = issue("x", between, addresses=True)
        web = Web({CRL_URL: revoked_list(by=root()), OCSP_URL: answer(one, between, above=between)})
        told = standing(trusting, web, one, between)
        assert (told.revocation.status, told.revocation.issuers) == (GOOD, GOOD)

    def test_a_certificate_is_no_better_than_its_issuer(self, trusting: Path) -> None:
        between = issue("CA bậc hai", root(), ca=True, addresses=True)
        one = issue("x", between, addresses=True)
        listed = revoked_list(between.certificate.serial_number, by=root())
        web = Web({CRL_URL: listed, OCSP_URL: answer(one, between, above=between)})
        told = standing(trusting, web, one, between).revocation
        assert (told.status, told.reason, told.issuers) == (REVOKED, "issuer_revoked", REVOKED)

    def test_a_false_chain_is_not_asked_about(self, trusting: Path) -> None:
        forged = issue(UNIT, issuer(), addresses=True, signing_key=key("thief"))
        web = Web({OCSP_URL: answer(forged)})
        told = standing(trusting, web, forged, issuer())
        assert told.chain.status is ChainStatus.BROKEN
        assert (told.revocation.reason, web.asked) == ("no_issuer", [])

    def test_then_and_now_are_told_apart(self, trusting: Path) -> None:
        old = issue("CA cũ", root(), ca=True, first=NOW - YEAR, last=NOW - HOUR)
        told = standing(trusting, OFFLINE, issue("x", old), old)
        assert told.chain.status is ChainStatus.TRUSTED
        assert told.chain_now is ChainStatus.EXPIRED_ISSUER

    def test_a_certificate_that_cannot_be_read(self, trusting: Path) -> None:
        case = TrustDesk(trusting).open(now=NOW, online=False)
        assert case.standing(b"rubbish", [], NOW) is None
