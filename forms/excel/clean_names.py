"""Names of people: in capitals they are written small by rule, otherwise they stay as typed.

The rules and their order stand in ``resources/letters/words.toml``, table ``names``.
"""

import re
import tomllib
from functools import cache

from forms.excel.clean_text import settled, shown, tidy
from forms.excel.cleaned import LETTERS_LOST, NAME_IN_CAPITALS, NAME_IN_SMALL, Cleaned, Raw
from resources import read_text

_LOST = re.compile("\ufffd|[^\\W\\d_]\\?|\\?[^\\W\\d_]")


def clean_name(raw: Raw) -> Cleaned:
    """All capitals → capitals at the beginnings; all small → the same only proposed."""
    text = tidy(shown(raw))
    if "?" in text or "\ufffd" in text:
        return _maybe_lost(raw, text)
    if text.isupper():
        return settled(raw, written_small(text), NAME_IN_CAPITALS)
    if text.islower():
        return settled(raw, text)._replace(
            fault_code=NAME_IN_SMALL, proposed=written_small(text.upper())
        )
    return settled(raw, text)


def written_small(name: str) -> str:
    """A name in capitals → ``Nguyễn Văn A``, ``H'Hen Niê``, ``Nguyễn Văn An III``."""
    return _parts().sub(lambda part: _small(part[0]), name)


def _maybe_lost(raw: Raw, text: str) -> Cleaned:
    cleaned = settled(raw, text)
    return cleaned._replace(fault_code=LETTERS_LOST) if _LOST.search(text) else cleaned


def _small(part: str) -> str:
    if len(part) == 1 or part in _kept() or not part[0].isalpha():
        return part
    return part[0] + part[1:].lower()


@cache
def _parts() -> re.Pattern[str]:
    between = re.escape(_rules()["between"])
    return re.compile(f"[^{between}]+")


@cache
def _kept() -> frozenset[str]:
    return frozenset(_rules()["kept"])


def _rules() -> dict[str, str]:
    rules: dict[str, str] = tomllib.loads(read_text("letters/words.toml"))["names"]
    return rules
