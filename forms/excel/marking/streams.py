"""Edits of a part too large to be held: found in one pass, applied in another."""

import codecs
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from forms.excel.marking.spans import HEAD, TAG, encoding_of, undeclared
from resources.faults import DataFault

Retag = Callable[[bytes], bytes]
"""a start tag → what comes in its place"""


@dataclass(frozen=True, slots=True)
class Edit:
    """At an offset: ``before`` is put in, then the start tag there is changed."""

    at: int
    before: bytes = b""
    retag: Retag | None = None


def edited(chunks: Iterable[bytes], edits: Sequence[Edit]) -> Iterator[bytes]:
    """The bytes with the edits, which are sorted by their offset.

    Raises DataFault ``workbook.broken`` when there is no tag where an edit expects one.
    """
    held = b""
    start = done = 0
    for chunk in chunks:
        held += chunk
        pieces, at, done = _edit_some(held, start, edits, done)
        yield b"".join(pieces)
        held, start = held[at:], start + at
    yield held
    if done < len(edits):
        raise DataFault("workbook.broken")


def _edit_some(
    held: bytes, start: int, edits: Sequence[Edit], done: int
) -> tuple[list[bytes], int, int]:
    """Pieces that are complete, how much of ``held`` they took, how many edits are done."""
    pieces: list[bytes] = []
    at = 0
    for edit in edits[done:]:
        place = edit.at - start
        if place >= len(held):
            break
        pieces.append(held[at:place])
        at = place
        tag = TAG.match(held, place) if edit.retag else None
        if edit.retag and tag is None:
            return pieces, at, done
        pieces.append(edit.before)
        if edit.retag and tag:
            pieces.append(edit.retag(tag[0]))
            at = tag.end()
        done += 1
    return [*pieces, held[at:]], len(held), done


def as_utf8_chunks(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """As ``as_utf8``, without holding the whole."""
    rest = iter(chunks)
    head = b""
    for chunk in rest:
        head += chunk
        if len(head) >= HEAD:
            break
    encoding = encoding_of(head[:HEAD])
    if encoding is None:
        yield head
        yield from rest
        return
    yield from _recoded(head, rest, encoding)


def _recoded(head: bytes, rest: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    try:
        decoder = codecs.getincrementaldecoder(encoding)()
        yield undeclared(decoder.decode(head)).encode()
        for chunk in rest:
            yield decoder.decode(chunk).encode()
        yield decoder.decode(b"", True).encode()
    except (LookupError, UnicodeError) as error:
        raise DataFault("workbook.broken") from error
