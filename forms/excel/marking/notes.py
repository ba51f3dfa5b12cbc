"""The comments of one sheet: other people's kept, ours added, ours of last time taken out."""

from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from forms.excel.letters import to_letters, to_number
from forms.excel.marking.marks import Cell
from forms.excel.marking.spans import Document, Span

_THREAD = "tc="
"""how the author of a comment begins that only stands for a thread of answers"""


class NoteSheet:
    """One comments part. ``author``: the name under which we write."""

    def __init__(self, content: bytes, author: str) -> None:
        self._document = Document(content)
        self._author = author
        self._prefix = self._document.prefix
        root = self._document.root
        self._authors = root.child("authors")
        self._list = root.child("commentList")
        comments = self._list.all("comment") if self._list else []
        names = [self._words(span) for span in self._authors.all("author")] if self._authors else []
        self._ours = [span for span in comments if self._named(span, names) == author]
        self._kept = {
            _cell(span.get("ref")): (span, self._named(span, names))
            for span in comments
            if span not in self._ours
        }
        self._heading = f"[{author}]"
        self.removed = frozenset(_cell(span.get("ref")) for span in self._ours)
        """cells whose comment was ours alone"""
        self._number = len(names)

    @property
    def has_ours(self) -> bool:
        """Whether something stands there from last time."""
        return bool(self._ours) or any(self._tail(span) for span, _ in self._kept.values())

    def write(self, notes: Mapping[Cell, str]) -> tuple[bytes, tuple[Cell, ...]]:
        """The part with these notes, and the cells that had none before."""
        for span in self._ours:
            self._document.replace(span.start, span.end, b"")
        new = tuple(cell for cell in sorted(notes) if cell not in self._kept)
        for cell, (span, name) in self._kept.items():
            self._merge(span, notes.get(cell) if not name.startswith(_THREAD) else None)
        self._put("commentList", "".join(self._comment(cell, notes[cell]) for cell in new))
        if new:
            self._put("authors", self._element("author", escape(self._author)))
        return self._document.result(), new

    def _put(self, name: str, content: str) -> None:
        section = self._authors if name == "authors" else self._list
        if section is None:
            later = ("commentList", "extLst") if name == "authors" else ("extLst",)
            self._document.add_section(name, content.encode(), later)
        elif content:
            self._document.append(section, content.encode())

    def _comment(self, cell: Cell, note: str) -> str:
        where = f"{to_letters(cell[1])}{cell[0]}"
        opened = f'<{self._prefix}comment ref="{where}" authorId="{self._number}">'
        text = self._element("text", self._run(note))
        return f"{opened}{text}</{self._prefix}comment>"

    def _run(self, words: str) -> str:
        p = self._prefix
        return f'<{p}r><{p}t xml:space="preserve">{escape(words)}</{p}t></{p}r>'

    def _element(self, name: str, inside: str) -> str:
        return f"<{self._prefix}{name}>{inside}</{self._prefix}{name}>"

    def _merge(self, span: Span, note: str | None) -> None:
        """Ours stands below what another wrote, and takes the place of ours of last time."""
        text = span.child("text")
        if text is None:
            return
        run = self._run(f"\n{self._heading}\n{note}") if note else ""
        tail = self._tail(span)
        if tail:
            self._cut(tail, run)
        elif run:
            self._as_run(text)
            self._document.append(text, run.encode())

    def _cut(self, tail: tuple[Span, Span, int], run: str) -> None:
        whole, words, at = tail
        if at <= words.tag_end:
            self._document.replace(whole.start, whole.end, run.encode())
        else:
            self._document.replace(at, words.tail, b"")
            self._document.insert(whole.end, run.encode())

    def _as_run(self, text: Span) -> None:
        """Text without runs stands for itself only while there are none."""
        plain = text.child("t")
        if plain is not None:
            p = self._prefix
            self._document.insert(plain.start, f"<{p}r>".encode())
            self._document.insert(plain.end, f"</{p}r>".encode())

    def _tail(self, span: Span) -> tuple[Span, Span, int] | None:
        """The run of ours in another's comment, its text, and where ours begins in that."""
        heading = escape(self._heading).encode()
        for run, words in _texts(span):
            inside = self._document.content[words.tag_end : words.tail]
            before, found, _ = inside.partition(heading)
            if found:
                return run, words, words.tag_end + len(before.rstrip(b"\r\n "))
        return None

    def _words(self, span: Span) -> str:
        return self._document.content[span.tag_end : span.tail].decode().strip()

    def _named(self, span: Span, names: list[str]) -> str:
        number = span.get("authorId") or ""
        return names[int(number)] if number.isdecimal() and int(number) < len(names) else ""


def empty_notes(main: str) -> bytes:
    """A comments part with nothing in it. ``main``: the namespace of the workbook."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f"<comments xmlns={quoteattr(main)}><authors></authors><commentList></commentList>"
        "</comments>"
    ).encode()


def _texts(span: Span) -> Iterator[tuple[Span, Span]]:
    text = span.child("text")
    for part in text.children if text else ():
        if part.name == "r":
            words = part.child("t")
            if words is not None:
                yield part, words


def _cell(place: str | None) -> Cell:
    letters = (place or "").rstrip("0123456789")
    number = (place or "")[len(letters) :]
    if not (letters.isascii() and letters.isalpha() and number):
        return (0, 0)
    return int(number), to_number(letters.upper())
