"""Rows that are cut by what rows before had in common are cut as any row is."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from forms.excel.sources.row_cut import (
    MIXED,
    Alike,
    Cut,
    Mixed,
    cut,
    cut_like,
    in_common,
    looks_of,
)

WIDTH = 3
CELLS = st.sampled_from(("", "v", "s", "styled", "empty", "closed"))
ROWS = st.lists(st.tuples(*(CELLS for _ in range(WIDTH))), min_size=1, max_size=4)
WRITTEN = {
    "v": b'<c r="%s"><v>%d</v></c>',
    "s": b'<c r="%s" t="s"><v>%d</v></c>',
    "styled": b'<c r="%s" s="4"><v>-%d.5E2</v></c>',
    "empty": b'<c r="%s" s="4"></c>',
    "closed": b'<c r="%s" s="4"/>',
}


def piece(rows: list[tuple[str, ...]], first: int = 1) -> bytes:
    return b"\n".join(
        b'<row r="%d" spans="1:3">%b</row>' % (line, b"".join(cells(line, kinds)))
        for line, kinds in enumerate(rows, first)
    )


def cells(line: int, kinds: tuple[str, ...]) -> list[bytes]:
    places = (b"%c%d" % (letter, line) for letter in b"ABC")
    written = ((WRITTEN[kind], place) for kind, place in zip(kinds, places, strict=True) if kind)
    return [text % ((place, line) if b"%d" in text else place) for text, place in written]


def spelt_out(found: Cut) -> object:
    """Every cell as ``cut`` gives it; columns without any cell left out."""
    columns = {
        number: list(zip(*_of_each(column, len(found.lines)), strict=True))
        for number, column in found.columns.items()
    }
    filled = {n: column for n, column in columns.items() if set(column) != {(None, None)}}
    return found.lines, found.attributes, filled


def _of_each(column: Mixed | Alike, count: int) -> tuple[Sequence[object], Sequence[object]]:
    if isinstance(column, Mixed):
        return column.attributes, column.values
    return [column.attributes] * count, column.values or [None] * count


@settings(max_examples=60, deadline=None)
@given(before=ROWS, rows=ROWS)
def test_rows_are_cut_alike_whatever_came_before(
    before: list[tuple[str, ...]], rows: list[tuple[str, ...]]
) -> None:
    earlier, any_way = cut(piece(before), WIDTH), cut(piece(rows, 11), WIDTH)
    assert earlier
    assert any_way
    looks = looks_of(earlier)
    by_looks = cut_like(piece(rows, 11), looks)
    if by_looks is not None:
        assert spelt_out(by_looks) == spelt_out(any_way)
    both = in_common(looks, looks_of(any_way))
    again = cut_like(piece(rows, 11), both)
    if any(look.attributes is not None for look in both):
        assert again is not None
        assert spelt_out(again) == spelt_out(any_way)


def test_rows_all_alike_are_cut_by_their_looks() -> None:
    found = cut(piece([("v", "s", "")] * 2), WIDTH)
    assert found
    looks = looks_of(found)
    assert MIXED not in looks
    assert cut_like(piece([("v", "s", "")] * 3, 5), looks)
    assert cut_like(piece([("v", "s", ""), ("v", "v", "")]), looks) is None


def test_what_is_no_row_is_not_cut() -> None:
    looks = looks_of(cut(piece([("v", "v", "v")]), WIDTH) or Cut([], [], {}))
    for odd in (b"<row/>", b'<row r="2"><c r="A3"><v>1</v></c></row>', b"x"):
        whole = piece([("v", "v", "v")]) + odd
        assert cut(whole, WIDTH) is None
        assert cut_like(whole, looks) is None
