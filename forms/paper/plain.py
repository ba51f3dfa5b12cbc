"""A plain, complete layout from a form's description, where its printed look is not known."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from forms.definition import HEADER, Confidence, Field, FieldType, FormDefinition
from forms.paper.content import UNIT, PaperContent
from forms.paper.layout import Align, Frame, Look, PaperLayout, Paragraph, RowTable, TableColumn
from forms.paper.table import PaperRow
from forms.paper.wording import plain_note

_A4 = (595.28, 841.89)
_MARGIN = 34.0
_MOST = 20
"""columns of one table; what is more goes into a further table below"""
_WIDE = 8
"""columns from which the sheet lies across"""
_DOTS = 20
_NAMED = ("stt", "ho_ten")
"""columns that begin every further table"""
_SHARES = {FieldType.TEXT: 3.0, FieldType.FLAG: 1.0}
_SHARE = 2.0
_MARKS = (("{", "("), ("}", ")"), ("**", "*"), ("__", "_"))
_NUMBER = "stt"
_NUMBER_SHARE = 0.9


def plain_layout(definition: FormDefinition, content: PaperContent) -> PaperLayout:
    """Every printed field, and every other in which something stands."""
    each = definition.part if definition.household_part is not None else ""
    tables = [
        table
        for part in _list_parts(definition, each)
        for table in _tables(definition, part, _rows(content, part, each))
    ]
    return PaperLayout(
        form=definition.code,
        source=definition.source,
        confidence=Confidence.UNVERIFIED,
        frame=_frame(across=any(len(table.columns) >= _WIDE for table in tables)),
        each=each,
        blocks=(*_head(definition, content, each), *tables),
        look=Look.PLAIN,
    )


def _list_parts(definition: FormDefinition, each: str) -> list[str]:
    """The form's lists; the household of a person where each has a declaration of its own."""
    if each:
        return [definition.household_part or ""]
    parts = dict.fromkeys(field.part for field in definition.fields)
    return [part for part in parts if part != HEADER]


def _rows(content: PaperContent, part: str, each: str) -> Sequence[PaperRow]:
    if each:
        return list(chain.from_iterable(content.households.values()))
    return content.lists.get(part, ())


def _head(definition: FormDefinition, content: PaperContent, each: str) -> Iterator[Paragraph]:
    yield Paragraph(text=f"__{plain_note()}__", size=9, align=Align.CENTER)
    yield Paragraph(
        text=f"**{definition.title_vi.upper()}**", size=13, align=Align.CENTER, before=8
    )
    yield Paragraph(text=f"**{definition.code}**", align=Align.CENTER, before=2)
    yield Paragraph(text=f"{{{UNIT}}}", before=6)
    parts = [(HEADER, [content.header])]
    if each:
        parts.append((each, list(content.lists.get(each, ()))))
    for part, rows in parts:
        for field in _fields(definition, part, rows):
            label = f"{_number(field)} {_plain(field.label_vi)}".strip()
            yield Paragraph(text=f"{label}: {{{field.key}|{_DOTS}}}", before=3)


def _tables(definition: FormDefinition, part: str, rows: Sequence[PaperRow]) -> Iterator[RowTable]:
    fields = _fields(definition, part, rows)
    named = [field for field in fields if field.key in _NAMED]
    others = [field for field in fields if field.key not in _NAMED]
    step = _MOST - len(named)
    for begin in range(0, len(fields), step):
        chosen = [*named, *others[begin : begin + step]]
        if begin and len(chosen) == len(named):
            return
        yield RowTable(
            part=part,
            columns=tuple(map(_column, chosen)),
            size=7.5,
            heading_size=7,
            blank=1,
            before=10,
        )


def _fields(definition: FormDefinition, part: str, rows: Iterable[PaperRow]) -> list[Field]:
    filled = {key for row in rows for key, value in row.raw.items() if value}
    fields = [field for field in definition.fields if field.part == part]
    return [field for field in fields if field.is_printed or field.key in filled]


def _column(field: Field) -> TableColumn:
    is_number = field.key == _NUMBER
    return TableColumn(
        key=field.key,
        heading=(field.label_vi,),
        number=_number(field),
        width=_NUMBER_SHARE if is_number else _SHARES.get(field.type, _SHARE),
        align=_align(field) if not is_number else Align.CENTER,
    )


def _align(field: Field) -> Align:
    if field.type in (FieldType.TEXT, FieldType.CODE):
        return Align.LEFT
    return Align.RIGHT if field.type is FieldType.MONEY else Align.CENTER


def _number(field: Field) -> str:
    return field.number.strip("*")


def _plain(label: str) -> str:
    """A label that cannot be taken for marks."""
    for mark, instead in _MARKS:
        label = label.replace(mark, instead)
    return label


def _frame(*, across: bool) -> Frame:
    width, height = _A4[::-1] if across else _A4
    return Frame(
        width=width,
        height=height,
        left=_MARGIN,
        top=_MARGIN,
        right=_MARGIN,
        bottom=_MARGIN,
        size=11,
    )
