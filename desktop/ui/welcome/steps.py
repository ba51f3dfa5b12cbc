"""The first run, step by step: what each asks, what it needs, what is said at the end. No Qt."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from desktop.services.api import Services
from desktop.ui.errands import TakeIn
from desktop.ui.texts import tr
from desktop.ui.welcome.presenter import FIELDS, Field, WelcomePresenter
from forms.model import Unit


class Step(StrEnum):
    """In their order; words under ``ui.first.<step>`` and ``ui.first.<step>.help``."""

    MODE = "mode"
    UNIT = "unit"
    PLACE = "place"
    START = "start"
    SUMMARY = "summary"


class Start(StrEnum):
    """What the roster begins with; words under ``ui.first.start.<start>``."""

    WORKBOOK = "workbook"
    TEMPLATE = "template"
    EMPTY = "empty"


STEPS = tuple(Step)
STARTS = tuple(Start)
_OF_PLACE = ("address", "region")
_ORDER = ("tax_code", "name", "code", "agency", "signer", "phone", "email")
_BY_KEY = {each.key: each for each in FIELDS}
UNIT_FIELDS: tuple[Field, ...] = tuple(_BY_KEY[key] for key in _ORDER)
"""from the papers that lie on the desk: the registration first, the C12 statement next"""


@dataclass(slots=True)
class FirstRun:
    """What was said so far."""

    typed: dict[str, str] = field(default_factory=lambda: dict.fromkeys(_BY_KEY, ""))
    start: Start = Start.WORKBOOK
    workbook: Path | None = None


class FirstRunPresenter:
    def __init__(self, services: Services) -> None:
        self._services = services
        self.units = WelcomePresenter(services)
        self.said = FirstRun()

    @property
    def practice(self) -> bool:
        return self._services.practice

    def wrong(self, step: Step) -> dict[str, str]:
        """Field key → what to say of it, for the fields of this step."""
        of = _OF_PLACE if step is Step.PLACE else _ORDER if step is Step.UNIT else ()
        if not of:
            return {}
        found = self.units.wrong(self.said.typed)
        return {key: words for key, words in found.items() if key in of}

    def step_of(self, key: str) -> Step:
        return Step.PLACE if key in _OF_PLACE else Step.UNIT

    def needs_workbook(self) -> bool:
        return self.said.start is Start.WORKBOOK and self.said.workbook is None

    def summary(self) -> list[tuple[str, str]]:
        """(caption, what was said), in the order in which it was asked."""
        typed = self.said.typed
        lines = [(tr("ui.first.mode"), tr(f"ui.first.mode.{mode_key(practice=self.practice)}"))]
        lines += [(each.label, typed[each.key]) for each in UNIT_FIELDS]
        lines.append((_BY_KEY["address"].label, typed["address"]))
        region = typed["region"]
        said = tr(f"ui.unit.region.{region}") if region else ""
        lines.append((_BY_KEY["region"].label, said))
        lines.append((tr("ui.first.start"), self._start_words()))
        return [(caption, words or tr("ui.first.nothing")) for caption, words in lines]

    def _start_words(self) -> str:
        words = tr(f"ui.first.start.{self.said.start.value}")
        chosen = self.said.workbook if self.said.start is Start.WORKBOOK else None
        return f"{words}: {chosen.name}" if chosen else words

    def add(self) -> Unit:
        """Stores the unit. Raises what ``Services.add_unit`` does."""
        return self.units.add(self.said.typed)

    def template(self, out: Path) -> Path:
        return self._services.roster.template(out)

    def afterwards(self) -> str:
        """What the roster's page is told: the workbook to take in, if any."""
        said = self.said
        chosen = said.workbook if said.start is Start.WORKBOOK else None
        return TakeIn(workbook=chosen).text if chosen else ""


def mode_key(*, practice: bool) -> str:
    return "practice" if practice else "real"


def kept(said: FirstRun, places: Mapping[str, str]) -> dict[str, str]:
    """As it lies in a file until the unit is stored."""
    workbook = str(said.workbook) if said.workbook else ""
    return {**said.typed, **places, "start": said.start, "workbook": workbook}


def restored(kept_: Mapping[str, str]) -> FirstRun:
    """What does not fit any more is left out."""
    found = FirstRun()
    found.typed |= {key: kept_[key] for key in found.typed if key in kept_}
    start = kept_.get("start", "")
    found.start = Start(start) if start in STARTS else found.start
    workbook = Path(kept_.get("workbook", ""))
    found.workbook = workbook if workbook.is_file() else None
    return found
