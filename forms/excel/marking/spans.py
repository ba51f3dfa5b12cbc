"""Small parts of a package changed in place: where each element stands in the bytes.

Nothing is written anew but the tags that change, so that all else stays as the author's program
wrote it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

from forms.excel.expat import feed, local_name, new_parser
from resources.faults import DataFault

TAG = re.compile(rb"""<[^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*>""")
"""a start tag, quotes honoured"""


@dataclass(slots=True, eq=False)
class Span:
    """An element: ``start`` … ``end`` are offsets in the bytes, the end tag begins at ``tail``."""

    name: str
    """without its prefix"""
    prefix: str
    """with the colon, or empty"""
    attributes: Mapping[str, str]
    start: int
    tag_end: int
    tail: int = 0
    end: int = 0
    children: "list[Span]" = field(default_factory=list)

    @property
    def is_empty_tag(self) -> bool:
        return self.tail == self.tag_end == self.end

    def get(self, name: str) -> str | None:
        """An attribute by its local name."""
        for key, value in self.attributes.items():
            if local_name(key) == name:
                return value
        return None

    def child(self, name: str) -> "Span | None":
        return next((found for found in self.children if found.name == name), None)

    def all(self, name: str) -> "list[Span]":
        return [found for found in self.children if found.name == name]

    def walk(self) -> "Iterator[Span]":
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Change:
    """Bytes from ``start`` to ``end`` give way to ``content``."""

    start: int
    end: int
    content: bytes


class Document:
    """A part in memory and what is to change in it."""

    def __init__(self, content: bytes) -> None:
        """Raises DataFault ``workbook.broken`` or ``workbook.entities``."""
        self.content = as_utf8(content)
        self.root = _parse(self.content)
        self._changes: list[Change] = []

    @property
    def prefix(self) -> str:
        return self.root.prefix

    def raw(self, span: Span) -> bytes:
        return self.content[span.start : span.end]

    def set(self, span: Span, **attributes: str) -> None:
        """Attributes without a prefix; once for an element."""
        tag = self.content[span.start : span.tag_end]
        for name, value in attributes.items():
            tag = with_attribute(tag, name, value)
        self._changes.append(Change(span.start, span.tag_end, tag))

    def append(self, span: Span, content: bytes) -> None:
        """Inside the element, at its end."""
        if not span.is_empty_tag:
            self._changes.append(Change(span.tail, span.tail, content))
            return
        close = f"</{span.prefix}{span.name}>".encode()
        cut = self.content.rindex(b"/", span.start, span.tag_end)
        self._changes.append(Change(cut, span.tag_end, b">" + content + close))

    def insert(self, at: int, content: bytes) -> None:
        self._changes.append(Change(at, at, content))

    def replace(self, start: int, end: int, content: bytes) -> None:
        self._changes.append(Change(start, end, content))

    def add_section(self, name: str, content: bytes, later: Iterable[str]) -> None:
        """A child that the root lacks, before the first of those that must come ``later``."""
        after = set(later)
        behind = next((child for child in self.root.children if child.name in after), None)
        element = f"{self.prefix}{name}".encode()
        section = b"<" + element + b">" + content + b"</" + element + b">"
        if behind is None:
            self.append(self.root, section)
        else:
            self.insert(behind.start, section)

    @property
    def is_changed(self) -> bool:
        return bool(self._changes)

    def result(self) -> bytes:
        return apply_changes(self.content, self._changes)


def apply_changes(content: bytes, changes: Sequence[Change]) -> bytes:
    """Those that begin at one place come in the order in which they were made."""
    pieces: list[bytes] = []
    done = 0
    for change in sorted(changes, key=lambda change: (change.start, change.end)):
        pieces += [content[done : change.start], change.content]
        done = change.end
    return b"".join([*pieces, content[done:]])


def with_attribute(tag: bytes, name: str, value: str) -> bytes:
    """A start tag with the attribute set, in its place where it stands already."""
    quoted = quoteattr(value).encode()
    found = re.search(rb"""(\s""" + name.encode() + rb"""\s*=\s*)("[^"]*"|'[^']*')""", tag)
    if found:
        return tag[: found.end(1)] + quoted + tag[found.end() :]
    at = len(tag) - (2 if tag.endswith(b"/>") else 1)
    return tag[:at].rstrip() + f" {name}=".encode() + quoted + tag[at:]


def without_attribute(tag: bytes, name: str) -> bytes:
    return re.sub(rb"""\s""" + name.encode() + rb"""\s*=\s*("[^"]*"|'[^']*')""", b"", tag, count=1)


_DECLARED = re.compile(
    rb"""^(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']"""
)
_DECLARATION = re.compile(r"^\ufeff?<\?xml[^>]*\?>")
_BYTE_ORDER = (b"\xff\xfe", b"\xfe\xff")
_PLAIN = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})
HEAD = 200
"""so many bytes say in which encoding the rest is"""


def encoding_of(head: bytes) -> str | None:
    """None when the bytes can be taken as UTF-8."""
    if head.startswith(_BYTE_ORDER):
        return "utf-16"
    declared = _DECLARED.match(head)
    name = declared[1].decode().lower() if declared else "utf-8"
    return None if name in _PLAIN else name


def as_utf8(content: bytes) -> bytes:
    """Raises DataFault ``workbook.broken``."""
    encoding = encoding_of(content[:HEAD])
    if encoding is None:
        return content
    try:
        return undeclared(content.decode(encoding)).encode()
    except (LookupError, UnicodeError) as error:
        raise DataFault("workbook.broken") from error


def undeclared(text: str) -> str:
    """Without the XML declaration, which would name the former encoding."""
    return _DECLARATION.sub("", text, count=1)


def _parse(content: bytes) -> Span:
    parser = new_parser()
    top: list[Span] = []
    open_spans: list[Span] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        at = parser.CurrentByteIndex
        span = Span(local_name(name), _prefix(name), attributes, at, tag_end(content, at))
        (open_spans[-1].children if open_spans else top).append(span)
        open_spans.append(span)

    def end(_name: str) -> None:
        span = open_spans.pop()
        span.tail = parser.CurrentByteIndex
        closed = content[span.tail : span.tail + 2] == b"</" and not _is_closed(content, span)
        span.end = content.index(b">", span.tail) + 1 if closed else span.tag_end
        span.tail = span.tail if closed else span.tag_end

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    feed(parser, (content,))
    return top[0]


def _is_closed(content: bytes, span: Span) -> bool:
    return content[span.tag_end - 2 : span.tag_end] == b"/>"


def tag_end(content: bytes, at: int) -> int:
    found = TAG.match(content, at)
    if found is None:
        raise DataFault("workbook.broken")
    return found.end()


def _prefix(name: str) -> str:
    before, colon, _ = name.rpartition(":")
    return before + colon
