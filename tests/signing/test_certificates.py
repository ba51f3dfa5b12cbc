"""What a certificate says and whether it may sign for the unit today."""

from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID, ObjectIdentifier

from resources.faults import Fault
from signing.certificates import (
    check_for_unit,
    is_authority,
    may_sign,
    read_certificate,
    tax_code_of,
)
from signing.errors import CertificateFault
from signing.names import dotnet_name
from tests.fakes.certificates import NOW, TAX_CODE, UNIT, authority, unit_identity

UID = ObjectIdentifier("0.9.2342.19200300.100.1.1")


def notices(tax_code: str, **certificate: object) -> list[str]:
    info = read_certificate(unit_identity(**certificate).der)
    return [notice.code for notice in check_for_unit(info, tax_code, NOW)]


def refusal(tax_code: str, **certificate: object) -> str:
    with pytest.raises(CertificateFault) as caught:
        notices(tax_code, **certificate)
    return caught.value.code


def test_a_certificate_is_read() -> None:
    identity = unit_identity()
    info = read_certificate(identity.der)
    assert info.common_name == UNIT
    assert info.tax_code == TAX_CODE
    assert info.serial == identity.serial
    assert info.key_bits == 2048
    assert info.signature_hash == "sha256"
    assert info.valid_at(NOW)
    assert info.der == identity.der


def test_the_subject_reads_as_dotnet_prints_it() -> None:
    info = read_certificate(unit_identity().der)
    assert info.subject == (
        f"OID.0.9.2342.19200300.100.1.1=MST:{TAX_CODE}, CN={UNIT}, S=Hà Nội, C=VN"
    )


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("CÔNG TY A", "CN=CÔNG TY A"),
        ("CÔNG TY A, CHI NHÁNH B", 'CN="CÔNG TY A, CHI NHÁNH B"'),
        ('CÔNG TY "A"', 'CN="CÔNG TY ""A"""'),
        ("A + B", 'CN="A + B"'),
        (" A", 'CN=" A"'),
        ("A #1", 'CN="A #1"'),
    ],
)
def test_a_value_is_quoted_where_dotnet_quotes_it(value: str, printed: str) -> None:
    assert dotnet_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, value)])) == printed


def test_several_values_in_one_rdn_stand_together() -> None:
    rdn = x509.RelativeDistinguishedName(
        [x509.NameAttribute(NameOID.COMMON_NAME, "A"), x509.NameAttribute(UID, "MST:1")]
    )
    assert " + " in dotnet_name(x509.Name([rdn]))


@pytest.mark.parametrize(
    ("user_ids", "expected"),
    [
        (["MST:0109999990"], "0109999990"),
        (["MST: 0109999990"], "0109999990"),
        (["MST:0109999990-002"], "0109999990-002"),
        (["MST:000000000000"], "000000000000"),
        (["CMND:000000000", "MST:0109999990"], "0109999990"),
        (["CCCD:000000000000"], None),
        (["MST:01099"], None),
        (["MST:01099999901"], None),
        ([], None),
    ],
)
def test_the_tax_code_is_found_among_the_user_ids(
    user_ids: list[str], expected: str | None
) -> None:
    assert tax_code_of(user_ids) == expected


def test_the_units_own_certificate_needs_no_question() -> None:
    assert notices(TAX_CODE) == []


def test_another_units_certificate_is_refused() -> None:
    assert refusal("0109999991") == "certificate.other_unit"


@pytest.mark.parametrize(
    ("certificate", "unit"),
    [
        ("0109999990-001", "0109999990"),
        ("0109999990", "0109999990-001"),
        ("0109999990-002", "0109999990001"),
    ],
)
def test_a_branch_and_its_parent_are_a_question(certificate: str, unit: str) -> None:
    assert notices(unit, user_ids=(f"MST:{certificate}",)) == ["certificate.branch"]


def test_a_branch_written_with_or_without_its_dash_is_the_same() -> None:
    assert notices("0109999990001", user_ids=("MST:0109999990-001",)) == []


def test_a_twelve_digit_code_is_a_question() -> None:
    assert notices(TAX_CODE, user_ids=("MST:000000000000",)) == ["certificate.twelve_digits"]


def test_another_twelve_digit_code_is_refused() -> None:
    code = refusal("000000000001", user_ids=("MST:000000000000",))
    assert code == "certificate.other_unit"


def test_a_personal_certificate_is_refused() -> None:
    assert refusal(TAX_CODE, user_ids=("CCCD:000000000000",)) == "certificate.no_tax_code"


def test_validity_is_looked_at_today() -> None:
    assert refusal(TAX_CODE, not_after=NOW - timedelta(days=1)) == "certificate.expired"
    later = {"not_before": NOW + timedelta(days=1)}
    assert refusal(TAX_CODE, **later) == "certificate.not_yet_valid"


def test_the_date_of_expiry_is_said_the_vietnamese_way() -> None:
    info = read_certificate(unit_identity(not_after=NOW - timedelta(days=1)).der)
    with pytest.raises(Fault) as caught:
        check_for_unit(info, TAX_CODE, NOW)
    assert caught.value.params == {"date": "19/11/2026"}


def test_key_usage_must_allow_signing() -> None:
    assert refusal(TAX_CODE, may_sign=False) == "certificate.key_usage"
    assert may_sign(unit_identity().der)


def test_a_key_that_cannot_sign_here_is_refused() -> None:
    assert refusal(TAX_CODE, elliptic=True, curve=ec.SECP521R1) == "certificate.key_type"


def test_an_elliptic_key_is_asked_about() -> None:
    assert notices(TAX_CODE, elliptic=True) == ["certificate.elliptic_key"]


def test_a_short_key_is_told() -> None:
    assert notices(TAX_CODE, bits=1024, key_name="short") == ["certificate.weak_key"]


def test_a_near_expiry_is_told() -> None:
    assert notices(TAX_CODE, not_after=NOW + timedelta(days=105)) == ["certificate.expiring"]
    assert notices(TAX_CODE, not_after=NOW + timedelta(days=31)) == ["certificate.expiring"]
    assert notices(TAX_CODE, not_after=NOW + timedelta(days=30)) == ["certificate.expiring_soon"]
    assert notices(TAX_CODE, not_after=NOW + timedelta(days=7)) == ["certificate.expiring_now"]


def test_an_authoritys_certificate_is_known_as_such() -> None:
    assert is_authority(authority().der)
    assert not is_authority(unit_identity().der)


def test_rubbish_is_no_certificate() -> None:
    with pytest.raises(CertificateFault) as caught:
        read_certificate(b"not a certificate")
    assert caught.value.code == "certificate.unreadable"


def test_a_fault_never_carries_a_tax_code() -> None:
    info = read_certificate(unit_identity().der)
    with pytest.raises(Fault) as caught:
        check_for_unit(info, "0109999991", NOW)
    assert TAX_CODE not in str(caught.value)
