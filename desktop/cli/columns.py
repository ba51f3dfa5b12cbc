"""``tokhai columns``: what the columns of a workbook are taken for, and a file to correct it."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from desktop.cli import shapes
from desktop.cli.console import Outcome
from desktop.cli.context import Context
from forms.excel.layout import load
from forms.excel.mapping import ColumnGuess, SheetGuess
from forms.excel.mapping_file import field_titles, mapping_of, written_mapping
from resources.faults import DataFault, SurroundingsFault

_LONGEST_HEADING = 34
_LONGEST_SAMPLE = 24


def show(context: Context) -> Outcome:
    """Best sheet first; ``--map-out`` writes its guess as a mapping file."""
    if context.options.fields:
        return _fields(context.console.lang)
    if context.options.workbook is None:
        raise DataFault("columns.no_workbook")
    guesses = context.services.workbooks.columns(context.options.workbook)
    if not guesses:
        raise DataFault("columns.none")
    lines = list(_table(context, guesses[0]))
    if len(guesses) > 1:
        others = ", ".join(f"“{guess.sheet}”" for guess in guesses[1:])
        lines.append(context.console.words("cli.columns.other_sheets", sheets=others))
    if context.options.map_out:
        _write(context, guesses[0], context.options.map_out)
        written = str(context.options.map_out)
        lines.append(context.console.words("cli.columns.written", file=written))
    return Outcome(_document(guesses), lines)


def _document(guesses: Sequence[SheetGuess]) -> shapes.Json:
    return {
        **_sheet(guesses[0]),
        "layout": guesses[0].layout,
        "first_data_row": guesses[0].first_data_row,
        "rows": guesses[0].rows,
        "other_sheets": [_sheet(guess) for guess in guesses[1:]],
    }


def _sheet(guess: SheetGuess) -> shapes.Json:
    columns = [
        {
            "column": each.column,
            "heading": each.heading,
            "field": each.field,
            "confidence": each.confidence,
        }
        for each in guess.columns
    ]
    return {"sheet": guess.sheet, "header_row": guess.header_row, "columns": columns}


def _table(context: Context, guess: SheetGuess) -> Iterator[str]:
    words = context.console.words
    yield words("cli.columns.sheet", sheet=guess.sheet, row=guess.header_row, rows=guess.rows)
    if guess.layout:
        yield words("cli.columns.layout", layout=_layout_title(context, guess.layout))
    titles = field_titles(context.console.lang)
    for each in guess.columns:
        yield _line(context, each, titles.get(each.field or "", ""))


def _line(context: Context, each: ColumnGuess, title: str) -> str:
    taken = title or context.console.words("cli.columns.not_read")
    sure = f"{each.confidence:>4.0%}" if each.field else "    "
    sample = each.samples[0][:_LONGEST_SAMPLE] if each.samples else ""
    heading = each.heading.replace("\n", " ")[:_LONGEST_HEADING]
    why = context.console.words(each.why) if each.why else ""
    cells = f"  {each.column:>3}  {heading:{_LONGEST_HEADING}}  →  {taken:34}  {sure}"
    return f"{cells}  {sample:{_LONGEST_SAMPLE}}  {why}".rstrip()


def _layout_title(context: Context, code: str) -> str:
    layout = load(code)
    return layout.title_en if context.console.lang == "en" else layout.title_vi


def _fields(lang: str) -> Outcome:
    titles = field_titles(lang)
    document = {"fields": [{"field": key, "title": title} for key, title in titles.items()]}
    return Outcome(document, [f"  {key:24} {title}" for key, title in titles.items()])


def _write(context: Context, guess: SheetGuess, out: Path) -> None:
    headings = {each.column: each.heading for each in guess.columns}
    about = context.console.words("cli.columns.file_head").splitlines()
    text = written_mapping(mapping_of(guess), headings, about)
    try:
        out.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise SurroundingsFault("columns.cannot_write", file=out.name) from error
