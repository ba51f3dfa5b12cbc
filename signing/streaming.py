"""Signing while writing: a document of any length is hashed as it passes and never held.

The document arrives in pieces, in canonical form, as a form's writer gives them. The slot closes
it (wire format §2), so only its last few bytes wait for the signature.
"""

import hashlib
from datetime import datetime
from typing import Protocol

from signing.canonical import NEVER_CANONICAL, Slot, find_head, never_canonical
from signing.errors import SigningBug
from signing.ports import Signer
from signing.xmldsig import make_signature

_LONGEST_HEAD = 4096
"""bytes within which the root's start tag ends"""
_LONGEST_MARK = max(len(mark) for mark in NEVER_CANONICAL)


class ByteSink(Protocol):
    def write(self, data: bytes | memoryview, /) -> object: ...


class SigningSink:
    """Write the document into it, then ``finish``. What comes out of ``out`` is signed.

    Raises SigningBug ``sign.node_missing`` or ``sign.not_canonical`` for what could not be
    signed; ``out`` then holds a part of it and must be thrown away.
    """

    def __init__(self, out: ByteSink, node: str) -> None:
        self._out = out
        self._node = node
        names = node.split("/")
        self._closing = "".join(f"</{name}>" for name in reversed(names)).encode()
        self._slot_start = f"<{names[-1]}>".encode()
        self._held = b""
        self._head: Slot | None = None
        self._hash = hashlib.sha256()

    def write(self, data: bytes, /) -> None:
        self._held += data
        if self._head is None:
            self._begin()
        if self._head is not None:
            self._pass_on(keep=len(self._closing) + len(self._slot_start) + _LONGEST_MARK)

    def finish(self, signer: Signer, *, signing_time: datetime) -> None:
        """Signs and writes the end. ``signing_time`` has a time zone."""
        if self._head is None:
            self._begin(last=True)
        self._pass_on(keep=len(self._closing))
        if self._head is None or self._held != self._closing:
            raise SigningBug("sign.node_missing", node=self._node)
        self._hash.update(self._closing)
        signature = make_signature(self._hash.digest(), self._head, signer, signing_time)
        self._out.write(signature)
        self._out.write(self._closing)

    def _begin(self, *, last: bool = False) -> None:
        """The start tag of the root, put in order for the digest, as it stands for the file."""
        if len(self._held) < _LONGEST_HEAD and not last:
            return
        head = find_head(self._held, self._node)
        self._out.write(self._held[: head.after_root_tag])
        self._hash.update(head.canonical_root_tag)
        self._held = self._held[head.after_root_tag :]
        self._head = head

    def _pass_on(self, *, keep: int) -> None:
        """All but the last ``keep`` bytes; views of them, since copies cost more than the hash."""
        if never_canonical(self._held):
            raise SigningBug("sign.not_canonical", node=self._node)
        ready = len(self._held) - keep
        if ready <= 0:
            return
        self._check_slot(ready, keep)
        piece = memoryview(self._held)[:ready]
        self._hash.update(piece)
        self._out.write(piece)
        self._held = self._held[ready:]

    def _check_slot(self, ready: int, keep: int) -> None:
        """At the end, what stands before the closing tags must be the empty slot's start."""
        at_end = keep == len(self._closing)
        if at_end and not self._held.endswith(self._slot_start, 0, ready):
            raise SigningBug("sign.node_missing", node=self._node)
