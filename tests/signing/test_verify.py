"""What is said of a signature: intact, changed or not to be told; strict or odd, and how."""

import re
from base64 import b64decode, b64encode
from datetime import datetime, timedelta, timezone

import pytest

from resources.faults import DataFault
from signing.embedded import embedded_in
from signing.errors import SigningBug
from signing.model import Intact, SignatureReport
from signing.verify import verify_document, verify_own, verify_package
from signing.xml import parse
from tests.fakes import foreign_signatures as foreign
from tests.fakes.certificates import (
    NOW,
    TAX_CODE,
    UNIT,
    as_if_issued_with_sha1,
    authority,
    unit_identity,
)
from tests.fakes.documents import (
    ENVELOPE_NODE,
    FORM_NODE,
    envelope,
    form,
    signed_envelope,
    signed_form,
)
from tests.fakes.foreign_signatures import canonical, into_slot, reference, signature


def only(document: bytes) -> SignatureReport:
    (report,) = verify_document(document)
    return report


def verdict(document: bytes) -> tuple[Intact, bool, tuple[str, ...]]:
    report = only(document)
    return report.intact, report.strict, report.quirks


def fault_code(document: bytes) -> str:
    with pytest.raises(DataFault) as caught:
        verify_document(document)
    return caught.value.code


class TestOurOwn:
    def test_what_we_sign_is_intact_and_strict(self) -> None:
        report = only(signed_form())
        assert report.node == FORM_NODE
        assert (report.intact, report.strict, report.quirks) == (Intact.YES, True, ())
        assert report.algorithms == ("rsa-sha256", "sha256")
        assert report.weak == ()

    def test_it_says_who_signed(self) -> None:
        certificate = only(signed_form()).certificate
        assert certificate is not None
        assert (certificate.common_name, certificate.tax_code) == (UNIT, TAX_CODE)

    def test_the_signing_time_is_told_and_is_not_protected(self) -> None:
        report = only(signed_form())
        assert report.signing_time == NOW
        assert not report.signing_time_protected

    def test_verify_own_answers_with_the_report(self) -> None:
        assert verify_own(signed_form(), FORM_NODE, unit_identity().der).node == FORM_NODE

    @pytest.mark.parametrize(
        "document",
        [
            form(),
            b"rubbish",
            signed_form().replace(b"12500000", b"12500001"),
            foreign.object_without_namespace(signed_form()),
            foreign.signed_twice(),
            signed_envelope({}),
            into_slot(form(), signature(reference("", canonical(form())))),
        ],
        ids=["unsigned", "no xml", "changed", "odd", "twice", "other node", "no signing time"],
    )
    def test_verify_own_takes_nothing_less(self, document: bytes) -> None:
        with pytest.raises(SigningBug) as caught:
            verify_own(document, FORM_NODE, unit_identity().der)
        assert caught.value.code == "sign.unverified"

    def test_verify_own_wants_the_very_certificate(self) -> None:
        with pytest.raises(SigningBug):
            verify_own(signed_form(), FORM_NODE, unit_identity(key_name="b").der)


class TestChanged:
    @pytest.mark.parametrize(
        ("old", "new"),
        [
            (b"12500000", b"12500001"),
            (b"<DenThang></DenThang>", b"<DenThang> </DenThang>"),
            (b"<NoiDung>", b"<NoiDung>\n"),
            (b"</NoiDung>", b"<LaoDong></LaoDong></NoiDung>"),
        ],
        ids=["a wage", "a space", "a line", "a row"],
    )
    def test_changed_content_is_changed(self, old: bytes, new: bytes) -> None:
        report = only(signed_form().replace(old, new))
        assert (report.intact, report.strict) == (Intact.NO, False)

    def test_a_changed_digest_is_seen(self) -> None:
        changed = re.sub(rb"<DigestValue>.", b"<DigestValue>*", signed_form())
        assert only(changed).intact is Intact.NO

    def test_a_digest_made_to_fit_changed_content_is_seen(self) -> None:
        other = signed_form(form(name="Người khác (không có thật)"))
        info = re.compile(rb"<SignedInfo>.*</SignedInfo>")
        found = info.search(other)
        assert found is not None
        mixed = info.sub(found[0], signed_form())
        assert only(mixed).intact is Intact.NO

    def test_a_value_that_decodes_to_the_same_but_is_written_otherwise_is_seen(self) -> None:
        """The last letter before ``==`` has bits that decoding drops."""
        signed = signed_form()
        found = re.search(rb"(.)==</SignatureValue>", signed)
        assert found is not None
        other = bytes([found[1][0] + 1]) if found[1] != b"/" else b"9"
        changed = signed.replace(found[0], other + b"==</SignatureValue>")
        assert verdict(changed) == (Intact.NO, False, ("value-encoding",))

    def test_the_key_written_beside_must_be_the_certificates(self) -> None:
        other = signed_form(signer=unit_identity(key_name="b").signer)
        modulus = re.compile(rb"<Modulus>.*</Modulus>")
        found = modulus.search(other)
        assert found is not None
        assert verdict(modulus.sub(found[0], signed_form())) == (
            Intact.NO,
            False,
            ("key-mismatch",),
        )

    def test_another_units_certificate_does_not_fit(self) -> None:
        other = b64encode(unit_identity(key_name="b").der)
        changed = re.sub(rb"(<X509Certificate>).*?<", rb"\g<1>" + other + b"<", signed_form())
        assert only(changed).intact is Intact.NO

    def test_a_certificate_altered_but_for_its_key_is_not_called_intact(self) -> None:
        written = re.search(rb"<X509Certificate>(.*?)<", signed_form())
        assert written is not None
        altered = b64decode(written[1]).replace(TAX_CODE.encode(), b"0109999991")
        changed = signed_form().replace(written[1], b64encode(altered))
        assert verdict(changed) == (Intact.UNKNOWN, False, ("subject-mismatch",))


