"""Writes XML in canonical form at once: inclusive C14N 1.0 after an XML declaration, no BOM.

What is written is what is digested (wire format §3), so nothing has to be parsed and written
again before signing. Only the root's two namespaces stand in the order of the wire format (§1),
which is not the canonical one: who digests puts that one tag in order. Text is streamed; no tree
is built. Characters are kept as they are: a line
break or a carriage return inside a value is written so that a parser gives it back unchanged.
"""

import re
from typing import Protocol

from resources.faults import DataFault

DECLARATION = '<?xml version="1.0" encoding="utf-8"?>'
NAMESPACES = (
    ("xsi", "http://www.w3.org/2001/XMLSchema-instance"),
    ("xsd", "http://www.w3.org/2001/XMLSchema"),
)
"""declared on every root, in this order, and used by nothing (wire format §1, §2)"""

_ILLEGAL = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
_TO_ESCAPE = re.compile(f"[&<>\r]|{_ILLEGAL}")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#xD;"}
_FLUSH_AT = 8192


class ByteSink(Protocol):
    """A binary file, or anything that takes bytes like one."""

    def write(self, data: bytes, /) -> object: ...


class CanonicalWriter:
    """One document. ``row`` is the line of the list being written, for faults."""

    def __init__(self, out: ByteSink) -> None:
        self._out = out
        self._parts: list[str] = []
        self._open: list[str] = []
        self.row = 0

    def start(self, root: str) -> None:
        """The declaration and the root element with both namespaces."""
        declared = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES)
        self._parts.append(f"{DECLARATION}<{root}{declared}>")
        self._open.append(root)

    def open(self, element: str) -> None:
        self._parts.append(f"<{element}>")
        self._open.append(element)

    def close(self) -> None:
        """Ends the element opened last; writes out what has gathered."""
        self._parts.append(f"</{self._open.pop()}>")
        if len(self._parts) > _FLUSH_AT or not self._open:
            self._flush()

    def leaf(self, element: str, text: str) -> None:
        """Raises DataFault ``xml.illegal_character`` for what XML 1.0 cannot hold."""
        if text and _TO_ESCAPE.search(text):
            text = self._escape(element, text)
        self._parts.append(f"<{element}>{text}</{element}>")

    def _escape(self, element: str, text: str) -> str:
        def replacement(found: re.Match[str]) -> str:
            escaped = _ESCAPES.get(found[0])
            if escaped is None:
                raise DataFault("xml.illegal_character", element=element, row=self.row)
            return escaped

        return _TO_ESCAPE.sub(replacement, text)

    def _flush(self) -> None:
        self._out.write("".join(self._parts).encode())
        self._parts.clear()
