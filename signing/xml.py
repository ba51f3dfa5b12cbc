"""The one XML parser of this room. No document type, no entities, no network, no repair.

Only UTF-8 is taken: every real file is UTF-8, and other encodings could hide a document
type from the check that runs before anything is parsed.
"""

import re

from lxml import etree

from resources.faults import DataFault

MAX_BYTES = 256 * 1024 * 1024
DECLARED_ENCODING = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
BOM = b"\xef\xbb\xbf"


def parse(document: bytes) -> etree._ElementTree:
    """Raises DataFault ``verify.not_xml`` or ``verify.too_big``."""
    if len(document) > MAX_BYTES:
        raise DataFault("verify.too_big", limit=MAX_BYTES // 1024 // 1024)
    if not _safe_to_parse(document):
        raise DataFault("verify.not_xml")
    try:
        tree = etree.ElementTree(etree.fromstring(document, _parser()))
    except etree.XMLSyntaxError as error:
        raise DataFault("verify.not_xml") from error
    if tree.docinfo.internalDTD is not None:
        raise DataFault("verify.not_xml")
    return tree


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=True,  # a signed form in an envelope is one text of many megabytes
        collect_ids=False,
    )


def _safe_to_parse(document: bytes) -> bool:
    head = document[:256].removeprefix(BOM)
    if not head.lstrip().startswith(b"<") or b"<!DOCTYPE" in document:
        return False
    declared = DECLARED_ENCODING.match(head)
    return declared is None or declared[1].lower() in (b"utf-8", b"utf8", b"us-ascii")


def local_name(element: etree._Element) -> str:
    """The element's name without its namespace; empty for comments and instructions."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def path_of(element: etree._Element) -> str:
    """Names from the root down, such as ``D02-TS/Cky``."""
    ancestors = [local_name(ancestor) for ancestor in element.iterancestors()]
    return "/".join([*reversed(ancestors), local_name(element)])


def in_place_octets(element: etree._Element) -> bytes:
    """Inclusive C14N of a part with the namespaces it inherits from around it (wire format §3).

    lxml's own canonical writing of a part loses inherited prefixes that are not used; writing
    the part out with its context and reading it again keeps them (measured, tokens §6).
    """
    alone = etree.fromstring(etree.tostring(element, with_tail=False), _parser())
    return etree.tostring(alone, method="c14n", with_comments=False)
