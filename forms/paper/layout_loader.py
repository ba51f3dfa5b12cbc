"""Reads ``resources/paper/<form>-<valid from>.toml``. What is unknown or dangling is refused."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass

from forms.definition import HEADER, Confidence, FormDefinition, read_source
from forms.paper.content import FILED_ON, UNIT
from forms.paper.layout import (
    Align,
    Block,
    Cell,
    Columns,
    Frame,
    Look,
    PaperLayout,
    Paragraph,
    RowTable,
    TableColumn,
    Total,
)
from forms.paper.markup import keys_in
from forms.strict_toml import Table

_A4 = (595.28, 841.89)
_ORIENTATIONS = ("portrait", "landscape")


def load_layout(text: str, *, file: str, definition: FormDefinition) -> PaperLayout:
    """Parses a layout. Raises DefinitionFault, also for a key that the form does not have."""
    top = Table(tomllib.loads(text), file=file, place="")
    source, confidence = read_source(top)
    reader = _Reader(definition, each=top.text("each", ""))
    layout = PaperLayout(
        form=top.text("form"),
        source=source,
        confidence=confidence,
        frame=_frame(top),
        each=reader.each,
        blocks=tuple(reader.block(table) for table in top.tables("block")),
        look=Look.OFFICIAL if confidence is Confidence.CERTAIN else Look.LIKELY,
    )
    if layout.form != definition.code:
        raise top.fault("definition.unknown_value", layout.form)
    top.done()
    return layout


def _frame(top: Table) -> Frame:
    orientation = top.text("orientation")
    if orientation not in _ORIENTATIONS:
        raise top.fault("definition.unknown_value", orientation)
    width, height = _A4 if orientation == "portrait" else _A4[::-1]
    margins = top.table("margins") or Table({}, file=top.file, place="margins")
    frame = Frame(
        width=width,
        height=height,
        left=_length(margins, "left"),
        top=_length(margins, "top"),
        right=_length(margins, "right"),
        bottom=_length(margins, "bottom"),
        size=_length(top, "size"),
    )
    margins.done()
    return frame


@dataclass(frozen=True, slots=True)
class _Reader:
    definition: FormDefinition
    each: str

    def block(self, table: Table) -> Block:
        kind = table.text("kind", "text")
        block: Block
        if kind == "text":
            return self.paragraph(table)
        if kind == "columns":
            block = self._columns(table)
        elif kind == "table":
            block = self._table(table)
        else:
            raise table.fault("definition.unknown_value", kind)
        table.done()
        return block

    def paragraph(self, table: Table) -> Paragraph:
        found = Paragraph(
            text=table.text("text"),
            align=_align(table, Align.LEFT),
            size=table.length("size"),
            before=table.length("before"),
            indent=table.length("indent"),
            rule=table.length("rule"),
        )
        try:
            wanted = keys_in(found.text)
        except ValueError:
            raise table.fault("definition.unknown_value", found.text) from None
        self._check(table, wanted, (HEADER, self.each))
        table.done()
        return found

    def _columns(self, table: Table) -> Columns:
        return Columns(
            cells=tuple(self._cell(cell) for cell in table.tables("cells")),
            before=table.length("before"),
            after=table.length("after"),
        )

    def _cell(self, table: Table) -> Cell:
        cell = Cell(
            width=_length(table, "width"),
            lines=tuple(self.paragraph(line) for line in table.tables("lines")),
        )
        table.done()
        return cell

    def _table(self, table: Table) -> RowTable:
        part = table.text("part")
        found = RowTable(
            part=part,
            columns=tuple(self._column(column, part) for column in table.tables("columns")),
            size=_length(table, "size"),
            heading_size=_length(table, "heading_size"),
            total=_total(table),
            blank=table.number("blank") or 0,
            before=table.length("before"),
        )
        keys = [column.key for column in found.columns]
        if found.total:
            _check_among(table, (found.total.under, *found.total.of), keys)
        return found

    def _column(self, table: Table, part: str) -> TableColumn:
        key = table.text("key")
        field = self.definition.field(key, part)
        if field is None:
            raise table.fault("definition.not_a_form_key", key)
        column = TableColumn(
            key=key,
            heading=table.texts("heading"),
            number=table.text("number", field.number.strip("*")),
            width=_length(table, "width"),
            align=_align(table, Align.CENTER),
            also=table.texts("also"),
        )
        _check_among(table, column.also, self.definition.keys(part))
        if not column.heading:
            raise table.fault("definition.missing", "heading")
        table.done()
        return column

    def _check(self, table: Table, keys: Iterable[str], parts: Iterable[str]) -> None:
        known = {UNIT, *FILED_ON}.union(*(self.definition.keys(part) for part in parts))
        _check_among(table, keys, known)


def _check_among(table: Table, keys: Iterable[str], known: Iterable[str]) -> None:
    for key in sorted(set(keys) - set(known)):
        raise table.fault("definition.not_a_form_key", key)


def _total(table: Table) -> Total | None:
    found = table.table("total")
    if found is None:
        return None
    total = Total(label=found.text("label"), under=found.text("under"), of=found.texts("of"))
    found.done()
    return total


def _align(table: Table, usual: Align) -> Align:
    name = table.text("align", usual)
    if name not in frozenset(Align):
        raise table.fault("definition.unknown_value", name)
    return Align(name)


def _length(table: Table, key: str) -> float:
    if key not in table:
        raise table.fault("definition.missing", key)
    return table.length(key)
