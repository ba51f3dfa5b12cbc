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
    """Every cell that holds the words, from the top left, row by row."""

    words: str
    places: Sequence[Place] = ()

    def after(self, here: Place, step: int) -> Place | None:
        """The next one, or the one before for -1; past the last comes the first."""
        if not self.places:
            return None
        at = bisect_right(self.places, here) if step > 0 else bisect_left(self.places, here) - 1
        return self.places[at % len(self.places)]

    def at_or_after(self, here: Place) -> Place | None:
        """Where one stands already counts: the words may only have become longer."""
        return self.after((here[0], here[1] - 1), 1)

    def count(self, here: Place) -> str:
        """``3 / 17``, or that there is nothing; nothing of no words."""
        if not self.words.strip():
            return ""
        if not self.places:
            return tr("ui.find.none")
        at = bisect_left(self.places, here)
        known = at < len(self.places) and self.places[at] == here
        return tr("ui.find.count", at=at + 1 if known else "–", of=len(self.places))


def find(columns: Sequence[Sequence[str]], words: str) -> Found:
    """``columns``: of every column shown the folded text of every row."""
    wanted = fold(words)
    if not wanted:
        return Found(words)
    places = [
        (row, column)
        for column, texts in enumerate(columns)
        for row, text in enumerate(texts)
        if wanted in text
    ]
    return Found(words, sorted(places))
