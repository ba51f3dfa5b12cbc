"""What the checks of several rows need to know of all of them, gathered while they stream past.

Nearly all people stand in one row, under numbers of their own: nothing that such a row says can
clash with another. Only rows that may are held against each other.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from forms.checks.people import is_number
from forms.model import Draft, Part, Row, Section
from forms.packed import Block, picked

_KEYS = (
    "stt",
    "ho_ten",
    "cccd",
    "ma_so_bhxh",
    "phuong_an",
    "tu_thang",
    "den_thang",
    "kem_tk1",
    "moi_quan_he",
)
"""all that the checks of several rows look at"""


@dataclass(slots=True)
class People:
    """The main list by column: citizen ids, BHXH numbers and numbers within the workbook."""

    citizens: list[str] = field(default_factory=list)
    socials: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)

    def take(self, block: Block) -> None:
        self.citizens += block.column("cccd")
        self.socials += block.column("ma_so_bhxh")
        self.ids += block.column("stt")

    def __len__(self) -> int:
        return len(self.ids)

    def where(self, holds: Callable[[str, str, str], bool]) -> list[int]:
        """Positions of rows of whose citizen id, BHXH number and id something holds."""
        rows = zip(self.citizens, self.socials, self.ids, strict=True)
        return [position for position, row in enumerate(rows) if holds(*row)]


@dataclass(slots=True)
class Regions:
    """Rows of another wage region than the unit's own."""

    own: str
    count: int = 0
    first: int | None = None
    """line"""

    def take(self, block: Block) -> None:
        column = block.column("ma_vung_ltt")
        if not set(column) <= {"", self.own}:
            lines = [
                line
                for line, region in zip(block.lines, column, strict=True)
                if region not in ("", self.own)
            ]
            self.count += len(lines)
            self.first = lines[0] if self.first is None else self.first


@dataclass(slots=True)
class Gathering:
    """Takes every block of a draft, then tells which rows may have to do with each other."""

    draft: Draft
    regions: Regions
    people: People = field(default_factory=People)
    counts: Counter[str] = field(default_factory=Counter)
    """how many rows a number of a person stands in"""
    households: set[str] = field(default_factory=set)
    """ids in the workbook of those who have household rows"""

    def take(self, part: Part, block: Block) -> None:
        if part is Part.BANG_KE:
            return
        citizens, socials = block.column("cccd"), block.column("ma_so_bhxh")
        self.counts.update(citizens)
        self.counts.update(
            social for citizen, social in zip(citizens, socials, strict=True) if social != citizen
        )
        if part is Part.PHU_LUC:
            self.households.update(block.column("stt"))
        else:
            self.people.take(block)
            self.regions.take(block)

    def several(self) -> frozenset[str]:
        """The numbers that stand in more than one row."""
        return frozenset(n for n, count in self.counts.items() if count > 1 and is_number(n))

    def narrowed(self) -> Draft:
        """The draft with all rows that the checks of several rows may speak of, and no others.

        Rows of the main list without any share in a number, a household or a paper are left out,
        and so is every value that these checks do not look at.
        """
        sections = (
            replace(section, rows=tuple(self._rows(section))) for section in self.draft.sections
        )
        return replace(self.draft, sections=tuple(sections))

    def _rows(self, section: Section) -> Iterator[Row]:
        rows = section.rows
        if section.part is Part.LAO_DONG:
            return picked(rows, self._may_clash(), _KEYS)
        return picked(rows, range(len(rows)), _KEYS)

    def _may_clash(self) -> list[int]:
        people, several = self.people, self.several()
        meant = Papers.of(self.draft)
        if meant.by_name:
            return list(range(len(people)))
        unnumbered = {
            citizen
            for citizen, social in zip(people.citizens, people.socials, strict=True)
            if not social
        }
        many = {own for own, count in Counter(people.ids).items() if own and count > 1}
        ids = many | self.households | meant.ids
        numbers = several | meant.numbers
        return people.where(
            lambda citizen, social, own: (
                not social
                or own in ids
                or citizen in numbers
                or social in numbers
                or citizen in unnumbered
            )
        )


@dataclass(frozen=True, slots=True)
class Papers:
    """Whom the papers name, and how."""

    ids: frozenset[str]
    numbers: frozenset[str]
    by_name: bool
    """some name nobody but by the name"""

    @classmethod
    def of(cls, draft: Draft) -> "Papers":
        rows = draft.rows(Part.BANG_KE)
        return cls(
            frozenset(filter(None, (row.get("stt") for row in rows))),
            frozenset(filter(None, (row.get("ma_so_bhxh") for row in rows))),
            any(not row.get("stt") and not row.get("ma_so_bhxh") for row in rows),
        )
