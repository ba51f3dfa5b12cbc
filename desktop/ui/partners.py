"""A code and its name in one row: whoever writes the one has written the other. No Qt."""

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop.ui.cells import Cell
from forms.codes import Entry, fold
from forms.excel.coded import Coded, coded, named_by
from forms.model import Part

Stored = Callable[[int, str], str]
"""(line or person, field key) → what is stored there"""


def with_partners(
    cells: Sequence[Cell], part: Part, columns: Container[str], stored: Stored
) -> tuple[Cell, ...]:
    """The cells, and beside each code its name, beside each name its code where only one fits.

    Only in ``columns``, and never over a cell that is written itself.
    """
    typed = {(line, key): text for line, key, text in cells}
    partners = _Partners(part, columns, stored, typed)
    more = (cell for each in cells for cell in partners.of(*each))
    return (*cells, *(cell for cell in more if (cell[0], cell[1]) not in typed))


@dataclass(frozen=True, slots=True)
class _Partners:
    part: Part
    columns: Container[str]
    stored: Stored
    typed: Mapping[tuple[int, str], str]

    def of(self, line: int, key: str, text: str) -> Iterator[Cell]:
        code, name = coded(self.part).get(key), named_by(self.part).get(key)
        if code and code.name in self.columns:
            said = code.codes.name_of(text.strip()) if text.strip() else ""
            if said is not None:
                yield line, code.name, said
        elif name and name.key in self.columns and text.strip():
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
        province = self.typed.get((line, field.province)) or self.stored(line, field.province)
        return not province or entry.more.get("province") == province
