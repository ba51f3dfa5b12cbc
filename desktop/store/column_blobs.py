"""The texts of one column of some people as one compressed blob, and back."""

import json
import zlib
from collections.abc import Sequence

_BETWEEN = "\x7f"
_SAME, _JOINED, _LISTED = b"=", b"|", b"["
_FAST = 1
"""zlib's quickest level"""


def packed(column: Sequence[str]) -> bytes:
    """A text that all have stands there once; a list where DEL stands in a text."""
    first = column[0]
    if column[-1] == first and column.count(first) == len(column):
        return _SAME + first.encode()
    joined = _BETWEEN.join(column)
    if joined.count(_BETWEEN) == len(column) - 1:
        return _JOINED + zlib.compress(joined.encode(), _FAST)
    listed = json.dumps(list(column), ensure_ascii=False)
    return _LISTED + zlib.compress(listed.encode(), _FAST)


def unpacked(content: bytes, count: int) -> list[str]:
    """``count``: how many texts there are."""
    sign, body = content[:1], content[1:]
    if sign == _SAME:
        return [body.decode()] * count
    text = zlib.decompress(body).decode()
    found: list[str] = text.split(_BETWEEN) if sign == _JOINED else json.loads(text)
    return found
