"""Names of codes as they are shown to a person: the official ones, or our own English.

The translation is ours and is never declared (``resources/codes/english.toml``); lists of places,
hospitals and the like are not translated.
"""

import tomllib
from collections.abc import Mapping
from functools import cache

from forms.codes import code_list
from resources import read_text

_FILE = "codes/english.toml"


def name_in(name: str, code: str, lang: str) -> str | None:
    """Of a code of a list; None for one that does not stand there. Raises UnknownCodeList."""
    entry = code_list(name).entry(code)
    if entry is None:
        return None
    translated = english().get(name, {}) if lang == "en" else {}
    return translated.get(entry.code, entry.name)


@cache
def english() -> Mapping[str, Mapping[str, str]]:
    """List → code → name."""
    tables = tomllib.loads(read_text(_FILE))
    return {name: table for name, table in tables.items() if isinstance(table, dict)}
