"""What MA_KQUA of a notice says (``resources/gateway/outcomes.toml``; the values are our own)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from resources import read_text

RECEIVED, PROCESSING, RESULT = "received", "processing", "result"
SUPPLEMENT, REFUSAL = "supplement", "refusal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """``kind``: a value of ``sync.model.PostedKind``."""

    code: str
    name: str
    kind: str
    label_vi: str
    label_en: str


@cache
def outcomes() -> Mapping[str, Outcome]:
    """By name."""
    rows = tomllib.loads(read_text("gateway/outcomes.toml"))["outcome"]
    return {row["name"]: Outcome(**row) for row in rows}
