"""A code and its name in one row: whoever writes the one has written the other. No Qt."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from desktop.ui.cells import Cell
from forms.codes import Entry, fold
from forms.excel.coded import Coded, coded, named_by
from forms.model import Section
from forms.packed import outline


def with_partners(section: Section, cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """The cells, and beside each code its name, beside each name its code where only one fits.

    Only in columns that the list has, and never over a cell that is written itself.
    """
    typed = {(line, key): text for line, key, text in cells}
    partners = _Partners(section, typed)
    more = (cell for each in cells for cell in partners.of(*each))
    return (*cells, *(cell for cell in more if (cell[0], cell[1]) not in typed))


@dataclass(frozen=True)
class _Partners:
    section: Section
    typed: Mapping[tuple[int, str], str]

    def of(self, line: int, key: str, text: str) -> Iterator[Cell]:
        code, name = coded(self.section.part).get(key), named_by(self.section.part).get(key)
        if code and code.name in self.section.columns:
            said = code.codes.name_of(text.strip()) if text.strip() else ""
            if said is not None:
                yield line, code.name, said
        elif name and name.key in self.section.columns and text.strip():
            found = [each for each in self._entries(name, text) if self._is_there(each, name, line)]
            if len(found) == 1:
                yield line, name.key, found[0].code

    def _entries(self, field: Coded, name: str) -> Iterator[Entry]:
        wanted = fold(name)
        return (each for each in field.codes.entries.values() if fold(each.name) == wanted)

    def _is_there(self, entry: Entry, field: Coded, line: int) -> bool:
        """Wards of several provinces bear one name."""
        if not field.province:
            return True
        province = self.typed.get((line, field.province)) or self._stored(line, field.province)
        return not province or entry.more.get("province") == province

    def _stored(self, line: int, key: str) -> str:
        place = self._positions.get(line)
        return self.section.rows[place].get(key) if place is not None else ""

    @cached_property
    def _positions(self) -> Mapping[int, int]:
        return {line: place for place, line in enumerate(outline(self.section.rows)[0])}
