"""The note of a row, from the templates; what is not known is left out and named."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from forms.months.data import fields, notes
from forms.months.model import Values

_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Note:
    text: str
    missing: tuple[str, ...]
    """placeholders without a value"""


def note(kind: str, values: Values, known: Mapping[str, str]) -> Note:
    """``kind``: phương án or its variant; empty for one without a template."""
    parts = fields().note_parts
    wanted = (
        known[name] if name in known else _first_filled(values, parts.get(name, ()))
        for name in placeholders(kind)
    )
    return _written(kind, tuple(wanted))


@cache
def placeholders(kind: str) -> tuple[str, ...]:
    """What the template asks for, in its order."""
    return tuple(_PLACEHOLDER.findall(notes().templates.get(kind, "")))


@lru_cache(maxsize=8192)
def _written(kind: str, wanted: tuple[str, ...]) -> Note:
    """``wanted``: the values of its placeholders. Many people have the same note."""
    template, names = notes().templates.get(kind, ""), placeholders(kind)
    parts = dict(zip(names, wanted, strict=True))
    text = _OPTIONAL.sub(lambda found: _filled(found[1], parts), template)
    return Note(
        _PLACEHOLDER.sub(lambda found: parts[found[1]], text),
        tuple(name for name in names if not parts[name]),
    )


def _filled(part: str, parts: Mapping[str, str]) -> str:
    names = _PLACEHOLDER.findall(part)
    return part if all(parts[name] for name in names) else ""


def _first_filled(values: Values, keys: tuple[str, ...]) -> str:
    return next((values[key] for key in keys if values.get(key)), "")
