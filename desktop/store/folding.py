"""Names as they are searched: without diacritics, lower case, single spaces."""

import unicodedata
from functools import lru_cache

_ESCAPE = "\\"
_BARRED = str.maketrans({"đ": "d", "Đ": "d", "ð": "d", "Ð": "d"})
"""letters that Unicode does not decompose; Icelandic eth looks the same and gets typed instead"""


@lru_cache(maxsize=16384)
def folded(text: str) -> str:
    """``Đặng  Thị Huệ`` → ``dang thi hue``, whether composed or decomposed."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_BARRED))
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(bare.casefold().split())


def like_pattern(word: str) -> str:
    """A LIKE pattern, escaped by ``\\``, for texts that hold ``word`` as it is."""
    for sign in (_ESCAPE, "%", "_"):
        word = word.replace(sign, _ESCAPE + sign)
    return f"%{word}%"
