"""The roster's fields as data: ``resources/roster/fields.toml``, read strictly."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from forms import codes
from forms.roster.model import Track
from forms.strict_toml import Table
from resources import read_text

FILE = "roster/fields.toml"
KINDS = frozenset(
    {
        *("text", "code", "code_2", "code_5", "social_number", "citizen_id", "household", "phone"),
        *("money", "wage", "coefficient", "percent", "date", "partial_date", "month", "flag"),
        "sex",
    }
)
"""the values of ``forms.excel.kinds.Kind``; a test holds the two together"""
USUAL_WIDTH = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """``track`` None: of the person. ``group``: its words are ``roster.group.<group>``."""

    key: str
    title_vi: str
    title_en: str
    kind: str
    group: str
    track: Track | None
    code_list: str | None
    width: int


@cache
def fields() -> Mapping[str, Field]:
    """key → field, in the order of the file."""
    return parse(read_text(FILE))


@cache
def keys_of(track: Track | None) -> frozenset[str]:
    """Keys of the fields of a track, or of the person."""
    return frozenset(key for key, field in fields().items() if field.track is track)


def parse(text: str) -> Mapping[str, Field]:
    """Raises DefinitionFault for anything unknown, doubled or missing."""
    top = Table(tomllib.loads(text), file=FILE, place="")
    found: dict[str, Field] = {}
    for table in top.tables("field"):
        field = _field(table)
        if field.key in found:
            raise table.fault("definition.duplicate", field.key)
        found[field.key] = field
    top.done()
    return found


def _field(table: Table) -> Field:
    track, listed = table.text("track", ""), table.text("code_list", "")
    field = Field(
        key=table.text("key"),
        title_vi=table.text("title_vi"),
        title_en=table.text("title_en"),
        kind=_known(table, table.text("kind"), KINDS),
        group=table.text("group"),
        track=Track(_known(table, track, frozenset(Track))) if track else None,
        code_list=_known(table, listed, codes.names()) if listed else None,
        width=table.number("width") or USUAL_WIDTH,
    )
    table.done()
    return field


def _known(table: Table, value: str, words: frozenset[str] | frozenset[Track]) -> str:
    if value not in words:
        raise table.fault("definition.unknown_value", value)
    return value
