"""An enveloped XML signature in the profile BHXH receives (wire format §3), by our own hand.

The document is never parsed or written again: it arrives in canonical form, is hashed as it
stands, and the Signature is put into its empty slot. What may not be left to this module is
proving that the result is right: that is ``signing.verify``, another implementation.
"""

import hashlib
import re
from base64 import b64encode
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from signing.canonical import Slot, find_slot
from signing.key_kind import key_kind
from signing.names import dotnet_name
from signing.ports import Signer

DSIG = "http://www.w3.org/2000/09/xmldsig#"
C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
ENVELOPED = f"{DSIG}enveloped-signature"
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
SIGNING_TIME = "http://example.org/#signatureProperties"
SIGNATURE_ID = "sigid"
PROPERTIES_ID = "proid"

EMPTY_ELEMENT = re.compile(r"<(\w+)([^<>]*) />")
SIGNED_INFO_CONTENT = (
    f'<CanonicalizationMethod Algorithm="{C14N}" />'
    '<SignatureMethod Algorithm="{method}" />'
    '<Reference URI="">'
    f'<Transforms><Transform Algorithm="{ENVELOPED}" /></Transforms>'
    f'<DigestMethod Algorithm="{SHA256}" />'
    "<DigestValue>{digest}</DigestValue>"
    "</Reference>"
)


def sign_document(document: bytes, node: str, signer: Signer, *, signing_time: datetime) -> bytes:
    """``document`` with the Signature in its empty slot ``node`` (such as ``D02-TS/Cky``).

    ``document``: XML declaration and body in canonical form (inclusive C14N 1.0), the slot the
    last element of the path ``node`` and of the document. ``signing_time`` has a time zone.
    Raises SigningBug ``sign.node_missing`` or ``sign.not_canonical``, CertificateFault
    ``certificate.key_type``, and whatever the signer raises.
    """
    slot = find_slot(document, node)
    signature = make_signature(_digest(document, slot), slot, signer, signing_time)
    view = memoryview(document)
    return b"".join((view[: slot.offset], signature, view[slot.offset :]))


def make_signature(digest: bytes, slot: Slot, signer: Signer, signing_time: datetime) -> bytes:
    """The Signature element over the SHA-256 ``digest`` of the canonical document.

    Raises CertificateFault ``certificate.key_type``, and whatever the signer raises.
    """
    method = key_kind(signer.certificate).xml_algorithm
    content = SIGNED_INFO_CONTENT.format(method=method, digest=_base64(digest))
    value = signer.sign(_signed_octets(content, slot.namespaces))
    certificate = x509.load_der_x509_certificate(signer.certificate)
    return _signature(content, value, certificate, signer.certificate, signing_time).encode()


def _digest(document: bytes, slot: Slot) -> bytes:
    """SHA-256 of the canonical body: the root's start tag put in order, the rest as it stands."""
    digest = hashlib.sha256(slot.canonical_root_tag)
    digest.update(memoryview(document)[slot.after_root_tag :])
    return digest.digest()


def _signed_octets(content: str, namespaces: str) -> bytes:
    """SignedInfo canonicalised in place: inherited prefixes stand on it, used or not."""
    pairs = EMPTY_ELEMENT.sub(r"<\1\2></\1>", content)
    return f'<SignedInfo xmlns="{DSIG}"{namespaces}>{pairs}</SignedInfo>'.encode()


def _signature(
    content: str, value: bytes, certificate: x509.Certificate, der: bytes, moment: datetime
) -> str:
    return (
        f'<Signature Id="{SIGNATURE_ID}" xmlns="{DSIG}">'
        f"<SignedInfo>{content}</SignedInfo>"
        f"<SignatureValue>{_base64(value)}</SignatureValue>"
        f"<KeyInfo>{_key_value(certificate)}{_x509_data(certificate, der)}</KeyInfo>"
        f"<Object>{_properties(moment)}</Object>"
        "</Signature>"
    )


def _key_value(certificate: x509.Certificate) -> str:
    """As the profile has it for RSA; an EC key is read from the certificate alone."""
    key = certificate.public_key()
    if not isinstance(key, RSAPublicKey):
        return ""
    numbers = key.public_numbers()
    return (
        "<KeyValue><RSAKeyValue>"
        f"<Modulus>{_base64(_big_endian(numbers.n))}</Modulus>"
        f"<Exponent>{_base64(_big_endian(numbers.e))}</Exponent>"
        "</RSAKeyValue></KeyValue>"
    )


def _x509_data(certificate: x509.Certificate, der: bytes) -> str:
    return (
        "<X509Data>"
        f"<X509SubjectName>{escape(dotnet_name(certificate.subject))}</X509SubjectName>"
        f"<X509Certificate>{_base64(der)}</X509Certificate>"
        "</X509Data>"
    )


def _properties(moment: datetime) -> str:
    """The signing time as the profile has it: outside every reference, hence not protected."""
    if moment.tzinfo is None:
        raise ValueError("the signing time needs a time zone")
    text = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        f'<SignatureProperties Id="{PROPERTIES_ID}" xmlns="">'
        f'<SignatureProperty Target="#{SIGNATURE_ID}">'
        f'<SigningTime xmlns="{SIGNING_TIME}">{text}</SigningTime>'
        "</SignatureProperty></SignatureProperties>"
    )


def _big_endian(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8, "big")


def _base64(data: bytes) -> str:
    return b64encode(data).decode("ascii")
