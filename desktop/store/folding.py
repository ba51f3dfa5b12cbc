"""Names as they are searched: without diacritics, lower case, single spaces."""

import unicodedata
from functools import lru_cache

_ESCAPE = "\\"
_BARRED = str.maketrans({"đ": "d", "Đ": "d", "ð": "d", "Ð": "d"})
"""letters that Unicode does not decompose; Icelandic eth looks the same and gets typed instead"""


class _Bare(dict[int, int | None]):
    """Every sign as it is, combining marks as nothing; filled as signs are met."""

    def __missing__(self, sign: int) -> int | None:
        kept = self[sign] = None if unicodedata.combining(chr(sign)) else sign
        return kept


_BARE = _Bare()


@lru_cache(maxsize=16384)
def folded(text: str) -> str:
    """``Đặng  Thị Huệ`` → ``dang thi hue``, whether composed or decomposed."""
    if text.isascii():
        return " ".join(text.lower().split())
    decomposed = unicodedata.normalize("NFKD", text.translate(_BARRED))
    return " ".join(decomposed.translate(_BARE).casefold().split())


def like_pattern(word: str) -> str:
    """A LIKE pattern, escaped by ``\\``, for texts that hold ``word`` as it is."""
    for sign in (_ESCAPE, "%", "_"):
        word = word.replace(sign, _ESCAPE + sign)
    return f"%{word}%"
