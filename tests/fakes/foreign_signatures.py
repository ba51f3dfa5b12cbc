"""Signatures as other programs make them, with the oddities met in real files.

Each is made by the invented unit's key, so that its numbers are right and only its build is odd.
"""

import hashlib
import re
from base64 import b64encode

from lxml import etree

from tests.fakes.certificates import Identity, unit_identity
from tests.fakes.documents import form

DSIG = "http://www.w3.org/2000/09/xmldsig#"
C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
ENVELOPED = f"{DSIG}enveloped-signature"
RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
INHERITED = (
    ' xmlns:xsd="http://www.w3.org/2001/XMLSchema"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
TIME = "2026-11-20T09:30:00"


def canonical(document: bytes) -> bytes:
    return etree.tostring(etree.fromstring(document), method="c14n")


def reference(uri: str, octets: bytes, transforms: tuple[str, ...] = (ENVELOPED,)) -> str:
    inner = "".join(f'<Transform Algorithm="{name}"></Transform>' for name in transforms)
    wrapped = f"<Transforms>{inner}</Transforms>" if transforms else ""
    digest = b64encode(hashlib.sha256(octets).digest()).decode()
    return (
        f'<Reference URI="{uri}">{wrapped}<DigestMethod Algorithm="{SHA256}"></DigestMethod>'
        f"<DigestValue>{digest}</DigestValue></Reference>"
    )


def signature(
    references: str,
    *,
    identity: Identity | None = None,
    signed_object: str = "",
    signature_id: str = "sigid",
    method: str = RSA_SHA256,
    extra_key_info: str = "",
    inherited: str = INHERITED,
) -> str:
    """A Signature over hand-written references, with the certificate and nothing else beside it."""
    who = identity or unit_identity()
    content = (
        f'<CanonicalizationMethod Algorithm="{C14N}"></CanonicalizationMethod>'
        f'<SignatureMethod Algorithm="{method}"></SignatureMethod>{references}'
    )
    octets = f'<SignedInfo xmlns="{DSIG}"{inherited}>{content}</SignedInfo>'.encode()
    value = b64encode(who.signer.sign(octets)).decode()
    certificate = b64encode(who.der).decode()
    return (
        f'<Signature Id="{signature_id}" xmlns="{DSIG}"><SignedInfo>{content}</SignedInfo>'
        f"<SignatureValue>{value}</SignatureValue><KeyInfo>{extra_key_info}<X509Data>"
        f"<X509Certificate>{certificate}</X509Certificate></X509Data></KeyInfo>"
        f"{signed_object}</Signature>"
    )


def into_slot(document: bytes, *signatures: str) -> bytes:
    """The signatures inside the empty ``Cky`` of a form."""
    inner = "".join(signatures).encode()
    assert document.count(b"<Cky></Cky>") == 1
    return document.replace(b"<Cky></Cky>", b"<Cky>" + inner + b"</Cky>")


def time_object(object_id: str) -> str:
    return (
        f'<Object Id="{object_id}"><SignatureProperties xmlns="">'
        '<SignatureProperty Target="#sigid">'
        f"<SigningTime>{TIME}</SigningTime></SignatureProperty></SignatureProperties></Object>"
    )


def time_octets(object_id: str) -> bytes:
    """The Object as it is canonicalised where it stands, with what it inherits."""
    text = time_object(object_id).replace("<Object Id", f'<Object xmlns="{DSIG}"{INHERITED} Id', 1)
    return text.encode()


def object_without_namespace(signed: bytes) -> bytes:
    """As remote signing writes it: Object itself in no namespace."""
    return re.sub(
        rb'<Object><SignatureProperties Id="proid" xmlns="">(.*?)</SignatureProperties></Object>',
        rb'<Object Id="proid" xmlns="">\1</Object>',
        signed,
    )


def with_time_reference(*, right: bool) -> bytes:
    """A second reference to the signing time; its digest right, or that of the bare Object."""
    octets = time_octets("st") if right else time_object("st").encode()
    references = reference("", canonical(form())) + reference("#st", octets, ())
    return into_slot(form(), signature(references, signed_object=time_object("st")))


def with_enveloped_inside() -> bytes:
    """The second reference takes its own target away before it is hashed."""
    references = reference("", canonical(form())) + reference("#st", time_octets("st"))
    return into_slot(form(), signature(references, signed_object=time_object("st")))


def over_a_part_only() -> bytes:
    """Only the element with an Id is covered, as invoices have it."""
    document = form().replace(b"<NoiDung>", b'<NoiDung Id="part">')
    inner = document[document.index(b"<NoiDung") : document.index(b"<Cky>")]
    octets = inner.replace(b"<NoiDung Id", b"<NoiDung" + INHERITED.encode() + b" Id", 1)
    return into_slot(document, signature(reference("#part", octets)))


def signed_twice() -> bytes:
    """A second signer's Signature beside the first one's: the first was made without it."""
    document = form()
    first = signature(reference("", canonical(document)), signature_id="first")
    once = into_slot(document, first)
    second = signature(
        reference("", canonical(once)), signature_id="second", identity=unit_identity(key_name="b")
    )
    return once.replace(b"</Signature></Cky>", b"</Signature>" + second.encode() + b"</Cky>")
