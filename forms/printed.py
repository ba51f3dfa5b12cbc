"""From the draft's rows to the lines of the printed form: codes become words, parts are joined.

The form of 2026 has no column for the phương án: the code is data, the paper shows its words.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from forms.codes import code_list
from forms.definition import Field, FormDefinition, Kind, MadeBy, Making
from forms.model import Draft, Row

Words = Callable[[str, str], str | None]
"""name of a code list and a code → its words"""

_MARK = "x"


def _words(name: str, code: str) -> str | None:
    return code_list(name).name_of(code)


def printed_rows(
    definition: FormDefinition, draft: Draft, *, words: Words = _words
) -> tuple[Mapping[str, str], ...]:
    """One line for every row of the draft the form is made of: field key → text as printed.

    ``stt`` counts from 1. A code that stands in no list is printed as it is.
    """
    return printed_lines(definition, definition.rows_of(draft), words=words)


def printed_lines(
    definition: FormDefinition, rows: Sequence[Row], *, words: Words = _words
) -> tuple[Mapping[str, str], ...]:
    """As ``printed_rows``, of rows that are the form's already; those of a notice keep the
    agency's own numbers."""
    fields = [f for f in definition.fields if f.part == definition.part and f.is_printed]
    counted = {"stt"} if definition.kind is Kind.FILED else set()
    return tuple(
        {f.key: str(n) if f.key in counted else _value(f, row, words) for f in fields}
        for n, row in enumerate(rows, 1)
    )


def _value(field: Field, row: Row, words: Words) -> str:
    if field.made is not None:
        return _made(field.made, row, words)
    return row.get(field.key)


def _made(making: Making, row: Row, words: Words) -> str:
    values = [row.get(key) for key in making.of]
    match making.by:
        case MadeBy.JOIN:
            return ", ".join(value for value in values if value)
        case MadeBy.SUM:
            return _sum(values)
        case MadeBy.MARK:
            return _MARK if any(values) else ""
        case MadeBy.WORDS:
            return ", ".join(words(making.code_list, v) or v for v in values if v)
        case MadeBy.CHOICE:
            chosen = zip(making.words, values, strict=True)
            return ", ".join(word for word, value in chosen if value == "1")
        case MadeBy.COPY | MadeBy.FIRST:
            return next((value for value in values if value), "")


def _sum(values: list[str]) -> str:
    """Amounts added up; what is no amount is left standing beside them, for the user to see."""
    filled = [value for value in values if value]
    try:
        return str(sum(map(Decimal, filled))) if filled else ""
    except InvalidOperation:
        return " + ".join(filled)
