"""All checks that go row by row, over the chunks of a draft; a chunk seen before is not read again.

Somebody who types over one cell changes one chunk of some hundred rows. What was said of all the
others still holds as long as they are held against the same: only what several rows together show
is looked for again.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field

from forms.checks.gathering import Gathering
from forms.checks.law.run import LawScan
from forms.checks.problem import Placed
from forms.checks.run import FormScan
from forms.checks.unwritten import UnwrittenScan
from forms.findings import Finding
from forms.model import Part, Section
from forms.packed import Block, Chunk, PackedRows, blocks_of

_MOST_CHUNKS = 512
"""so many are remembered, of all drafts together: 128,000 rows"""
_FEW = ("cccd", "ma_so_bhxh", "stt", "ma_vung_ltt", "phuong_an", "tu_thang")
"""what several rows are held against each other by"""


Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Noted:
    """What a chunk led to."""

    few: Block
    """its rows with the values by which rows are held against each other"""
    found: Sequence[Finding]
    of_rows: Sequence[Placed]
    of_places: Sequence[Placed]
    unwritten: Counter[tuple[str, str]]


@dataclass(slots=True)
class Memory:
    """What was said of chunks, for as long as the program runs."""

    noted: dict[Hashable, Noted] = field(default_factory=dict)

    def find(self, key: Hashable) -> Noted | None:
        return self.noted.get(key)

    def keep(self, key: Hashable, noted: Noted) -> None:
        while len(self.noted) >= _MOST_CHUNKS:
            self.noted.pop(next(iter(self.noted)), None)
        self.noted[key] = noted


@dataclass(slots=True, kw_only=True)
class Scan:
    """Takes the sections of a draft one by one. ``against``: all that its rows are held against."""

    forms: FormScan
    unwritten: UnwrittenScan
    gathered: Gathering
    law: LawScan | None
    against: Hashable
    memory: Memory
    progress: Progress | None = None
    """rows read, of how many in the section"""

    def take(self, section: Section) -> None:
        if not isinstance(section.rows, PackedRows):
            done = 0
            for block in blocks_of(section.rows):
                self._tell(done, section)
                self._read(section, block)
                done += len(block)
            return
        of_section = (section.part, section.sheet, tuple(section.columns.items()))
        done = 0
        for chunk in section.rows.chunks:
            self._tell(done, section)
            self._take_chunk(section, chunk, (self.against, of_section, chunk.content))
            done += chunk.count

    def _tell(self, done: int, section: Section) -> None:
        if self.progress is not None and section.part is Part.LAO_DONG:
            self.progress(done, len(section.rows))

    def _take_chunk(self, section: Section, chunk: Chunk, key: Hashable) -> None:
        noted = self.memory.find(key)
        if noted is None:
            self.memory.keep(key, self._read(section, chunk.unpack()))
        else:
            self._again(section, noted)

    def _read(self, section: Section, block: Block) -> Noted:
        found, counts = len(self.forms.found), self.unwritten.counts
        rows, places = self._law_said()
        before = len(rows), len(places)
        self.unwritten.counts = Counter()
        self.forms.take(section, block)
        self.unwritten.take(section, block)
        self.gathered.take(section.part, block)
        if self.law is not None:
            self.law.take(section, block)
        mine, self.unwritten.counts = self.unwritten.counts, counts + self.unwritten.counts
        return Noted(
            few=self._few(block),
            found=tuple(self.forms.found[found:]),
            of_rows=tuple(rows[before[0] :]),
            of_places=tuple(places[before[1] :]),
            unwritten=mine,
        )

    def _law_said(self) -> tuple[Sequence[Placed], Sequence[Placed]]:
        return (self.law.of_rows, self.law.of_places) if self.law else ((), ())

    def _few(self, block: Block) -> Block:
        keys = (*_FEW, *self.forms.deciding)
        return Block(block.lines, {k: block.columns[k] for k in keys if k in block.columns})

    def _again(self, section: Section, noted: Noted) -> None:
        self.forms.again(section, noted.few, noted.found)
        self.unwritten.counts += noted.unwritten
        self.gathered.take(section.part, noted.few)
        if self.law is not None:
            self.law.again(section, noted.few, noted.of_rows, noted.of_places)
