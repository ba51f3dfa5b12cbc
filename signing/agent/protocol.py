"""The words between parent and agent: one JSON object a line.

A request is ``{"verb": …, …}``. An answer is ``{"ok": {…}}``, ``{"fault": code, "params": {…}}``
or ``{"bug": where}``. Bytes travel as base64.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Any

Message = dict[str, Any]
MAX_LINE = 8 * 1024 * 1024


def encode(message: Mapping[str, Any]) -> bytes:
    return json.dumps(message, ensure_ascii=True).encode("ascii") + b"\n"


def decode(line: bytes) -> Message:
    """Raises ValueError for anything that is not one object on one line."""
    message = json.loads(line)
    if not isinstance(message, dict):
        raise ValueError("a message is an object")
    return message


def to_text(data: bytes) -> str:
    return b64encode(data).decode("ascii")


def to_bytes(text: str) -> bytes:
    return b64decode(text, validate=True)
