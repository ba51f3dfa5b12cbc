"""What MA_KQUA of a notice says (``resources/gateway/outcomes.toml``; the values are our own)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from forms.model import DossierState
from resources import read_text

RECEIVED, PROCESSING, RESULT = "received", "processing", "result"
SUPPLEMENT, REFUSAL = "supplement", "refusal"
STATES: Mapping[str, DossierState] = {
    RECEIVED: DossierState.ACCEPTED,
    PROCESSING: DossierState.PROCESSING,
    RESULT: DossierState.DONE,
    SUPPLEMENT: DossierState.SUPPLEMENT,
    REFUSAL: DossierState.REJECTED,
}
"""what each outcome makes of the dossier"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """``kind``: a value of ``sync.model.PostedKind``."""

    code: str
    name: str
    kind: str
    label_vi: str
    label_en: str

    @property
    def state(self) -> DossierState:
        return STATES[self.name]


@cache
def outcomes() -> Mapping[str, Outcome]:
    """By name."""
    rows = tomllib.loads(read_text("gateway/outcomes.toml"))["outcome"]
    return {row["name"]: Outcome(**row) for row in rows}


def outcome_of_code(code: str) -> Outcome | None:
    """None for a value that the program does not know."""
    return next((each for each in outcomes().values() if each.code == code), None)
