"""Where a signature goes into a document, and whether that document is in canonical form.

Nothing is parsed: the slot is looked for from the end, the root's start tag from the front.
The form is checked by what a canonical document cannot contain; a small one is compared with
the canonical writing of a parser as well. A large one rests on the verification that follows
every signature.
"""

import re
from dataclasses import dataclass, replace

from lxml import etree

from resources.faults import DataFault
from signing.errors import SigningBug
from signing.xml import BOM, parse

COMPARE_UP_TO = 1024 * 1024
DECLARATION = re.compile(
    rb"""<\?xml version=["']1\.0["'](?: encoding=["'](?i:utf-8)["'])?"""
    rb"""(?: standalone=["']\w+["'])?\s*\?>\n?"""
)
ROOT_TAG = re.compile(rb"<([A-Za-z_][\w.-]*)((?:\s+xmlns:[\w.-]+=\"[^\"<&]*\")*)>")
NAMESPACE = re.compile(rb'xmlns:([\w.-]+)="([^"]*)"')
NEVER_CANONICAL = (b"/>", b"\r", b"<!", b"<?")
"""an empty-element tag, a bare carriage return; a comment, CDATA or DOCTYPE; an instruction"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """Where the signature goes and what the digest begins with."""

    offset: int
    """index in the document at which the Signature is put in"""
    after_root_tag: int
    """index in the document behind the root's start tag"""
    canonical_root_tag: bytes
    namespaces: str
    """`` xmlns:xsd="…" xmlns:xsi="…"`` as SignedInfo inherits them, by prefix"""


def find_slot(document: bytes, node: str) -> Slot:
    """Raises SigningBug ``sign.node_missing`` or ``sign.not_canonical``."""
    offset = _offset(document, node)
    slot = replace(find_head(document, node), offset=offset)
    _check_canonical(document, _body_start(document), slot, node)
    return slot


def find_head(document: bytes, node: str) -> Slot:
    """What the beginning of a document tells; its ``offset`` is not known from there.

    Raises SigningBug ``sign.node_missing`` or ``sign.not_canonical``.
    """
    root = ROOT_TAG.match(document, _body_start(document))
    if root is None:
        raise SigningBug("sign.not_canonical", node=node)
    if root[1].decode() != node.split("/")[0]:
        raise SigningBug("sign.node_missing", node=node)
    namespaces = _namespaces(root[2])
    return Slot(
        offset=-1,
        after_root_tag=root.end(),
        canonical_root_tag=b"<" + root[1] + namespaces + b">",
        namespaces=namespaces.decode(),
    )


def _offset(document: bytes, node: str) -> int:
    """Index between the start and the end tag of the slot that closes the document."""
    names = node.split("/")
    closing = "".join(f"</{name}>" for name in reversed(names)).encode()
    offset = len(document) - len(closing)
    if not document.endswith(f"<{names[-1]}>".encode() + closing):
        raise SigningBug("sign.node_missing", node=node)
    return offset


def _body_start(document: bytes) -> int:
    start = len(BOM) if document.startswith(BOM) else 0
    declaration = DECLARATION.match(document, start)
    return declaration.end() if declaration else start


def _namespaces(declarations: bytes) -> bytes:
    """The root's declarations in canonical order: by prefix."""
    pairs = sorted(NAMESPACE.findall(declarations))
    return b"".join(b' xmlns:%b="%b"' % pair for pair in pairs)


def never_canonical(data: bytes, start: int = 0) -> bool:
    """Whether something stands there that no canonical document has behind its declaration.

    A lone sign is found ten times faster than two together, and these are rare in forms.
    """
    return any(
        data.find(mark[-1:], start) >= 0 and data.find(mark, start) >= 0
        for mark in NEVER_CANONICAL
        if mark != b"/>"
    ) or (data.find(b"/>", start) >= 0)


def _check_canonical(document: bytes, body: int, slot: Slot, node: str) -> None:
    if never_canonical(document, body):
        raise SigningBug("sign.not_canonical", node=node)
    if len(document) <= COMPARE_UP_TO and _rewritten(document, node) != (
        slot.canonical_root_tag + document[slot.after_root_tag :]
    ):
        raise SigningBug("sign.not_canonical", node=node)


def _rewritten(document: bytes, node: str) -> bytes:
    try:
        return etree.tostring(parse(document), method="c14n", with_comments=False)
    except (DataFault, etree.C14NError) as error:
        raise SigningBug("sign.not_canonical", node=node) from error
