"""A sheet that is taken row by row holds to the last cell what the reading library makes of it."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from forms.excel.letters import to_letters
from forms.excel.limits import Limits
from forms.excel.sources.opening import open_source
from forms.excel.sources.plain_values import PlainCells
from forms.excel.workbook import read_workbook
from resources.faults import DataFault
from tests.bench.wide import write_wide
from tests.fakes.workbooks import MAIN, Package, package, sheet_xml

SHEET = "Danh sách"
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" '
    'formatCode="dd/mm/yyyy"/></numFmts><cellXfs count="4"><xf numFmtId="0"/>'
    '<xf numFmtId="164"/><xf numFmtId="21"/><xf numFmtId="4"/></cellXfs></styleSheet>'
)
GENERAL, DATE, TIME = "", ' s="1"', ' s="2"'
WORDS = ("Cầm Thử", "x", "Đà Nẵng", "079095012345")


def strings_xml(*inside: str, head: str = "") -> str:
    items = "".join(f"<si>{each}</si>" for each in inside)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<sst xmlns="{MAIN}"{head}>{items}</sst>'


def words(*texts: str) -> str:
    return strings_xml(*(f"<t>{text}</t>" for text in texts))


def book(sheet: bytes, strings: str = words(*WORDS)) -> Package:
    made = package({SHEET: sheet})
    made.parts["xl/styles.xml"] = STYLES.encode()
    made.parts["xl/sharedStrings.xml"] = strings.encode()
    return made


def shared(place: str, index: object, more: str = "") -> str:
    return f'<c r="{place}"{more} t="s"><v>{index}</v></c>'


def number(place: str, written: object, more: str = "") -> str:
    return f'<c r="{place}"{more}><v>{written}</v></c>'


def line(at: int, *cells: str, more: str = "") -> str:
    return f'<row r="{at}"{more}>{"".join(cells)}</row>'


def rows_of(sheet: object) -> list[list[tuple[type, object]]]:
    return [[(type(cell), cell) for cell in row] for row in sheet]  # type: ignore[attr-defined]  # rows of either


def assert_as_the_library_has_it(path: Path, *, plain: bool = True) -> None:
    ours = open_source(path).load(SHEET)
    assert isinstance(ours._cells, PlainCells) is plain
    theirs = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(SHEET)
    laid_out = [list(row) for row in theirs.iter_rows()]
    assert rows_of(ours.rows()) == rows_of(laid_out)
    for first, most in ((1, 2), (2, 3), (4, 250)):
        across = [
            list(row) for block in ours.across(first, most) for row in zip(*block, strict=True)
        ]
        assert rows_of(across) == rows_of(laid_out[first - 1 :])
    assert theirs.start
    assert theirs.end
    assert (ours.first_column, ours.last_line) == (theirs.start[1] + 1, theirs.end[0] + 1)


PLAIN = {
    "numbers and strings": [line(1, shared("A1", 0), number("B1", 1)), line(2, number("A2", 2.5))],
    "a column of both": [
        line(1, shared("A1", 1)),
        line(2, number("A2", 1)),
        line(3, shared("A3", 0)),
    ],
    "lines left out": [
        line(3, number("B3", 1)),
        line(7, shared("D7", 2)),
        line(8, number("B8", 0)),
    ],
    "rows and cells with a format alone": [
        line(1, number("A1", 1)),
        line(2, '<c r="A2" s="3"/><c r="B2" s="1"></c>'),
        '<row r="9" ht="15"/>',
        line(10, '<c r="C10" s="1"/>'),
    ],
    "dates and times": [
        line(1, number("A1", 45000, DATE), number("B1", 0.5, TIME), number("C1", 45000.25, DATE)),
        line(2, number("A2", 45001, DATE), number("B2", 12, GENERAL), shared("C2", 3, DATE)),
        line(3, number("A3", -3, DATE), number("B3", 0, TIME), number("C3", 60, DATE)),
    ],
    "numbers however written": [
        line(at, number(f"A{at}", written))
        for at, written in enumerate(
            ("007", "-0", "-1.50", "1E20", "1.2E-7", "123456789012345678", "9" * 400, "1E400"), 1
        )
    ],
    "rows as Excel describes them": [
        line(1, number("A1", 1), more=' spans="1:82" ht="15.75" x14ac:dyDescent="0.25"'),
        "\r\n",
        line(
            2, number("A2", 1, ' s="3"'), '<c r="B2" s="3" t="n"><v>2</v></c>', more=' hidden="0"'
        ),
    ],
    "a wide sheet": [line(1, number("A1", 1)), line(2, number("DZ2", 1), more=' hidden="1"')],
}
NOT_PLAIN = {
    "a formula": [line(1, '<c r="A1"><f>1+1</f><v>2</v></c>')],
    "an error": [line(1, '<c r="A1" t="e"><v>#REF!</v></c>', number("B1", 1))],
    "a text of its own": [line(1, '<c r="A1" t="inlineStr"><is><t>x</t></is></c>')],
    "yes or no": [line(1, '<c r="A1" t="b"><v>1</v></c>')],
    "cells in another order": [line(1, number("B1", 1), number("A1", 2))],
    "a cell of another line": [line(1, number("A1", 1), number("B2", 2))],
    "lines in another order": [line(2, number("A2", 1)), line(1, number("A1", 1))],
    "what is no number": [line(1, number("A1", "1.2.3"))],
    "words between the rows": [line(1, number("A1", 1)), "x", line(2, number("A2", 1))],
    "a comment": ["<!-- -->", line(1, number("A1", 1))],
    "a row hidden in words of its own": [line(1, number("A1", 1), more=' hidden="on"')],
    "a cell further out than is usual": [line(1, number("EZ1", 1))],
    "a number for a string": [line(1, shared("A1", "1.0"))],
    "no reference": ["<row><c><v>1</v></c></row>"],
    "white space around a number": [line(1, number("A1", " 1 "))],
}


@pytest.mark.parametrize("rows", PLAIN.values(), ids=PLAIN)
def test_a_plain_sheet_is_read_as_the_library_reads_it(tmp_path: Path, rows: Sequence[str]) -> None:
    assert_as_the_library_has_it(book(sheet_xml(rows)).write(tmp_path / "a.xlsx"))


@pytest.mark.parametrize("rows", NOT_PLAIN.values(), ids=NOT_PLAIN)
def test_whatever_else_is_left_to_the_library(tmp_path: Path, rows: Sequence[str]) -> None:
    assert_as_the_library_has_it(book(sheet_xml(rows)).write(tmp_path / "a.xlsx"), plain=False)


@pytest.mark.parametrize(
    "strings",
    [
        words(*WORDS),
        words("a &amp; b", " vì ", "c", "d"),
        words("một\nhai", "_x000D_", "_x0041_", "A_x"),
        strings_xml("<r><t>a</t></r><r><t>b</t></r>", "<t/>", "<t></t>", "<t>c</t>"),
        strings_xml('<t xml:space="preserve"> a </t>', "<t>b</t>", "<t>c</t>", "<t/>"),
        strings_xml(
            '<t>a</t><rPh sb="0" eb="1"><t>z</t></rPh>', "<t>b</t>", "<t>c</t>", "<t>d</t>"
        ),
        words(*WORDS).replace('<?xml version="1.0" encoding="UTF-8"?>\n', ""),
        words(*WORDS).replace(f' xmlns="{MAIN}"', f' xmlns="{MAIN}" count="4" uniqueCount="4"'),
    ],
    ids=["words", "signs", "escapes", "rich", "spaces", "phonetic", "no declaration", "counted"],
)
def test_shared_strings_are_what_the_library_makes_of_them(tmp_path: Path, strings: str) -> None:
    rows = [line(at, shared(f"A{at}", index)) for at, index in enumerate((3, 0, 1, 2, 0), 1)]
    assert_as_the_library_has_it(book(sheet_xml(rows), strings).write(tmp_path / "a.xlsx"))


@pytest.mark.parametrize(
    "strings", [words(*WORDS).replace("<si>", "<si  >"), words(*WORDS[:2]) + " "]
)
def test_strings_that_cannot_be_counted_are_left_to_the_library(
    tmp_path: Path, strings: str
) -> None:
    path = book(sheet_xml([line(1, shared("A1", 0))]), strings).write(tmp_path / "a.xlsx")
    source = open_source(path)
    theirs = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(SHEET)
    assert rows_of(source.load(SHEET).rows()) == rows_of(theirs.iter_rows())


@pytest.mark.parametrize("index", ["4", "99999999999999999999"])
def test_a_string_that_is_not_there_is_a_broken_file(tmp_path: Path, index: str) -> None:
    path = book(sheet_xml([line(1, shared("A1", index))])).write(tmp_path / "a.xlsx")
    with pytest.raises(DataFault) as caught:
        list(open_source(path).load(SHEET).rows())
    assert caught.value.code == "workbook.broken"


def test_hidden_and_merged_places_are_known(tmp_path: Path) -> None:
    columns = '<cols><col min="2" max="3" hidden="1" width="9"/><col min="5" max="5"/></cols>'
    rows = [line(1, number("A1", 1)), line(2, number("A2", 1), more=' ht="9" hidden="true"')]
    sheet = sheet_xml(rows, before=columns).replace(
        b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="A1:C2"/></mergeCells>'
    )
    found = open_source(book(sheet).write(tmp_path / "a.xlsx")).load(SHEET)
    assert isinstance(found._cells, PlainCells)
    assert (set(found.hidden_rows), set(found.hidden_columns)) == ({2}, {2, 3})
    (area,) = found.merged
    assert (area.first_row, area.first_column, area.last_row, area.last_column) == (1, 1, 2, 3)


def test_a_long_text_used_too_often_is_refused_and_used_rarely_is_read(tmp_path: Path) -> None:
    strings = words("x" * 10_000, *WORDS)
    rows = [line(at, shared(f"A{at}", int(at > 20))) for at in range(1, 101)]
    path = book(sheet_xml(rows), strings).write(tmp_path / "a.xlsx")
    assert_as_the_library_has_it(path)
    enough, too_little = Limits(text_bytes=250_000), Limits(text_bytes=150_000)
    assert open_source(path, enough).load(SHEET).last_line == 100
    with pytest.raises(DataFault) as caught:
        open_source(path, too_little).load(SHEET)
    assert caught.value.code == "workbook.text_too_long"


def test_a_sheet_longer_than_a_piece_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "wide.xlsx"
    write_wide(path, 1_500)
    theirs = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
    ours = open_source(path).load(theirs.name)
    assert isinstance(ours._cells, PlainCells)
    assert list(ours.rows()) == list(theirs.iter_rows())
    assert len(read_workbook(path).draft.sections[0].rows) == 1_500


_cells = st.one_of(
    st.none(),
    st.tuples(st.just("s"), st.integers(0, len(WORDS) - 1)),
    st.tuples(
        st.sampled_from([GENERAL, DATE, TIME, ' s="3"']),
        st.one_of(st.integers(-5, 60_000), st.floats(0, 60_000).map(lambda x: round(x, 4))),
    ),
)
_sheets = st.lists(st.tuples(st.integers(1, 3), st.lists(_cells, max_size=6)), max_size=12)


def _as_xml(sheet: Sequence[tuple[int, Sequence[tuple[str, float] | None]]]) -> list[str]:
    rows, at = [], 0
    for step, cells in sheet:
        at += step
        placed = [(f"{to_letters(n)}{at}", cell) for n, cell in enumerate(cells, 1) if cell]
        made = [
            shared(place, int(value)) if how == "s" else number(place, value, how)
            for place, (how, value) in placed
            if "e" not in str(value)
        ]
        rows.append(line(at, *made))
    return rows


@settings(max_examples=150, deadline=None)
@given(_sheets)
def test_any_plain_sheet_is_read_as_the_library_reads_it(
    sheet: list[tuple[int, list[tuple[str, float] | None]]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = book(sheet_xml(_as_xml(sheet))).write(Path(folder, "a.xlsx"))
        theirs = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(SHEET)
        if theirs.start is not None:
            assert_as_the_library_has_it(path)