class TestQuirks:
    def test_an_object_without_namespace_is_intact_but_not_strict(self) -> None:
        odd = foreign.object_without_namespace(signed_form())
        assert b'<Object Id="proid" xmlns="">' in odd
        assert verdict(odd) == (Intact.YES, False, ("object-no-namespace",))

    def test_an_object_without_namespace_hides_no_change(self) -> None:
        odd = foreign.object_without_namespace(signed_form()).replace(b"12500000", b"99999999")
        assert only(odd).intact is Intact.NO

    def test_a_wrong_second_reference_cannot_be_told(self) -> None:
        report = only(foreign.with_time_reference(right=False))
        assert (report.intact, report.strict) == (Intact.UNKNOWN, False)
        assert "second-reference-wrong" in report.quirks
        assert not report.signing_time_protected

    def test_a_right_second_reference_protects_the_signing_time(self) -> None:
        report = only(foreign.with_time_reference(right=True))
        assert (report.intact, report.strict) == (Intact.YES, True)
        assert report.signing_time_protected
        assert report.quirks == ("time-without-zone",)
        hanoi = timezone(timedelta(hours=7))
        assert report.signing_time == datetime(2026, 11, 20, 9, 30, tzinfo=hanoi)

    def test_a_protected_time_that_is_changed_is_seen(self) -> None:
        changed = foreign.with_time_reference(right=True).replace(b"T09:30", b"T09:31")
        assert only(changed).intact is not Intact.YES

    def test_an_enveloped_transform_inside_the_signature_is_named(self) -> None:
        report = only(foreign.with_enveloped_inside())
        assert not report.strict
        assert "enveloped-inside" in report.quirks
        assert not report.signing_time_protected

    def test_a_signature_over_a_part_says_nothing_of_the_whole(self) -> None:
        report = only(foreign.over_a_part_only())
        assert (report.intact, report.strict) == (Intact.UNKNOWN, False)
        assert report.quirks == ("not-whole-document",)

    def test_a_change_in_the_covered_part_is_seen(self) -> None:
        changed = foreign.over_a_part_only().replace(b"12500000", b"99999999")
        assert only(changed).intact is Intact.NO

    def test_content_wrapped_into_another_place_is_not_called_intact(self) -> None:
        signed = foreign.over_a_part_only()
        part = signed[signed.index(b"<NoiDung") : signed.index(b"<Cky>")]
        forged = part.replace(b' Id="part"', b"").replace(b"12500000", b"99999999")
        wrapped = signed.replace(part, forged).replace(b"</Cky>", part + b"</Cky>")
        assert only(wrapped).intact is not Intact.YES

    def test_the_first_of_two_signatures_was_made_before_the_other(self) -> None:
        first, second = verify_document(foreign.signed_twice())
        assert (first.intact, first.quirks) == (Intact.UNKNOWN, ("signed-before-others",))
        assert (second.intact, second.strict) == (Intact.YES, True)

    def test_a_signature_moved_into_an_empty_element_is_seen(self) -> None:
        signed = signed_form()
        start, end = signed.index(b"<Signature"), signed.index(b"</Signature>") + 12
        moved = (signed[:start] + signed[end:]).replace(
            b"<DenThang></DenThang>", b"<DenThang>" + signed[start:end] + b"</DenThang>"
        )
        assert verdict(moved) == (Intact.UNKNOWN, False, ("misplaced-signature",))

    def test_a_signature_that_left_its_place_is_seen(self) -> None:
        """Nothing that it covers has changed; but who looks into ``Cky`` finds it empty."""
        signed = signed_form()
        start, end = signed.index(b"<Signature"), signed.index(b"</Signature>") + 12
        moved = signed[:start] + b"</Cky>" + signed[start:end] + b"</D02-TS>"
        assert verdict(moved) == (Intact.UNKNOWN, False, ("misplaced-signature",))

    def test_a_place_for_another_signer_may_be_empty_still(self) -> None:
        before = form().replace(b"<Cky>", b"<CKy_IVAN></CKy_IVAN><Cky>")
        assert verdict(signed_form(before)) == (Intact.YES, True, ())

    @pytest.mark.parametrize("place", [b"<Object>", b"<KeyInfo>"])
    def test_signed_content_hidden_in_the_signature_of_other_content(self, place: bytes) -> None:
        signed = signed_form()
        content = signed[signed.index(b"<D02-TS") : signed.index(b"<Cky>")] + b"</D02-TS>"
        forged = signed.replace(b"12500000", b"99999999").replace(place, place + content)
        assert only(forged).intact is Intact.NO

    def test_signed_content_carried_below_another_root(self) -> None:
        signed = signed_form()
        inner = signed[signed.index(b"<D02-TS") :]
        for around in (b"<A>%b</A>", b"<A>%b<NoiDung></NoiDung></A>", b"<A><B></B>%b</A>"):
            assert only(around % inner).intact is not Intact.YES

    def test_a_signature_that_is_the_whole_file_covers_nothing(self) -> None:
        signed = signed_form()
        alone = signed[signed.index(b"<Signature") : signed.index(b"</Signature>") + 12]
        assert only(alone).intact is not Intact.YES

    def test_a_signature_hidden_in_another_is_not_called_intact(self) -> None:
        signed = signed_form()
        inner = signed[signed.index(b"<Signature") : signed.index(b"</Signature>") + 12]
        nested = signed.replace(b"<Object>", b"<Object>" + inner)
        reports = verify_document(nested)
        assert "nested-signature" in reports[1].quirks
        assert not any(report.strict for report in reports)

    def test_two_equal_ids_are_named(self) -> None:
        report = only(signed_form().replace(b'Id="proid"', b'Id="sigid"'))
        assert "duplicate-id" in report.quirks
        assert not report.strict

    def test_a_reference_to_one_of_two_equal_ids_cannot_be_told(self) -> None:
        signed = foreign.over_a_part_only().replace(b"<STT>", b'<STT Id="part">')
        assert only(signed).intact is Intact.UNKNOWN

    @pytest.mark.parametrize("uri", ["file:///etc/hostname", "http://127.0.0.1:9/x", "x.xml"])
    def test_nothing_outside_the_file_is_ever_read(self, uri: str) -> None:
        document = into_slot(form(), signature(reference(uri, b"", ())))
        assert only(document).intact is Intact.UNKNOWN
        assert "external-reference" in only(document).quirks

    @pytest.mark.parametrize(
        "transform",
        [
            "http://www.w3.org/TR/1999/REC-xslt-19991116",
            "http://www.w3.org/TR/1999/REC-xpath-19991116",
        ],
    )
    def test_a_transform_that_could_leave_content_out_is_not_followed(self, transform: str) -> None:
        references = reference("", canonical(form()), (foreign.ENVELOPED, transform))
        document = into_slot(form(), signature(references))
        assert verdict(document) == (Intact.UNKNOWN, False, ("unknown-transform",))

    @pytest.mark.parametrize(
        "method", ["http://www.w3.org/2000/09/xmldsig#hmac-sha1", "urn:nothing"]
    )
    def test_an_unknown_algorithm_cannot_be_told(self, method: str) -> None:
        document = into_slot(form(), signature(reference("", canonical(form())), method=method))
        assert verdict(document) == (Intact.UNKNOWN, False, ("unknown-algorithm",))

    def test_without_a_certificate_nobody_can_be_named(self) -> None:
        signed = re.sub(rb"<X509Data>.*</X509Data>", b"", signed_form())
        report = only(signed)
        assert (report.intact, report.certificate) == (Intact.UNKNOWN, None)
        assert report.quirks == ("no-certificate",)

    def test_an_unreadable_certificate_is_named(self) -> None:
        signed = re.sub(rb"(<X509Certificate>).*?<", rb"\g<1>AAAA<", signed_form())
        assert only(signed).quirks == ("certificate-unreadable",)

    def test_among_several_certificates_the_signers_is_found(self) -> None:
        chain = f"<X509Certificate>{b64encode(authority().der).decode()}</X509Certificate>"
        signed = signed_form().replace(b"</X509Data>", chain.encode() + b"</X509Data>")
        report = only(signed)
        assert report.certificate is not None
        assert report.certificate.common_name == UNIT
        assert verdict(signed) == (Intact.YES, False, ("several-certificates",))

    def test_an_unreadable_signing_time_is_named(self) -> None:
        signed = signed_form().replace(b"2026-11-20T02:30:00Z", b"hom nay")
        assert only(signed).signing_time is None
        assert verdict(signed) == (Intact.YES, True, ("time-unreadable",))

    def test_half_a_signature_is_named(self) -> None:
        signed = re.sub(rb"<SignedInfo>.*</SignedInfo>", b"", signed_form())
        assert only(signed).intact is Intact.UNKNOWN
        assert "malformed" in only(signed).quirks


