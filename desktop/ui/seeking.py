"""Finding a cell by what stands in it, from where one is, round and round. No Qt."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.ui.texts import tr
from forms.codes import fold

Place = tuple[int, int]
"""(row, column) as shown"""


@dataclass(frozen=True, slots=True)
class Found:
    """Every cell that holds the words, from the top left, row by row.

    ``cells``: each as its number, for there may be hundreds of thousands; ``across``: columns.
    """

    words: str
    cells: Sequence[int] = ()
    across: int = 1

    @property
    def places(self) -> list[Place]:
        return [self._place(cell) for cell in self.cells]

    def after(self, here: Place, step: int) -> Place | None:
        """The next one, or the one before for -1; past the last comes the first."""
        if not self.cells:
            return None
        number = self._number(here)
        at = bisect_right(self.cells, number) if step > 0 else bisect_left(self.cells, number) - 1
        return self._place(self.cells[at % len(self.cells)])

    def at_or_after(self, here: Place) -> Place | None:
        """Where one stands already counts: the words may only have become longer."""
        return self.after((here[0], here[1] - 1), 1)

    def count(self, here: Place) -> str:
        """``3 / 17``, or that there is nothing; nothing of no words."""
        if not self.words.strip():
            return ""
        if not self.cells:
            return tr("ui.find.none")
        at = bisect_left(self.cells, self._number(here))
        known = at < len(self.cells) and self.cells[at] == self._number(here)
        return tr("ui.find.count", at=at + 1 if known else "–", of=len(self.cells))

    def _number(self, place: Place) -> int:
        return place[0] * self.across + place[1]

    def _place(self, number: int) -> Place:
        return divmod(number, self.across)


def find(columns: Sequence[Sequence[str]], words: str) -> Found:
    """``columns``: of every column shown the folded text of every row."""
    wanted, across = fold(words), len(columns)
    if not wanted:
        return Found(words)
    cells = [
        row * across + column
        for column, texts in enumerate(columns)
        for row, text in enumerate(texts)
        if wanted in text
    ]
    return Found(words, sorted(cells), across)
