"""Words for codes. Every ``*.toml`` here holds tables ``[code]`` with ``vi`` and ``en``.

Placeholders are ``{name}`` and must be the same in both languages.
"""

import tomllib
from functools import cache
from string import Formatter

from resources import children, read_text
from resources.faults import Param

LANGUAGES = ("vi", "en")


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """code → language → text. Raises ValueError when a code stands in two files."""
    merged: dict[str, dict[str, str]] = {}
    for name in children("messages"):
        if not name.endswith(".toml"):
            continue
        for code, texts in tomllib.loads(read_text(f"messages/{name}")).items():
            if code in merged:
                raise ValueError(f"message {code!r} stands twice (again in {name})")
            merged[code] = texts
    return merged


def text(code: str, lang: str = "vi", /, **params: Param) -> str:
    """The sentence for ``code`` in ``lang``. Raises KeyError for an unknown code."""
    return catalogue()[code][lang].format_map(params)


def placeholders(template: str) -> frozenset[str]:
    """Names of the ``{placeholders}`` in a template."""
    return frozenset(name for _, name, _, _ in Formatter().parse(template) if name)