class TestWeak:
    def test_a_short_key_is_named(self) -> None:
        signed = signed_form(signer=unit_identity(bits=1024, key_name="short").signer)
        assert only(signed).weak == ("short-key",)

    def test_a_certificate_issued_with_sha1_is_named(self) -> None:
        signed = signed_form(signer=as_if_issued_with_sha1(unit_identity()))
        assert only(signed).weak == ("certificate-sha1",)


class TestPackage:
    def test_the_forms_inside_an_envelope_are_verified_too(self) -> None:
        package = signed_envelope({"D02-TS-595.xml": signed_form(), "a.pdf": b"%PDF"})
        nodes = [(report.node, report.strict) for report in verify_package(package)]
        assert nodes == [(ENVELOPE_NODE, True), ("D02-TS-595.xml#D02-TS/Cky", True)]

    def test_a_changed_form_inside_a_rightly_signed_envelope_is_seen(self) -> None:
        changed = signed_form().replace(b"12500000", b"12500001")
        outer, inner = verify_package(signed_envelope({"D02-TS-595.xml": changed}))
        assert (outer.intact, inner.intact) == (Intact.YES, Intact.NO)

    @pytest.mark.parametrize(
        ("content", "quirk"),
        [(form(), "embedded-not-signed"), (b"<a", "embedded-unreadable")],
    )
    def test_a_form_inside_that_cannot_be_judged_is_not_passed_over(
        self, content: bytes, quirk: str
    ) -> None:
        inner = verify_package(signed_envelope({"D02-TS-595.xml": content}))[1]
        assert (inner.intact, inner.quirks) == (Intact.UNKNOWN, (quirk,))

    def test_base64_that_cannot_be_read_is_not_passed_over(self) -> None:
        document = envelope({"D02-TS-595.xml": b"abc"}).replace(b"YWJj", b"YWJ*")
        assert b"YWJ*" in document
        assert embedded_in(parse(document)) == (("D02-TS-595.xml", b""),)

    def test_an_unsigned_envelope_is_not_made_good_by_its_forms(self) -> None:
        with pytest.raises(DataFault) as caught:
            verify_package(envelope({"D02-TS-595.xml": signed_form()}))
        assert caught.value.code == "verify.not_signed"


