"""How lines of people stand in the data file: texts joined, under a list of columns they share.

A line with a shape is its texts joined by the control character DEL, in the order of the shape's
columns; one in whose texts DEL stands is a JSON object and has no shape. Few shapes serve very
many people: a batch is written under one that is known and hardly wider, or under its own.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat

from sqlalchemy import func, insert, select

from desktop.store.column_types import encoded, encoded_cells
from desktop.store.session import Session
from desktop.store.tables import roster_shape
from forms.roster.lines import Line, LineReader, in_usual_order, reader_of

BETWEEN = "\x7f"
MOST_WIDER = 16
"""so many columns may a shape have that a batch does not need"""

Written = tuple[int | None, str]
"""(shape, line)"""


@dataclass(slots=True)
class Shapes:
    session: Session
    _known: dict[int, tuple[str, ...]] | None = field(init=False, default=None)

    def read(self, shape: int | None, line: str) -> tuple[LineReader, Sequence[str]]:
        """The texts, and who can read them."""
        if shape is not None:
            return reader_of(self._all()[shape]), line.split(BETWEEN)
        cells: Mapping[str, str] = json.loads(line)
        return reader_of(tuple(cells)), tuple(cells.values())

    def write(self, lines: Sequence[Line]) -> list[Written]:
        """A batch, under one shape."""
        wanted = {column for line in lines for column in line}
        shape, columns = self.fitting(wanted)
        texts = (BETWEEN.join(map(line.get, columns, repeat(""))) for line in lines)
        return self.checked(shape, texts, lines.__getitem__)

    def checked(
        self, shape: int, texts: Iterable[str], line_at: Callable[[int], Line]
    ) -> list[Written]:
        """``texts`` as they are, unless DEL stood in a value: then the line as JSON."""
        cuts = len(self._all()[shape]) - 1
        return [
            (shape, text) if text.count(BETWEEN) == cuts else (None, encoded_cells(line_at(at)))
            for at, text in enumerate(texts)
        ]

    def fitting(self, wanted: Iterable[str]) -> tuple[int, tuple[str, ...]]:
        """A shape with at least these columns."""
        needed = set(wanted)
        for shape, columns in self._all().items():
            if len(columns) <= len(needed) + MOST_WIDER and needed.issubset(columns):
                return shape, columns
        return self._made(tuple(in_usual_order(sorted(needed))))

    def _made(self, columns: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
        shape = int(self.session.value(select(func.max(roster_shape.c.id))) or 0) + 1
        values = {"id": shape, "columns": encoded(columns)}
        self.session.change(insert(roster_shape), values)
        self._all()[shape] = columns
        return shape, columns

    def _all(self) -> dict[int, tuple[str, ...]]:
        if self._known is None:
            found = self.session.tuples(
                select(roster_shape.c.id, roster_shape.c.columns).order_by(roster_shape.c.id)
            )
            self._known = {one: tuple(json.loads(columns)) for one, columns in found}
        return self._known
