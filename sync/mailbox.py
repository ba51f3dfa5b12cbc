"""What a gateway has for a unit: notices since a cursor, files of results.

Nothing of it is believed here but its size and digest; what a notice means, its signed document
says.
"""

import re
from base64 import b64decode
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, NoReturn
from urllib.parse import quote, urlencode

from sync.errors import Permanent, Transient
from sync.http import Connect, Reply
from sync.model import Destination, Posted, PostedFile, PostedKind, Posts
from sync.replies import expect, json_object, natural

LARGEST_FILE = 64 * 1024 * 1024
MOST_NOTICES = 1000
MOST_FILES = 100
MOST_TEXT = 200
MOST_CURSOR = 1000
DIGEST = re.compile(r"[0-9a-f]{64}")
PARTING = re.compile(r'[/\\:*?"<>|]')
"""what would make a name a place on the disk"""
GONE = {404, 410}


class HttpMailbox:
    """``sync.ports.Mailbox`` over HTTPS. ``connect`` must take in ``LARGEST_FILE`` bytes."""

    def __init__(self, destination: Destination, connect: Connect) -> None:
        self._destination = destination
        self._root = destination.url.rstrip("/")
        self._connect = connect

    def posts(self, *, unit_code: str, tax_code: str, cursor: str) -> Posts:
        query = urlencode({"unit_code": unit_code, "tax_code": tax_code, "cursor": cursor})
        reply = self._get(f"/v1/notices?{query}", "application/json")
        found = posts_in(expect(reply, {200}))
        if found.more and found.cursor == cursor:
            rubbish(reply)  # the same page again and again
        return found

    def fetch(self, file: PostedFile) -> bytes:
        """Raises Permanent ``gateway.file_gone`` as well."""
        if file.size > LARGEST_FILE:
            raise Transient("gateway.rubbish")
        path = f"/v1/results/{quote(file.id, safe='')}"
        reply = self._get(path, "application/octet-stream")
        if reply.status in GONE:
            raise Permanent("gateway.file_gone", status=reply.status)
        content = expect(reply, {200}).body
        told = natural(reply.headers.get("content-length", ""))
        packed = "content-encoding" in reply.headers
        if len(content) != file.size or (not packed and told not in {None, file.size}):
            raise Transient("gateway.rubbish")
        if sha256(content).hexdigest() != file.sha256:
            raise Transient("gateway.rubbish")
        return content

    def _get(self, path: str, kind: str) -> Reply:
        with self._connect(self._destination) as http:
            return http.request("GET", self._root + path, headers={"Accept": kind})


def posts_in(reply: Reply) -> Posts:
    """Raises Transient ``gateway.rubbish`` where anything is not what it must be."""
    said = json_object(reply)
    notices, cursor, more = said.get("notices"), said.get("cursor"), said.get("more")
    if not isinstance(notices, list) or len(notices) > MOST_NOTICES:
        rubbish(reply)
    if not is_name(cursor, MOST_CURSOR, empty=True) or not isinstance(more, bool):
        rubbish(reply)
    items = tuple(posted(each, reply) for each in notices)
    return Posts(items=items, cursor=str(cursor), more=more)


def posted(said: object, reply: Reply) -> Posted:
    if not isinstance(said, dict) or not is_name(said.get("id")):
        rubbish(reply)
    files, parcel_id = said.get("files", []), said.get("parcel_id")
    if not isinstance(files, list) or len(files) > MOST_FILES:
        rubbish(reply)
    if parcel_id is not None and not is_name(parcel_id):
        rubbish(reply)
    return Posted(
        id=said["id"],
        kind=kind_of(said.get("kind")),
        parcel_id=parcel_id,
        document=document_of(said, reply),
        files=tuple(file_of(each, reply) for each in files),
    )


def kind_of(said: object) -> PostedKind:
    """A kind that came up after this program was written is still a notice."""
    try:
        return PostedKind(said) if isinstance(said, str) else PostedKind.OTHER
    except ValueError:
        return PostedKind.OTHER


def document_of(said: Mapping[str, Any], reply: Reply) -> bytes | None:
    value = said.get("document")
    if value is None:
        return None
    try:
        return b64decode(value, validate=True)
    except (ValueError, TypeError):
        rubbish(reply)


def file_of(said: object, reply: Reply) -> PostedFile:
    if not isinstance(said, dict):
        rubbish(reply)
    name, size, digest = said.get("name"), said.get("size"), said.get("sha256")
    if not is_name(said.get("id")) or set(said["id"]) == {"."} or not is_name(name):
        rubbish(reply)
    if not isinstance(size, int) or isinstance(size, bool) or size < 0:
        rubbish(reply)
    if not isinstance(digest, str) or not DIGEST.fullmatch(digest):
        rubbish(reply)
    safe = PARTING.sub("_", str(name)).strip(". ") or "_"
    return PostedFile(id=said["id"], name=safe, size=size, sha256=digest)


def is_name(value: object, most: int = MOST_TEXT, *, empty: bool = False) -> bool:
    """Text that can be stored, shown and sent back."""
    if not isinstance(value, str) or not value.isprintable():
        return False
    return (empty or bool(value)) and len(value) <= most


def rubbish(reply: Reply) -> NoReturn:
    raise Transient("gateway.rubbish", answer=reply.body)
