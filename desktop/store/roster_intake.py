"""A draft taken into the roster of a unit, some hundred rows at a time.

Two kinds of rows are most of them and are dealt with by column: of somebody new, and of somebody
of whom they say nothing new. All others go the way of ``forms.roster.taking_in``, row by row.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from desktop.services.progress import Progress, silent
from desktop.store.employees import CHUNK, Change, Stored, chunks
from desktop.store.folding import folded
from desktop.store.roster_columns import BLOCK, NAME
from desktop.store.roster_merge import Merging
from desktop.store.roster_places import Places
from desktop.store.roster_steps import Recording
from forms.model import Row
from forms.packed import Block, blocks_of
from forms.roster.arrivals import arrived, is_silent
from forms.roster.model import Employee
from forms.roster.nothing_new import Repeats

_Known = tuple[int, Stored, Sequence[Row]]
"""(id, line, rows)"""


@dataclass(slots=True)
class Intake:
    """``places``: of the rows of the draft whose ``merging`` it is."""

    recording: Recording
    places: Places
    merging: Merging
    assumed: int = 0
    """how many people take part because the program takes it so"""
    _several: Mapping[int, int] = field(init=False)
    _gathered: dict[int, list[Row]] = field(init=False, default_factory=lambda: defaultdict(list))
    """rows of whom more are to come"""
    _arrivals: list[tuple[Sequence[int], Block]] = field(init=False, default_factory=list)
    _told: list[_Known] = field(init=False, default_factory=list)
    _first_new: int = field(init=False)

    def __post_init__(self) -> None:
        self._several = self.places.several()
        self._first_new = self.recording.next_id
        self.recording.next_id += self.places.new

    def take(self, rows: Sequence[Row], progress: Progress = silent) -> None:
        start = 0
        for block in blocks_of(rows):
            progress(start, len(rows))
            places = self.places.of_row[start : start + len(block)]
            start += len(block)
            self._take_block(block, places)
        self._flush_arrivals()
        self._flush_told()
        for some in chunks(list(self._gathered.items())):
            self._take_gathered(dict(some))

    def _take_block(self, block: Block, places: Sequence[int]) -> None:
        """Everybody is either new or known, and by column or by row."""
        known, new = [], []
        for at, place in enumerate(places):
            if place in self._several:
                self._gathered[place].append(block.row(at))
            elif place >= len(self.places.known):
                new.append(at)
            elif place >= 0:
                known.append(at)
        if new:
            self._take_new(block, new, places)
        if known:
            self._take_known(block, known, places)

    def _take_new(self, block: Block, rows: Sequence[int], places: Sequence[int]) -> None:
        numbers, members = block.column("stt"), self.merging.members
        plain = [at for at in rows if numbers[at] not in members]
        if plain:
            of = block if len(plain) == len(block) else block.at(plain)
            if self.merging.starting:
                self.assumed += sum(map(is_silent, of.column("phuong_an")))
            self._arrivals.append(([self._id_at(places[at]) for at in plain], of))
        if sum(len(ids) for ids, _ in self._arrivals) >= CHUNK:
            self._flush_whole_blocks()
        if len(plain) < len(rows):
            rest = set(rows).difference(plain)
            self._record([self._comes(places[at], [block.row(at)]) for at in sorted(rest)])

    def _flush_whole_blocks(self) -> None:
        """All but those who begin a block of columns: it would soon have to be written again."""
        ids, block = self._arrivals[-1]
        cut = bisect_left(ids, ids[-1] // BLOCK * BLOCK)
        if cut:
            here, later = range(cut), range(cut, len(ids))
            self._arrivals[-1] = (ids[:cut], block.at(here))
            self._flush_arrivals()
            self._arrivals = [(ids[cut:], block.at(later))]

    def _flush_arrivals(self) -> None:
        arrivals, self._arrivals = self._arrivals, []
        if not arrivals:
            return
        ids = [one for some, _ in arrivals for one in some]
        lines = [
            arrived(block, self.merging.period, starting=self.merging.starting)
            for _, block in arrivals
        ]
        keys = dict.fromkeys(key for line in lines for key in line)
        columns: dict[str, Sequence[str]] = {}
        for key in keys:
            texts: list[str] = []
            for (some, _), line in zip(arrivals, lines, strict=True):
                texts += line.get(key) or ("",) * len(some)
            columns[key] = texts
        names = [folded(name) for name in columns["ho_ten"]]
        self.recording.add(ids, columns, {NAME: names})

    def _take_known(self, block: Block, rows: Sequence[int], places: Sequence[int]) -> None:
        numbers, members = block.column("stt"), self.merging.members
        repeats = Repeats(block, self.merging.period, self.merging.columns)
        ids = [self._id_at(places[at]) for at in rows]
        lines = self.recording.employees.lines(ids)
        told: list[int] = []
        for at, one in zip(rows, ids, strict=True):
            _, reader, cells = lines[one]
            if (
                self.merging.starting
                or numbers[at] in members
                or not repeats.nothing_new(at, reader, cells)
            ):
                told.append(at)
        if told:
            for at, row in zip(told, block.at(told).rows, strict=True):
                one = self._id_at(places[at])
                self._told.append((one, lines[one], (row,)))
        if len(self._told) >= CHUNK:
            self._flush_told()

    def _flush_told(self) -> None:
        told, self._told = self._told, []
        self._change(told)

    def _take_gathered(self, gathered: Mapping[int, Sequence[Row]]) -> None:
        known = {place: rows for place, rows in gathered.items() if self._is_known(place)}
        lines = self.recording.employees.lines([self._id_at(place) for place in known])
        found = [(self._id_at(place), rows) for place, rows in known.items()]
        self._change([(one, lines[one], rows) for one, rows in found])
        new = (place for place in gathered if not self._is_known(place))
        self._record([self._comes(place, gathered[place]) for place in new])

    def _change(self, known: Sequence[_Known]) -> None:
        employees = self.recording.employees
        households = employees.households([one for one, _, _ in known]) if known else {}
        changes: list[Change] = []
        for one, stored, rows in known:
            before = employees.employee(one, stored, households.get(one, ()))
            after = self.merging(before, rows)
            if after != before:
                changes.append((before, after))
                self.assumed += self.merging.assumes(before, rows)
        self._record(changes)

    def _record(self, changes: Sequence[Change]) -> None:
        if changes:
            self.recording.take(changes)

    def _comes(self, place: int, rows: Sequence[Row]) -> Change:
        unit_code = self.recording.employees.unit_code
        nobody = Employee(id=self._id_at(place), unit_code=unit_code, values={})
        self.assumed += self.merging.assumes(nobody, rows)
        return None, self.merging(nobody, rows)

    def _is_known(self, place: int) -> bool:
        return place < len(self.places.known)

    def _id_at(self, place: int) -> int:
        known = self.places.known
        return known[place] if place < len(known) else self._first_new + place - len(known)
