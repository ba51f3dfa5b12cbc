"""How to fill in a field, in our own words: ``resources/help/fields.toml``."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from forms.codes import fold
from forms.rules.dated import Confidence
from resources import read_text

FILE = "help/fields.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """``source``: the document behind it; ``confidence``: how certain it is."""

    key: str
    vi: str
    en: str
    source: str
    confidence: Confidence

    def text(self, lang: str) -> str:
        return self.en if lang == "en" else self.vi


def guide(key: str) -> Guide | None:
    """None where nothing was written yet."""
    return _by_key().get(key)


def guides() -> Sequence[Guide]:
    """Each once, in the order of the file."""
    return tuple(_own().values())


def search(words: str, titles: Mapping[str, str], lang: str) -> Sequence[Guide]:
    """Those that hold every word, without diacritics. ``titles``: field key → its name."""
    wanted = fold(words).split()

    def holds(one: Guide) -> bool:
        said = fold(f"{titles.get(one.key, '')} {one.text(lang)}")
        return all(word in said for word in wanted)

    return [one for one in guides() if holds(one)]


@cache
def _own() -> Mapping[str, Guide]:
    return {
        key: Guide(
            key=key,
            vi=one["vi"],
            en=one["en"],
            source=one["source"],
            confidence=Confidence(one["confidence"]),
        )
        for key, one in _file().items()
    }


@cache
def _by_key() -> Mapping[str, Guide]:
    like = {other: _own()[key] for key, one in _file().items() for other in one.get("like", ())}
    return {**like, **_own()}


@cache
def _file() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(read_text(FILE))
