"""The printed look of a form as data: blocks from top to bottom. Lengths are points.

Texts carry marks: ``**bold**``, ``__italic__``, ``{key}`` a value, ``{key|20}`` a value or, where
there is none, twenty dots and as many as fill the line, ``{|20}`` only the dots,
``{box key=value}`` a box ticked by that value, ``{box key}`` by any, ``{else key}`` a value that
ticks no box of the text, ``{upper key}`` in capitals, ``{words key}`` an amount in words.
"""

from dataclasses import dataclass
from enum import StrEnum

from forms.definition import Confidence


class Look(StrEnum):
    """How well the printed look is known."""

    OFFICIAL = "official"
    LIKELY = "likely"
    """the columns as issued; what stands around them is not proven"""
    PLAIN = "plain"
    """not at all: made from the form's description"""


class Align(StrEnum):
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    text: str
    align: Align = Align.LEFT
    size: float = 0
    """0: that of the page"""
    before: float = 0
    indent: float = 0
    """of the first line"""
    rule: float = 0
    """length of a line drawn under it"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One of several texts that stand side by side."""

    width: float
    """its share"""
    lines: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Texts side by side; never torn over two pages."""

    cells: tuple[Cell, ...]
    before: float = 0
    after: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TableColumn:
    key: str
    heading: tuple[str, ...]
    """from the top level down; neighbours under the same upper heading share its cell"""
    number: str
    """as printed under the heading"""
    width: float
    """its share"""
    align: Align
    also: tuple[str, ...] = ()
    """keys whose values stand in the same cell, after a comma"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """The line that ends a table."""

    label: str
    under: str
    """key of the column that the label stands in"""
    of: tuple[str, ...]
    """keys of the columns that are added up"""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowTable:
    """A list with its headings, which are repeated on every page."""

    part: str
    columns: tuple[TableColumn, ...]
    size: float
    heading_size: float
    total: Total | None = None
    blank: int = 0
    """empty lines where the list has no row"""
    before: float = 0


Block = Paragraph | Columns | RowTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The sheet and what is left free around it."""

    width: float
    height: float
    left: float
    top: float
    right: float
    bottom: float
    size: float
    """of letters, where a block says nothing else"""

    @property
    def inner(self) -> float:
        """Width that blocks have."""
        return self.width - self.left - self.right


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLayout:
    form: str
    source: str
    confidence: Confidence
    frame: Frame
    each: str
    """part of which every row makes a declaration of its own, with its page numbers; or empty"""
    blocks: tuple[Block, ...]
    look: Look
