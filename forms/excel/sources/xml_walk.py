"""The slow, sure way through an .xlsx sheet: every element, whoever wrote it and however."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from xml.parsers.expat import XMLParserType

from forms.excel.expat import feed, local_name, new_parser
from forms.excel.letters import to_number
from forms.excel.sources.facts import FactsLog, Issue

_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})\Z")
_TRUE = frozenset({"1", "true"})


@dataclass(slots=True, kw_only=True)
class Walk:
    """One pass over all elements of a sheet."""

    log: FactsLog
    string_sizes: Sequence[int]
    row: int = 0
    column: int = 0
    kind: str = ""
    has_formula: bool = False
    has_value: bool = False
    text: str = ""
    parser: XMLParserType = field(default_factory=new_parser)

    def run(self, chunks: Iterable[bytes]) -> None:
        """Fills the log. Raises DataFault as the log and the parser do."""
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.buffer_text = True
        feed(self.parser, chunks)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match local_name(name):
            case "c":
                self.begin_cell(attributes)
            case "row":
                self.begin_row(attributes)
            case "v" | "is":
                self.has_value = True
                self.parser.CharacterDataHandler = self.add_text
            case "f":
                self.has_formula = True
            case "col":
                self.begin_column(attributes)

    def end(self, name: str) -> None:
        match local_name(name):
            case "v" | "is":
                self.parser.CharacterDataHandler = None
            case "c":
                self.end_cell()

    def add_text(self, text: str) -> None:
        if len(self.text) < 100:
            self.text += text

    def begin_column(self, attributes: Mapping[str, str]) -> None:
        if attributes.get("hidden") in _TRUE:
            first, last = (_whole(attributes.get(key, "")) for key in ("min", "max"))
            self.log.hide_columns(first, last)

    def begin_row(self, attributes: Mapping[str, str]) -> None:
        self.row = _whole(attributes.get("r", "")) or self.row + 1
        self.column = 0
        if attributes.get("hidden") in _TRUE:
            self.log.hide_row(self.row)

    def begin_cell(self, attributes: Mapping[str, str]) -> None:
        place = _REFERENCE.match(attributes.get("r", ""))
        self.column = to_number(place[1].upper()) if place else self.column + 1
        self.row = int(place[2]) if place else self.row
        self.kind = attributes.get("t", "")
        self.has_formula = self.has_value = False
        self.text = ""

    def end_cell(self) -> None:
        if self.has_value:
            self.log.reach(self.row, self.column)
        if self.kind == "e":
            self.log.note(Issue.ERROR, self.row, self.column, self.text)
        elif self.kind == "s":
            self.log.weigh_used({_whole(self.text): 1}, self.string_sizes)
        elif self.has_formula and not self.text and not (self.kind == "str" and self.has_value):
            self.log.note(Issue.NO_VALUE, self.row, self.column, self.text)


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else 0
