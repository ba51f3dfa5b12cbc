"""The sheets a form is set on: where the next block begins, and when a new page is needed."""

from collections.abc import Iterable

from forms.paper.document import Mark, Page
from forms.paper.layout import Frame


class Sheets:
    """Filled from top to bottom; page numbers are added when all is known."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.y = frame.top
        self._pages: list[list[Mark]] = [[]]

    @property
    def room(self) -> float:
        """What is left of this page."""
        return self.frame.height - self.frame.bottom - self.y

    @property
    def whole(self) -> float:
        """What an empty page offers."""
        return self.frame.height - self.frame.bottom - self.frame.top

    @property
    def is_fresh(self) -> bool:
        return self.y <= self.frame.top

    def put(self, marks: Iterable[Mark]) -> None:
        self._pages[-1].extend(marks)

    def turn(self) -> None:
        """Goes to the top of a new page."""
        self._pages.append([])
        self.y = self.frame.top

    def need(self, height: float) -> None:
        """A new page, unless so much is free on this one or on none."""
        if height > self.room and not self.is_fresh:
            self.turn()

    def pages(self) -> tuple[Page, ...]:
        return tuple(Page(tuple(marks)) for marks in self._pages)
