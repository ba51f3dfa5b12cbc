"""Whether a cell is written in an old font: by evidence, and never against a good reading.

A text is converted only when it cannot be Vietnamese as it stands and exactly one old font makes
Vietnamese of it. A text that reads well both ways (``Lê`` is ``Lờ`` in TCVN3) is never changed:
where other cells of its sheet are in that font, it becomes a question.
"""

import re
from functools import lru_cache

from forms.excel.old_fonts import NEUTRAL, OldFont, decoded
from forms.excel.syllables import is_plausible, is_syllable, words_of

_TOO_NEW = re.compile(f"[^\x00-\xff{NEUTRAL}]")
"""a letter that no old font has; most Vietnamese names in Unicode have one"""
_UNSURE = re.compile("[\x80-\xa0]")
"""blanks and controls in Unicode that are letters of an old font"""
_SHORTEST = 2


def old_reading(text: str) -> tuple[str, OldFont] | None:
    """What was meant by a text that is surely in an old font, and which; otherwise None."""
    if not _may_be_old(text) or is_plausible(text):
        return None
    found = _readings(text)
    return found[0] if len(found) == 1 else None


def may_read_otherwise(text: str) -> bool:
    """False where ``other_readings`` has nothing; told word by word, as words repeat."""
    if not _may_be_old(text):
        return False
    if _UNSURE.search(text):
        return True
    fonts = frozenset(OldFont)
    for word in words_of(text):
        if not word.isascii():
            others = _fonts_of(word)
            if others is None:
                return True
            fonts &= others
    return bool(fonts)


def other_readings(text: str) -> list[tuple[str, OldFont]]:
    """What a text that stays as it is would be in an old font: a question if others are in it."""
    if not _may_be_old(text):
        return []
    return _readings(text) if is_plausible(text) else _decodings(text)


def _may_be_old(text: str) -> bool:
    return not text.isascii() and not _TOO_NEW.search(text)


@lru_cache(maxsize=2_048)
def _fonts_of(word: str) -> frozenset[OldFont] | None:
    """Those in which a word with more than ASCII may be meant; None if it is none of ours as is."""
    if not is_plausible(word):
        return None
    read = ((decoded(word, font), font) for font in OldFont)
    return frozenset(font for meant, font in read if meant is not None and is_plausible(meant))


def _readings(text: str) -> list[tuple[str, OldFont]]:
    return [
        (meant, font)
        for meant, font in _decodings(text)
        if is_plausible(meant) and _says_enough(text, meant)
    ]


def _decodings(text: str) -> list[tuple[str, OldFont]]:
    read = ((decoded(text, font), font) for font in OldFont)
    return [(meant, font) for meant, font in read if meant is not None and meant != text]


def _says_enough(text: str, meant: str) -> bool:
    """A lone sign such as © or · is no evidence: one whole syllable must have come out."""
    kept = set(words_of(text))
    return any(
        len(word) >= _SHORTEST and not word.isascii() and is_syllable(word.casefold())
        for word in words_of(meant)
        if word not in kept
    )