class TestBadInput:
    def test_an_unsigned_file(self) -> None:
        assert fault_code(form()) == "verify.not_signed"

    @pytest.mark.parametrize(
        "document",
        [
            b"",
            b"PK\x03\x04 a workbook",
            b"<a>",
            b"<a/><b/>",
            b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
            b'<?xml version="1.0"?><!DOCTYPE a SYSTEM "file:///etc/hostname"><a/>',
            b'<?xml version="1.0" encoding="utf-7"?><a/>',
            "<a/>".encode("utf-16"),
        ],
        ids=["empty", "workbook", "open", "two roots", "entity", "dtd", "utf-7", "utf-16"],
    )
    def test_no_xml_or_unsafe_xml(self, document: bytes) -> None:
        assert fault_code(document) == "verify.not_xml"

    def test_a_signed_file_with_a_document_type_is_not_read(self) -> None:
        head, body = signed_form().split(b"?>", 1)
        assert fault_code(head + b"?><!DOCTYPE D02-TS>" + body) == "verify.not_xml"

    def test_a_namespace_that_cannot_be_canonicalised(self) -> None:
        changed = signed_form().replace(b"http://www.w3.org/2001/XMLSchema-instance", b"a?b")
        assert only(changed).intact is Intact.UNKNOWN

    def test_a_file_beyond_measure(self, monkeypatch: pytest.MonkeyPatch) -> None:
        signed = signed_form()
        monkeypatch.setattr("signing.xml.MAX_BYTES", 100)
        assert fault_code(signed) == "verify.too_big"
