"""A signature's arithmetic by hand, for signatures whose structure a strict verifier refuses.

What it finds never makes a signature *strict*; it only tells a changed file from one that is
merely built oddly (wire format §3, variants met).
"""

import hashlib
from dataclasses import dataclass

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from lxml import etree

from signing.algorithms import DIGESTS, EC_SIGNATURES, INCLUSIVE, RSA_SIGNATURES
from signing.parts import Parts, Reference, read_parts, signatures_of
from signing.structure import is_whole_document
from signing.xml import in_place_octets, parse


@dataclass(frozen=True, slots=True, kw_only=True)
class Recomputed:
    """Which of the numbers come out as written. None: not computed here."""

    value: bool | None
    """the signature value over SignedInfo"""
    content: bool | None
    """the digest of the whole document without this signature"""
    others: bool | None
    """every further digest"""
    content_before_others: bool
    """the digest of the document without any signature"""


NOT_COMPUTED = Recomputed(value=None, content=None, others=None, content_before_others=False)


def recompute(document: bytes, index: int, certificate: bytes | None) -> Recomputed:
    """The arithmetic of signature number ``index`` (document order) of ``document``."""
    tree = parse(document)
    signature = signatures_of(tree)[index]
    parts = read_parts(signature)
    if certificate is None or not _computable(parts):
        return NOT_COMPUTED
    try:
        return _recompute(tree, signature, parts, certificate)
    except etree.C14NError:  # a namespace that canonical XML does not know, such as a relative one
        return NOT_COMPUTED


def _recompute(
    tree: etree._ElementTree, signature: etree._Element, parts: Parts, certificate: bytes
) -> Recomputed:
    whole = [reference for reference in parts.references if is_whole_document(reference)]
    rest = [reference for reference in parts.references if not is_whole_document(reference)]
    value, others = _value(parts, certificate), all(map(_part_digest_right, rest))
    content = _content_right(tree, [signature], whole)
    before = not content and _content_right(tree, signatures_of(tree), whole)
    return Recomputed(value=value, content=content, others=others, content_before_others=before)


def _computable(parts: Parts) -> bool:
    transforms = {name for reference in parts.references for name in reference.transforms}
    return (
        parts.signed_info is not None
        and parts.method in {**RSA_SIGNATURES, **EC_SIGNATURES}
        and parts.canonicalization in INCLUSIVE
        and not any("c14n" in name and name not in INCLUSIVE for name in transforms)
        and all(reference.digest_method in DIGESTS for reference in parts.references)
    )


def _value(parts: Parts, certificate: bytes) -> bool:
    key = x509.load_der_x509_certificate(certificate).public_key()
    if parts.value is None or parts.signed_info is None:
        return False
    octets = in_place_octets(parts.signed_info)
    try:
        if isinstance(key, RSAPublicKey) and parts.method in RSA_SIGNATURES:
            key.verify(parts.value, octets, PKCS1v15(), RSA_SIGNATURES[parts.method])
        elif isinstance(key, EllipticCurvePublicKey) and parts.method in EC_SIGNATURES:
            key.verify(_der_value(parts.value), octets, ECDSA(EC_SIGNATURES[parts.method]))
        else:
            return False
    except InvalidSignature:
        return False
    return True


def _der_value(value: bytes) -> bytes:
    """r and s one after the other, as XML has them, in the form the library reads."""
    half = len(value) // 2
    numbers = (int.from_bytes(part, "big") for part in (value[:half], value[half:]))
    return encode_dss_signature(*numbers)


def _part_digest_right(reference: Reference) -> bool:
    if reference.target is None:
        return False
    return _hash(reference, in_place_octets(reference.target)) == reference.digest


def _content_right(
    tree: etree._ElementTree, signatures: list[etree._Element], whole: list[Reference]
) -> bool:
    """Takes the signatures out of ``tree``: to be called once for each growing set."""
    for signature in signatures:
        _detach(signature)
    octets = etree.tostring(tree, method="c14n", with_comments=False)
    return bool(whole) and all(_hash(reference, octets) == reference.digest for reference in whole)


def _detach(element: etree._Element) -> None:
    """Removes an element and leaves the text behind it, which belongs to its parent."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    else:
        parent.text = (parent.text or "") + (element.tail or "")
    element.tail = None
    parent.remove(element)


def _hash(reference: Reference, octets: bytes) -> bytes:
    return hashlib.new(DIGESTS[reference.digest_method].name, octets).digest()
