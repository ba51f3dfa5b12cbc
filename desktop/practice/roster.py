"""Rosters of invented people in the layout of the import workbook in use, for practice and tests.

The same seed gives the same roster. A clean roster has no error and no warning, whatever its
size; ``faults`` plants named faults in it (see ``desktop.practice.faults``).
"""

import random
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop.practice.families import family_rows
from desktop.practice.faults import FAULTS
from desktop.practice.movements import Movement, employee_row, paper_row, pick_movement
from desktop.practice.people import Inventor
from desktop.practice.planting import Fault, Scene
from forms.excel.writer import write_rows
from forms.model import Part, Period

__all__ = ["FAULTS", "LAYOUT", "Fault", "Planted", "Roster", "make_roster", "write_roster"]

LAYOUT = "vnpt-d02-tk1-2025-11"
FIRST_LINE = 4
"""where data begins in every sheet of the layout"""
_FAMILIES, _PAPERS = 0.4, 0.25

Record = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Planted:
    """Where a fault was put."""

    fault: str
    part: Part
    line: int
    """row of the workbook"""


@dataclass(frozen=True, slots=True)
class Roster:
    """Rows by list; values as an accountant types them: text, numbers, empty ones left out."""

    sections: Mapping[Part, tuple[Record, ...]]
    planted: tuple[Planted, ...] = ()


def make_roster(
    count: int,
    *,
    seed: int,
    period: Period,
    faults: Collection[str] = (),
    region: int = 1,
) -> Roster:
    """``count`` people for a period of the years 1995–2099, in a unit of the wage ``region``.

    Raises ValueError for a fault that does not exist or finds no row to be planted in.
    """
    chance = random.Random(f"{seed}/{period.iso}/{count}")  # noqa: S311  # invents, hides nothing
    sections = _people(count, Inventor(chance, period), period, region)
    scene = Scene(sections=sections, chance=chance, period=period)
    planted = tuple(_plant(scene, name) for name in faults)
    return Roster({part: tuple(rows) for part, rows in sections.items()}, planted)


def write_roster(path: Path, roster: Roster) -> None:
    """As a workbook in the layout. Raises SurroundingsFault ``workbook.cannot_write``."""
    sections: dict[Part, Iterable[Record]] = dict(roster.sections)
    write_rows(path, LAYOUT, sections)


def _people(
    count: int, inventor: Inventor, period: Period, region: int
) -> dict[Part, list[dict[str, object]]]:
    sections: dict[Part, list[dict[str, object]]] = {part: [] for part in Part}
    for number in range(1, count + 1):
        movement = pick_movement(inventor.chance, period)
        row = employee_row(number, inventor, movement, region=region)
        sections[Part.LAO_DONG].append(row.values)
        if row.values.get("kem_tk1") and inventor.chance.random() < _FAMILIES:
            sections[Part.PHU_LUC].extend(family_rows(row, inventor, period))
        if _needs_paper(movement, inventor.chance):
            sections[Part.BANG_KE].append(paper_row(row, movement, inventor))
    return sections


def _needs_paper(movement: Movement, chance: random.Random) -> bool:
    return movement.late or (movement.code == "DC" and chance.random() < _PAPERS)


def _plant(scene: Scene, name: str) -> Planted:
    if name not in FAULTS:
        raise ValueError(f"no such fault: {name}")
    part, index = scene.plant(FAULTS[name])
    return Planted(name, part, FIRST_LINE + index)
