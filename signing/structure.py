"""What is unusual about a signature's build, by name; what may be handed to a verifier at all.

Source of the names: tokens §6 and wire format §3 (variants met).
"""

from collections.abc import Iterator

from lxml import etree

from signing.algorithms import (
    CANONICAL,
    DIGESTS,
    EC_SIGNATURES,
    ENVELOPED,
    RSA_SIGNATURES,
)
from signing.parts import Parts, Reference, ds
from signing.xml import local_name

CHANGED = frozenset({"key-mismatch", "value-encoding"})
"""quirks after which a signature is never called intact"""
DOUBTFUL = frozenset(
    {
        "malformed",
        "unknown-algorithm",
        "unknown-transform",
        "external-reference",
        "reference-not-found",
        "not-whole-document",
        "misplaced-signature",
        "nested-signature",
        "no-certificate",
        "certificate-unreadable",
        "subject-mismatch",
        "second-reference-wrong",
        "signed-before-others",
    }
)
"""quirks after which it cannot be told whether a file is intact"""
UNSAFE = frozenset(
    {
        "malformed",
        "unknown-algorithm",
        "unknown-transform",
        "external-reference",
        "reference-not-found",
    }
)
"""quirks with which nothing is handed to a verifier: it might fetch, run or skip something"""
HARMLESS = frozenset({"time-unreadable", "time-without-zone"})
"""quirks that leave the strict test passed"""


def structural_quirks(signature: etree._Element, parts: Parts) -> Iterator[str]:
    """Names of deviations from the profile that can be seen without any arithmetic."""
    if parts.signed_info is None or not parts.references:
        yield "malformed"
    if not _known(parts):
        yield "unknown-algorithm"
    if parts.value is None:
        yield "value-encoding"
    if parts.duplicate_ids:
        yield "duplicate-id"
    if any(local_name(child) == "Object" and child.tag != ds("Object") for child in signature):
        yield "object-no-namespace"
    yield from _reference_quirks(parts.references)
    yield from _place_quirks(signature)


def _known(parts: Parts) -> bool:
    known_method = parts.method in RSA_SIGNATURES or parts.method in EC_SIGNATURES
    digests = {reference.digest_method for reference in parts.references}
    return known_method and parts.canonicalization in CANONICAL and digests <= DIGESTS.keys()


def _reference_quirks(references: tuple[Reference, ...]) -> Iterator[str]:
    uris = [reference.uri for reference in references]
    if not any(is_whole_document(reference) for reference in references):
        yield "not-whole-document"
    if any(uri is None or (uri and not uri.startswith("#")) for uri in uris):
        yield "external-reference"
    if any(reference.uri and reference.target is None for reference in references):
        yield "reference-not-found"
    if any(set(reference.transforms) - CANONICAL - {ENVELOPED} for reference in references):
        yield "unknown-transform"
    if any(reference.inside and ENVELOPED in reference.transforms for reference in references):
        yield "enveloped-inside"


def is_whole_document(reference: Reference) -> bool:
    return reference.uri == "" and ENVELOPED in reference.transforms


def _place_quirks(signature: etree._Element) -> Iterator[str]:
    if any(ancestor.tag == ds("Signature") for ancestor in signature.iterancestors()):
        yield "nested-signature"
    elif not _closes_document(signature) or _left_its_slot(signature):
        yield "misplaced-signature"


def _closes_document(signature: etree._Element) -> bool:
    """Behind the signature, at every level, there are only other signatures and their slots.

    A whole-document digest is the same wherever an enveloped signature stands; so one that was
    moved into some empty element of the content would otherwise go unseen.
    """
    if signature.getparent() is None:
        return False
    return all(_only_signatures_follow(node) for node in (signature, *_below_root(signature)))


def _left_its_slot(signature: etree._Element) -> bool:
    """Whether it stands outside while the place made for signatures (tokens §6: ``Cky``,
    ``CKy_Dvi``, ``CKyDTu``) is empty: a reader that looks there finds the file unsigned."""
    parent, root = signature.getparent(), signature.getroottree().getroot()
    if parent is None or _is_slot_name(parent):
        return False
    return any(_is_slot_name(child) and len(child) == 0 for child in root)


def _is_slot_name(element: etree._Element) -> bool:
    return local_name(element).lower().startswith("cky")


def _below_root(signature: etree._Element) -> list[etree._Element]:
    return [node for node in signature.iterancestors() if node.getparent() is not None]


def _only_signatures_follow(node: etree._Element) -> bool:
    followers = list(node.itersiblings(etree.Element))
    texts = [node.tail, *(follower.tail for follower in followers)]
    return all(_is_slot(follower) for follower in followers) and not any(
        text and text.strip() for text in texts
    )


def _is_slot(element: etree._Element) -> bool:
    if element.tag == ds("Signature"):
        return True
    return (
        len(element) > 0
        and all(child.tag == ds("Signature") for child in element)
        and not (element.text or "").strip()
    )
