"""After one row was typed over, what is found is what a check of the whole list would find."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.practice.sample import sample_unit
from forms.checks import everything
from forms.checks.scan import Memory
from forms.model import Draft, Period, Row, Section
from forms.packed import PackedBuilder, PackedRows
from tests.data.checks.make import found, read_draft

ROWS = 120


def packed(section: Section) -> Section:
    keys = list(section.columns)
    builder = PackedBuilder(keys, chunk_rows=16)
    for row in section.rows[:ROWS]:
        builder.add(row.line, [row.get(key) for key in keys])
    return replace(section, rows=builder.done())


@pytest.fixture(scope="module")
def listed() -> Draft:
    draft, _ = read_draft()
    return replace(draft, sections=tuple(map(packed, draft.sections)))


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch) -> Memory:
    fresh = Memory()
    monkeypatch.setattr(everything, "_MEMORY", fresh)
    return fresh


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_it_is_as_if_everything_had_been_checked(
    listed: Draft, memory: Memory, data: st.DataObject
) -> None:
    """Values wander between rows and columns: numbers, names, months, nothing at all."""
    draft = listed
    for _ in range(3):
        draft = typed_over(draft, data)
        earlier = tuple(listed.sections[0].rows[:10])
        known = found(draft, earlier)
        memory.noted.clear()
        assert known == found(draft, earlier)
        assert known == found(loose(draft), earlier)


def typed_over(draft: Draft, data: st.DataObject) -> Draft:
    place = data.draw(st.integers(0, len(draft.sections) - 1))
    section = draft.sections[place]
    keys = sorted(section.columns)
    at, other = (data.draw(st.integers(0, len(section.rows) - 1)) for _ in range(2))
    key, taken = data.draw(st.sampled_from(keys)), data.draw(st.sampled_from(keys))
    row = section.rows[at]
    value = data.draw(
        st.sampled_from([section.rows[other].get(key), section.rows[other].get(taken), ""])
    )
    assert isinstance(section.rows, PackedRows)
    rows = section.rows.with_row(at, Row(row.line, {**row.values, key: value}))
    sections = (replace(s, rows=rows) if s is section else s for s in draft.sections)
    return replace(draft, sections=tuple(sections))


def loose(draft: Draft) -> Draft:
    return replace(draft, sections=tuple(replace(s, rows=tuple(s.rows)) for s in draft.sections))


def test_only_the_chunk_that_changed_is_read_again(listed: Draft, memory: Memory) -> None:
    found(listed, ())
    before = dict(memory.noted)
    section = listed.sections[0]
    assert isinstance(section.rows, PackedRows)
    row = section.rows[40]
    rows = section.rows.with_row(40, Row(row.line, {**row.values, "ho_ten": "Tên Khác Hẳn"}))
    found(replace(listed, sections=(replace(section, rows=rows), *listed.sections[1:])), ())
    assert len(memory.noted.keys() - before.keys()) == 1


def test_another_day_is_another_check(listed: Draft, memory: Memory) -> None:
    early = everything.check(
        listed, unit=sample_unit(), period=Period(2026, 11), filing_date=date(2026, 11, 2)
    )
    late = everything.check(
        listed, unit=sample_unit(), period=Period(2026, 11), filing_date=date(2027, 3, 2)
    )
    memory.noted.clear()
    assert early != late
    assert late == everything.check(
        listed, unit=sample_unit(), period=Period(2026, 11), filing_date=date(2027, 3, 2)
    )
