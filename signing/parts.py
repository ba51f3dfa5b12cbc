"""The parts of one XML signature as values, before anything is believed of them."""

import re
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from lxml import etree

DSIG = "http://www.w3.org/2000/09/xmldsig#"
ID_ATTRIBUTES = ("Id", "ID", "id")
WITH_ID = etree.XPath("//*[@Id or @ID or @id]")


def ds(name: str) -> str:
    """``name`` in the namespace of XML signatures, as lxml writes it."""
    return f"{{{DSIG}}}{name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One thing the signature says it covers."""

    uri: str | None
    transforms: tuple[str, ...]
    digest_method: str
    digest: bytes | None
    target: etree._Element | None
    """for ``#id``: the element, when exactly one has that id"""
    inside: bool
    """whether the target lies within the signature itself"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """One Signature taken apart. ``signed_info`` is None when its structure is not usable."""

    signed_info: etree._Element | None
    canonicalization: str
    method: str
    references: tuple[Reference, ...]
    value: bytes | None
    """None when the text is not exact base64"""
    certificates: tuple[bytes, ...]
    unreadable_certificates: int
    rsa_key: tuple[int, int] | None
    """modulus, exponent of KeyValue"""
    key_value_unreadable: bool
    subject_text: str | None
    time_text: str | None
    time_element: etree._Element | None
    duplicate_ids: bool


def signatures_of(tree: etree._ElementTree) -> list[etree._Element]:
    """Every Signature in document order."""
    return list(tree.getroot().iter(ds("Signature")))


def read_parts(signature: etree._Element) -> Parts:
    info = _only(signature, "SignedInfo")
    value = _only(signature, "SignatureValue")
    ids = _elements_by_id(signature)
    certificates = [_exact(node) for node in _in_key_info(signature, "X509Certificate")]
    time = _time(signature)
    key_values = list(_in_key_info(signature, "RSAKeyValue"))
    return Parts(
        signed_info=info if value is not None else None,
        canonicalization=_algorithm(info, "CanonicalizationMethod"),
        method=_algorithm(info, "SignatureMethod"),
        references=tuple(_references(info, signature, ids)),
        value=_exact(value),
        certificates=tuple(der for der in certificates if der is not None),
        unreadable_certificates=certificates.count(None),
        rsa_key=_rsa_key(key_values),
        key_value_unreadable=bool(key_values) and _rsa_key(key_values) is None,
        subject_text=_subject_text(signature),
        time_text=time.text if time is not None else None,
        time_element=time,
        duplicate_ids=any(len(found) > 1 for found in ids.values()),
    )


def _only(parent: etree._Element, name: str) -> etree._Element | None:
    found = parent.findall(ds(name))
    return found[0] if len(found) == 1 else None


def _algorithm(info: etree._Element | None, name: str) -> str:
    method = None if info is None else _only(info, name)
    return "" if method is None else method.get("Algorithm", "")


def _elements_by_id(signature: etree._Element) -> dict[str, list[etree._Element]]:
    found: dict[str, list[etree._Element]] = {}
    for element in cast(list[etree._Element], WITH_ID(signature.getroottree())):
        for name in ID_ATTRIBUTES:
            if (value := element.get(name)) is not None:
                found.setdefault(value, []).append(element)
    return found


def _references(
    info: etree._Element | None,
    signature: etree._Element,
    ids: dict[str, list[etree._Element]],
) -> Iterator[Reference]:
    for node in [] if info is None else info.findall(ds("Reference")):
        uri = node.get("URI")
        targets = ids.get(uri[1:], []) if uri and uri.startswith("#") else []
        target = targets[0] if len(targets) == 1 else None
        yield Reference(
            uri=uri,
            transforms=tuple(
                transform.get("Algorithm", "") for transform in node.iter(ds("Transform"))
            ),
            digest_method=_algorithm(node, "DigestMethod"),
            digest=_exact(_only(node, "DigestValue")),
            target=target,
            inside=target is not None and signature in (target, *target.iterancestors()),
        )


def _in_key_info(signature: etree._Element, name: str) -> Iterator[etree._Element]:
    for key_info in signature.findall(ds("KeyInfo")):
        yield from key_info.iter(ds(name))


def _exact(node: etree._Element | None) -> bytes | None:
    """Base64 that says exactly one thing: no foreign characters, no stray last bits."""
    if node is None or len(node):
        return None
    text = re.sub(r"[ \t\r\n]+", "", node.text or "")
    try:
        data = b64decode(text, validate=True)
    except (Base64Error, ValueError):
        return None
    return data if data and b64encode(data).decode() == text else None


def _rsa_key(key_values: list[etree._Element]) -> tuple[int, int] | None:
    if len(key_values) != 1:
        return None
    modulus = _exact(_only(key_values[0], "Modulus"))
    exponent = _exact(_only(key_values[0], "Exponent"))
    if modulus is None or exponent is None:
        return None
    return int.from_bytes(modulus, "big"), int.from_bytes(exponent, "big")


def _subject_text(signature: etree._Element) -> str | None:
    names = list(_in_key_info(signature, "X509SubjectName"))
    return "".join(str(part) for part in names[0].itertext()) if len(names) == 1 else None


def _time(signature: etree._Element) -> etree._Element | None:
    """The first SigningTime, in whatever namespace the writer put it."""
    return next(signature.iter("{*}SigningTime"), None)
