"""Rows held small are the rows that were given, in every way in which a list is read."""

import sys
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.model import Part, Row, Section
from forms.packed import (
    Chunk,
    PackedBuilder,
    PackedRows,
    blocks_of,
    column_values,
    picked,
    place_of,
    with_row,
)

KEYS = ("ho_ten", "cccd", "loai", "ghi_chu")

ROWS = st.lists(
    st.builds(
        Row,
        st.integers(1, 2_000_000),
        st.dictionaries(
            st.sampled_from(KEYS),
            st.text(min_size=1, max_size=8) | st.sampled_from(["\x7f", "a\x7fb"]),
        ),
    ),
    max_size=40,
).map(tuple)


def built(rows: tuple[Row, ...], chunk_rows: int) -> PackedRows:
    builder = PackedBuilder(KEYS, chunk_rows=chunk_rows)
    for row in rows:
        builder.add(row.line, [row.get(key) for key in KEYS])
    return builder.done()


@given(rows=ROWS, chunk_rows=st.integers(1, 7))
def test_packed_rows_are_the_rows_that_were_given(rows: tuple[Row, ...], chunk_rows: int) -> None:
    packed = built(rows, chunk_rows)
    assert tuple(packed) == rows
    assert packed == rows
    assert rows == packed
    assert [packed[n] for n in range(-len(rows), len(rows))] == [*rows, *rows]
    assert packed[1:-1:2] == rows[1:-1:2]


@given(rows=ROWS, chunk_rows=st.integers(1, 7))
def test_it_does_not_matter_how_they_were_cut(rows: tuple[Row, ...], chunk_rows: int) -> None:
    assert built(rows, chunk_rows) == built(rows, chunk_rows + 1) == PackedRows.of(rows)
    assert [row for block in blocks_of(rows, chunk_rows=2) for row in block.rows] == list(rows)


@given(rows=ROWS, chunk_rows=st.integers(1, 7), sizes=st.lists(st.integers(1, 16), min_size=40))
def test_many_at_once_are_packed_as_one_by_one(
    rows: tuple[Row, ...], chunk_rows: int, sizes: list[int]
) -> None:
    builder = PackedBuilder(KEYS, chunk_rows=chunk_rows)
    rest = iter(rows)
    for size in sizes:
        if some := list(islice(rest, size)):
            columns = [[row.get(key) for row in some] for key in KEYS]
            builder.add_block([row.line for row in some], columns)
    assert len(builder) == len(rows)
    assert builder.done().chunks == built(rows, chunk_rows).chunks


@given(rows=ROWS.filter(bool), data=st.data())
def test_another_row_in_one_place(rows: tuple[Row, ...], data: st.DataObject) -> None:
    packed, place = built(rows, 3), data.draw(st.integers(0, len(rows) - 1))
    fresh = Row(rows[place].line, {"ghi_chu": "khác", "moi": "1"})
    changed = packed.with_row(place, fresh)
    assert changed == (*rows[:place], fresh, *rows[place + 1 :])
    assert packed == rows
    same = sum(one is other for one, other in zip(packed.chunks, changed.chunks, strict=True))
    assert same == len(packed.chunks) - 1


def test_a_section_is_equal_however_its_rows_are_held() -> None:
    rows = (Row(5, {"ho_ten": "Nguyễn Văn Giả"}), Row(9, {}))
    loose = Section(Part.LAO_DONG, "Dữ Liệu", {"ho_ten": "B"}, rows)
    packed = Section(Part.LAO_DONG, "Dữ Liệu", {"ho_ten": "B"}, PackedRows.of(rows))
    assert loose == packed
    assert packed != Section(Part.LAO_DONG, "Dữ Liệu", {"ho_ten": "B"}, rows[:1])
    assert packed != Section(Part.LAO_DONG, "Dữ Liệu", {"ho_ten": "B"}, (rows[0], Row(8, {})))


def test_an_empty_value_is_no_value() -> None:
    assert PackedRows.of([Row(1, {"ho_ten": "", "cccd": "1"})]) == (Row(1, {"cccd": "1"}),)


def test_a_list_of_nobody() -> None:
    packed = PackedBuilder(KEYS).done()
    assert not packed
    assert packed == ()
    with pytest.raises(IndexError):
        packed[0]


def test_a_key_stands_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        PackedBuilder(("ho_ten", "ho_ten"))


def test_a_traceback_shows_nobody() -> None:
    assert "Giả" not in repr(PackedRows.of([Row(1, {"ho_ten": "Giả"})]))


def test_a_hundred_thousand_rows_are_small() -> None:
    keys = [f"k{n}" for n in range(45)]
    builder = PackedBuilder(keys)
    for line in range(2_000):
        builder.add(
            line,
            [
                f"{line * 7919 % 10**9:012}" if n < 6 else f"giá trị {line % n}"
                for n in range(1, 46)
            ],
        )
    packed = builder.done()
    size = sum(sys.getsizeof(chunk.content) for chunk in packed.chunks)
    assert size * 50 < 40_000_000


def test_what_a_store_kept_is_read_again() -> None:
    rows = (Row(7, {"ho_ten": "Trần Thị Giả"}),)
    chunk = PackedRows.of(rows).chunks[0]
    assert PackedRows((Chunk(chunk.count, chunk.content),)) == rows


@given(rows=ROWS)
def test_rows_at_hand_are_those_that_were_packed(rows: tuple[Row, ...]) -> None:
    kept = built(rows, 3)
    read = PackedRows(tuple(Chunk(chunk.count, chunk.content) for chunk in kept.chunks))
    assert all(chunk.block is not None for chunk in kept.chunks)
    assert tuple(kept) == tuple(read) == rows
    assert list(picked(kept, range(len(rows)), ("loai",))) == list(
        picked(read, range(len(rows)), ("loai",))
    )


def test_of_a_long_list_the_first_rows_alone_stay_at_hand() -> None:
    builder = PackedBuilder(("ho_ten",))
    for line in range(16_250):
        builder.add(line, ("Trần Thị Giả",))
    *_, last_kept, last = builder.done().chunks
    assert last_kept.block is not None
    assert last.block is None
    assert last.unpack().lines[-1] == 16_249


@given(rows=ROWS.filter(bool), data=st.data())
def test_a_row_is_found_by_its_line_and_changed(rows: tuple[Row, ...], data: st.DataObject) -> None:
    line = data.draw(st.sampled_from(rows)).line
    place = next(place for place, row in enumerate(rows) if row.line == line)
    fresh = Row(line, {"loai": "2"})
    for kept in (rows, built(rows, 3)):
        assert place_of(kept, line) == place
        assert place_of(kept, 3_000_000) is None
        assert with_row(kept, place, fresh) == (*rows[:place], fresh, *rows[place + 1 :])


@given(rows=ROWS, data=st.data())
def test_some_rows_with_some_of_their_values(rows: tuple[Row, ...], data: st.DataObject) -> None:
    places = sorted(data.draw(st.sets(st.sampled_from(range(len(rows))) if rows else st.nothing())))
    wanted = [
        Row(row.line, {key: row.values[key] for key in ("cccd", "loai") if key in row.values})
        for row in (rows[place] for place in places)
    ]
    for kept in (rows, built(rows, 3)):
        assert list(picked(kept, places, ("cccd", "loai"))) == wanted
        values = [(row.get("loai"), row.get("khac")) for row in rows]
        assert list(column_values(kept, "loai", "khac")) == values
