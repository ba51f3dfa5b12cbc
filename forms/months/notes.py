"""The note of a row, from the templates; what is not known is left out and named."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

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
    template = notes().templates.get(kind, "")
    parts = {**_parts(values), **known}
    missing = tuple(name for name in _PLACEHOLDER.findall(template) if not parts.get(name))
    text = _OPTIONAL.sub(lambda found: _filled(found[1], parts), template)
    return Note(_PLACEHOLDER.sub(lambda found: parts.get(found[1], ""), text), missing)


def _filled(part: str, parts: Mapping[str, str]) -> str:
    names = _PLACEHOLDER.findall(part)
    return part if all(parts.get(name) for name in names) else ""


def _parts(values: Values) -> dict[str, str]:
    """The first field that is filled, by placeholder."""
    wanted = fields().note_parts.items()
    return {
        name: next((values[key] for key in keys if values.get(key)), "") for name, keys in wanted
    }
