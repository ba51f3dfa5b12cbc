"""What stands in the list of a month: heads, questions, movements; and what was decided. No Qt."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from forms.months.model import Cost, Option, Proposal, Proposed, Question

ASKED, OTHER, TOLD = "asked", "other", "told"
GROUPS: Mapping[str, frozenset[str]] = {
    "new": frozenset({"TM", "TH", "TD", "TC"}),
    "left": frozenset({"GH", "GD", "GC"}),
    "wage": frozenset({"DC"}),
    "title": frozenset({"CD"}),
    "back": frozenset({"ON"}),
    "leave": frozenset({"KL", "OF", "TS"}),
    "retro": frozenset({"AD", "AT", "SB", "TT", "TU"}),
    "card": frozenset({""}),
}
"""kind → phương án, in the order of the list; no phương án: TK1-TS alone"""


class Verdict(StrEnum):
    """What a person decided about a line."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    OPEN = "open"
    ANSWERED = "answered"
    SAID = "said"
    """a question without options: only told"""


@dataclass(frozen=True, slots=True)
class Head:
    group: str
    count: int


Line = Head | Question | Proposed


@dataclass(slots=True)
class Decisions:
    """Every movement is declared unless it is taken out; nothing that was asked is guessed."""

    proposal: Proposal
    rejected: set[str] = field(default_factory=set)
    answers: dict[str, str] = field(default_factory=dict)
    """question id → option id"""
    changes: dict[str, dict[str, str]] = field(default_factory=dict)
    """movement id → field key → text"""

    def verdict(self, line: Question | Proposed) -> Verdict:
        if isinstance(line, Proposed):
            return Verdict.REJECTED if line.id in self.rejected else Verdict.ACCEPTED
        if not line.options:
            return Verdict.SAID
        return Verdict.ANSWERED if line.id in self.answers else Verdict.OPEN

    def toggle(self, movement: Proposed) -> None:
        self.rejected.symmetric_difference_update({movement.id})

    def answer(self, question: Question, option: Option) -> None:
        self.answers[question.id] = option.id

    def change(self, movement: Proposed, key: str, text: str) -> None:
        """Typed over; what it was before is no change."""
        changed = self.changes.setdefault(movement.id, {})
        if text == movement.values.get(key, ""):
            changed.pop(key, None)
        else:
            changed[key] = text
        if not changed:
            del self.changes[movement.id]

    def value(self, movement: Proposed, key: str) -> str:
        return self.changes.get(movement.id, {}).get(key, movement.values.get(key, ""))

    def chosen(self, question: Question) -> Option | None:
        wanted = self.answers.get(question.id)
        return next((each for each in question.options if each.id == wanted), None)

    @property
    def accepted(self) -> tuple[Proposed, ...]:
        return tuple(each for each in self.proposal.movements if each.id not in self.rejected)

    @property
    def open(self) -> int:
        """Questions that still want an answer."""
        return sum(self.verdict(each) is Verdict.OPEN for each in self.proposal.questions)

    @property
    def declared(self) -> tuple[Proposed, ...]:
        """Accepted, and called for by the answers."""
        return (*self.accepted, *self._answered())

    def _answered(self) -> Iterator[Proposed]:
        for question in self.proposal.questions:
            option = self.chosen(question)
            if option and option.movement:
                yield option.movement
            if option:
                yield from option.also

    @property
    def cost(self) -> tuple[Cost, int]:
        """Of everything declared, and of how many it is not known."""
        costs = [each.cost for each in self.declared]
        known = [cost for cost in costs if cost and not cost.unknown]
        whole = Cost(
            employer=sum(cost.employer for cost in known),
            employee=sum(cost.employee for cost in known),
        )
        return whole, len(costs) - len(known)


def lines_of(proposal: Proposal) -> tuple[Line, ...]:
    """Questions first, then the movements by kind, each under its head; what is only told last."""
    return tuple(_lines(proposal))


def _lines(proposal: Proposal) -> Iterator[Line]:
    asked = [each for each in proposal.questions if is_asked(each)]
    told = [each for each in proposal.questions if not is_asked(each)]
    if asked:
        yield Head(ASKED, len(asked))
        yield from sorted(asked, key=lambda each: each.person is not None)
    groups: dict[str, list[Proposed]] = {}
    for movement in proposal.movements:
        groups.setdefault(group_of(movement.phuong_an), []).append(movement)
    for name in (*GROUPS, OTHER):
        if name in groups:
            yield Head(name, len(groups[name]))
            yield from groups[name]
    if told:
        yield Head(TOLD, len(told))
        yield from told


def is_asked(question: Question) -> bool:
    """Somebody must answer it, or it is about the whole list; any other is only told."""
    return bool(question.options) or question.person is None


def group_of(phuong_an: str) -> str:
    return next((name for name, codes in GROUPS.items() if phuong_an in codes), OTHER)
