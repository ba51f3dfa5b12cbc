"""What one page asks of another, as the text that goes with a change of page. No Qt."""

import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Self

from desktop.services.imported import TakenIn
from desktop.ui.formats import grouped
from desktop.ui.texts import tr, words
from forms.findings import Finding, Severity
from forms.model import Period

MOST_SAID = 3
"""wrong cells that are told at once"""
_NEWS = "news:"
_ERRAND = "errand:"
_TAKE_IN = "take-in:"
CONFIRMED = "confirmed"
"""the columns of a list are known now: what was begun can go on"""


class Purpose(StrEnum):
    """Why the columns of a workbook are confirmed."""

    DECLARE = "declare"
    """its rows become a declaration"""
    ROSTER = "roster"
    """its people take part already"""
    COMPARE = "compare"
    """it is a month's list: nothing is taken"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """A workbook whose columns are to be confirmed, and where the person goes afterwards."""

    workbook: Path
    purpose: Purpose = Purpose.DECLARE
    back: str = "declarations"
    since: Period | None = None
    """from when the people take part, as far as it is known"""

    @property
    def text(self) -> str:
        since = self.since.iso if self.since else ""
        return _ERRAND + json.dumps([str(self.workbook), self.purpose, self.back, since])

    @classmethod
    def parse(cls, text: str) -> Self:
        """The place of a workbook alone is to be declared."""
        if not text.startswith(_ERRAND):
            return cls(workbook=Path(text))
        workbook, purpose, back, since = json.loads(text.removeprefix(_ERRAND))
        return cls(
            workbook=Path(workbook),
            purpose=Purpose(purpose),
            back=back,
            since=Period.parse(since) if since else None,
        )


@dataclass(frozen=True, slots=True)
class News:
    """What a page tells when somebody comes back to it; ``look`` as in ``Notice.tell``."""

    look: str
    title: str
    words: str

    @property
    def text(self) -> str:
        return _NEWS + json.dumps([self.look, self.title, self.words])

    @classmethod
    def parse(cls, text: str) -> Self | None:
        return cls(*json.loads(text.removeprefix(_NEWS))) if text.startswith(_NEWS) else None


def taken_news(done: TakenIn) -> News:
    """How many came, what the program takes it that they are, and how that is undone."""
    errors = [each for each in done.findings if each.severity is Severity.ERROR]
    if not done.people:
        return News("error", tr("ui.taken.nothing"), tr("ui.taken.nothing_text"))
    code = "ui.taken.title" if done.step else "ui.taken.same"
    said = [tr("ui.taken.undo")] if done.step else []
    if done.assumed:
        assumed = grouped(done.assumed)
        said = [tr("ui.taken.assumed", people=assumed, month=done.since.wire), *said]
    if errors:
        said.append(tr("ui.taken.errors", errors=grouped(len(errors))))
    lines = [" ".join(said), *(_where(each) for each in errors[:MOST_SAID])]
    look = "warning" if errors else "done"
    return News(look, tr(code, people=grouped(done.people)), "\n".join(lines))


def _where(error: Finding) -> str:
    cell = f"{error.sheet or ''} {error.column or ''}{error.row or ''}".strip()
    return tr("ui.taken.error", cell=cell, text=words(error.code, error.params))


@dataclass(frozen=True, slots=True)
class TakeIn:
    """A workbook whose people are to come into the roster: its page asks how."""

    workbook: Path

    @property
    def text(self) -> str:
        return _TAKE_IN + str(self.workbook)

    @classmethod
    def parse(cls, text: str) -> Self | None:
        return cls(Path(text.removeprefix(_TAKE_IN))) if text.startswith(_TAKE_IN) else None
