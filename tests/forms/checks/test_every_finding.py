"""The checks look at hundreds of rows at once; what they say is what they say of each row alone.

``tests/data/checks`` holds a list of 2,000 invented people, most of them spoilt, and all findings
as the checks made them when they still went row by row.
"""

import json
from collections import Counter
from dataclasses import replace

import pytest

from forms.model import Draft, Row
from forms.packed import PackedBuilder, PackedRows
from tests.data.checks.make import expected, found, lines, read_draft


@pytest.fixture(scope="module")
def spoilt() -> tuple[Draft, tuple[Row, ...]]:
    return read_draft()


def packed(draft: Draft, chunk_rows: int) -> Draft:
    def pack(rows: tuple[Row, ...], keys: list[str]) -> PackedRows:
        builder = PackedBuilder(keys, chunk_rows=chunk_rows)
        for row in rows:
            builder.add(row.line, [row.get(key) for key in keys])
        return builder.done()

    sections = (replace(s, rows=pack(tuple(s.rows), list(s.columns))) for s in draft.sections)
    return replace(draft, sections=tuple(sections))


def test_the_list_is_faulty_in_most_ways_there_are(spoilt: tuple[Draft, tuple[Row, ...]]) -> None:
    codes = Counter(json.loads(line)[0] for line in expected())
    assert len(codes) > 75
    assert sum(codes.values()) > 2_000
    assert sum(len(section.rows) for section in spoilt[0].sections) > 2_000


def test_every_finding_is_the_one_that_was(spoilt: tuple[Draft, tuple[Row, ...]]) -> None:
    assert lines(found(*spoilt)) == expected()


@pytest.mark.parametrize("chunk_rows", [1, 7, 250, 10_000])
def test_it_does_not_matter_how_the_rows_are_packed(
    spoilt: tuple[Draft, tuple[Row, ...]], chunk_rows: int
) -> None:
    draft, earlier = spoilt
    assert lines(found(packed(draft, chunk_rows), earlier)) == expected()
