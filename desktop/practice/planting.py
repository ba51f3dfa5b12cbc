"""How a fault gets into a roster: a row that suits it is chosen and damaged."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from forms.model import Part, Period

Values = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A roster in the making."""

    sections: dict[Part, list[Values]]
    chance: random.Random
    period: Period
    damaged: set[str] = field(default_factory=set)
    """IDs of people who have a fault already"""

    def plant(self, fault: "Fault") -> tuple[Part, int]:
        """Where the fault is now: the list and the row's index in it.

        Raises ValueError when no row suits it; a larger roster has one.
        """
        rows = self.sections[fault.part]
        index = self._suitable(rows, fault)
        row, before = rows[index], len(rows)
        self.damaged.add(str(row["stt"]))
        fault.damage(row, self)
        self.damaged.add(str(row["stt"]))
        return fault.part, len(rows) - 1 if len(rows) > before else index

    def _suitable(self, rows: list[Values], fault: "Fault") -> int:
        for index in self.chance.sample(range(len(rows)), len(rows)):
            if str(rows[index]["stt"]) not in self.damaged and fault.suits(rows[index], self):
                return index
        raise ValueError("no row suits this fault")

    def person(self, stt: object) -> Values:
        return next(row for row in self.sections[Part.LAO_DONG] if row["stt"] == stt)

    def has(self, part: Part, stt: object) -> bool:
        """Whether rows of a list belong to this person."""
        return any(row.get("stt") == stt for row in self.sections[part])

    def add_copy(self, row: Values, **changes: object) -> Values:
        """The same person once more at the end of the main sheet."""
        copy = {**row, **changes}
        copy.pop("kem_tk1", None)
        self.sections[Part.LAO_DONG].append(copy)
        return copy

    def new_id(self) -> int:
        return max(int(str(row["stt"])) for row in self.sections[Part.LAO_DONG]) + 1

    def lonely(self, row: Values) -> bool:
        """Without household and papers."""
        return not any(self.has(part, row["stt"]) for part in (Part.PHU_LUC, Part.BANG_KE))


def anybody(row: Values, scene: Scene) -> bool:
    del row, scene
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One kind of mistake."""

    damage: Callable[[Values, Scene], None]
    codes: frozenset[str]
    """findings that it must provoke"""
    also: frozenset[str] = frozenset()
    """findings that may follow from it, depending on the row"""
    part: Part = Part.LAO_DONG
    suits: Callable[[Values, Scene], bool] = anybody


def sets(**values: object) -> Callable[[Values, Scene], None]:
    """Writes values into the row; None empties a cell."""

    def damage(row: Values, scene: Scene) -> None:
        del scene
        for key, value in values.items():
            if value is None:
                row.pop(key, None)
            else:
                row[key] = value

    return damage


def codes(*names: str) -> frozenset[str]:
    return frozenset(names)
