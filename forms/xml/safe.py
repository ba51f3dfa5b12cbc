"""The one parser of this room. No document type, no entities, no network, no endless input."""

from lxml import etree

from resources.faults import DataFault

LIMIT_BYTES = 64_000_000
"""more than any package the agency takes, with room for base64"""
_MB = 1_000_000


def parse(content: bytes, *, limit: int = LIMIT_BYTES) -> etree._Element:
    """The root element of a UTF-8 document.

    Raises DataFault ``xml.too_large``, ``xml.doctype`` or ``xml.malformed``.
    """
    if len(content) > limit:
        raise DataFault("xml.too_large", size_mb=-(-len(content) // _MB), limit_mb=-(-limit // _MB))
    # Before the parser sees it: the encoding is fixed below, so these bytes cannot hide.
    if b"<!DOCTYPE" in content:
        raise DataFault("xml.doctype")
    try:
        return etree.fromstring(content, _parser())
    except etree.XMLSyntaxError as error:
        raise DataFault("xml.malformed", line=error.lineno or 1) from None


def _parser() -> etree.XMLParser:
    """``huge_tree`` only lifts libxml2's limit on one text node; the size is limited above."""
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        dtd_validation=False,
        no_network=True,
        huge_tree=True,
        remove_blank_text=False,
    )
