"""People over time: what is set, taken in and taken back, for any history."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.excel.kinds import Kind
from forms.model import Period, Row
from forms.roster.changes import (
    corrected,
    flatten,
    new_employee,
    since,
    there,
    with_field,
    with_household,
    with_values,
    without_span,
)
from forms.roster.deltas import applied, between, reverted, told
from forms.roster.fields import KINDS, fields, parse
from forms.roster.model import Employee, Span, Track
from forms.roster.spans import in_force, normal, put
from forms.roster.taking_in import taken_in
from forms.strict_toml import DefinitionFault
from resources.faults import UsageFault
from resources.messages import catalogue

NOVEMBER = Period(2026, 11)
NOBODY = Employee(id=None, unit_code="ZZ0001Z", values={})
DAYS = st.integers(0, 60).map(lambda n: date(2026, 1, 1) + timedelta(days=31 * n))
TEXTS = st.sampled_from(["", "1", "2", "3"])
CHANGES = st.dictionaries(st.sampled_from(["tien_luong", "phu_cap_luong"]), TEXTS, min_size=1)
TRACKS = st.lists(st.tuples(DAYS, CHANGES), max_size=6)
ROWS = st.fixed_dictionaries(
    {"ho_ten": st.just("Ví Dụ")},
    optional={
        "phuong_an": st.sampled_from(["TM", "GH", "TS", "ON", "DC", "AD", "TT", "TL", "XX"]),
        "tu_thang": st.sampled_from(["09/2026", "11/2026", "12/2026", "tháng"]),
        "tien_luong": TEXTS,
        "phu_cap_luong": TEXTS,
        "chuc_vu": TEXTS,
        "hdld_tu_ngay": TEXTS,
        "email": TEXTS,
    },
)


def history(puts: list[tuple[date, dict[str, str]]]) -> Employee:
    person = new_employee("ZZ0001Z", {"ho_ten": "Ví Dụ", "dang_tham_gia": "active"}, puts_begin())
    for day, changes in puts:
        person = since(person, Track.LUONG, day, changes)
    return person


def puts_begin() -> date:
    return date(2026, 1, 1)


@given(TRACKS, DAYS, CHANGES)
def test_every_step_is_taken_back_and_done_again(puts, day, changes) -> None:  # type: ignore[no-untyped-def]  # strategies say it
    before = history(puts)
    after = with_household(since(before, Track.LUONG, day, changes), [{"ho_ten": "Con"}])
    delta = between(before, after)
    assert delta is not None
    assert reverted(delta, after) == before
    assert applied(delta, before) == after
    came = between(None, after)
    assert came is not None
    assert reverted(came, after) is None
    assert applied(came, NOBODY) == after


@given(TRACKS, DAYS, CHANGES)
def test_a_track_stays_normal_and_holds_what_was_set(puts, day, changes) -> None:  # type: ignore[no-untyped-def]  # strategies say it
    spans = put(history(puts).tracks.get(Track.LUONG, ()), day, changes)
    assert spans == normal(spans)
    assert [span.since for span in spans] == sorted({span.since for span in spans})
    assert all(in_force(spans, day).get(key, "") == text for key, text in changes.items())
    assert put(spans, day, changes) == spans


@given(TRACKS, DAYS, CHANGES)
def test_nothing_before_the_day_changes(puts, day, changes) -> None:  # type: ignore[no-untyped-def]  # strategies say it
    before = history(puts)
    after = since(before, Track.LUONG, day, changes)
    assert before.on(day - timedelta(days=1)) == after.on(day - timedelta(days=1))


@given(TRACKS, st.integers(1, 40))
def test_a_month_never_depends_on_later_spans(puts, months) -> None:  # type: ignore[no-untyped-def]  # strategies say it
    period = Period(2026, 1).plus(months)
    early = [(day, changes) for day, changes in puts if day <= period.last_day]
    assert flatten(history(puts), period) == flatten(history(early), period)


@given(st.lists(ROWS, max_size=4), ROWS)
def test_the_same_row_taken_in_twice_changes_nothing(rows, row) -> None:  # type: ignore[no-untyped-def]  # strategies say it
    person = NOBODY
    for each in (*rows, row):
        person = taken_in(person, Row(4, each), NOVEMBER, columns=frozenset({"phu_cap_luong"}))
    assert taken_in(person, Row(4, row), NOVEMBER, columns={"phu_cap_luong"}) == person


def test_a_value_holds_until_it_changes_anyway() -> None:
    spans = (
        Span(date(2026, 1, 1), {"tien_luong": "5"}),
        Span(date(2026, 3, 1), {"tien_luong": "5", "phu_cap_luong": "1"}),
        Span(date(2026, 6, 1), {"tien_luong": "9"}),
    )
    raised = put(spans, date(2026, 2, 1), {"tien_luong": "6"})
    assert [(span.since.month, span.values.get("tien_luong")) for span in raised] == [
        (1, "5"),
        (2, "6"),
        (3, "6"),
        (6, "9"),
    ]


def test_taking_a_span_away_lets_the_one_before_go_on() -> None:
    person = since(history([]), Track.LUONG, date(2026, 2, 1), {"tien_luong": "5"})
    raised = since(person, Track.LUONG, date(2026, 5, 1), {"tien_luong": "6"})
    assert without_span(raised, Track.LUONG, date(2026, 5, 1)) == person
    assert Track.LUONG not in without_span(person, Track.LUONG, date(2026, 2, 1)).tracks


def test_a_correction_begins_where_the_newest_span_does() -> None:
    person = since(history([]), Track.LUONG, date(2026, 2, 1), {"tien_luong": "5"})
    right = corrected(person, Track.LUONG, {"tien_luong": "6"}, otherwise=date(2027, 1, 1))
    assert right.tracks[Track.LUONG] == (Span(date(2026, 2, 1), {"tien_luong": "6"}),)
    first = with_field(person, "chuc_vu", "Kế toán", day=None, otherwise=date(2027, 1, 1))
    assert first.tracks[Track.CONG_VIEC] == (Span(date(2027, 1, 1), {"chuc_vu": "Kế toán"}),)


@pytest.mark.parametrize(
    ("code", "state", "bhtn"),
    [
        ("TM", "active", "1"),
        ("TS", "leave:TS", "1"),
        ("GH", "absent", None),
        ("GN", "active", "0"),
        ("DC", "active", "1"),
        ("TM1", "active", "1"),
    ],
)
def test_a_movement_moves_the_participation(code: str, state: str, bhtn: str | None) -> None:
    came = taken_in(NOBODY, Row(4, {"ho_ten": "Ví Dụ", "phuong_an": "TM"}), Period(2026, 1))
    moved = taken_in(came, Row(4, {"ho_ten": "Ví Dụ", "phuong_an": code}), NOVEMBER)
    flat = flatten(moved, NOVEMBER)
    assert (flat["dang_tham_gia"], flat.get("bhtn")) == (state, bhtn)
    assert there(moved, NOVEMBER) is (state != "absent")
    assert there(moved, Period(2026, 10))


def test_rows_about_past_months_change_nothing_that_holds_now() -> None:
    came = taken_in(NOBODY, Row(4, {"ho_ten": "Ví Dụ", "tien_luong": "5000000"}), NOVEMBER)
    past = {"ho_ten": "Ví Dụ", "phuong_an": "AD", "tien_luong": "9", "tu_thang": "11/2026"}
    after = taken_in(came, Row(4, past), NOVEMBER)
    assert after.tracks == came.tracks
    assert after.values["phuong_an_gan_nhat"] == "AD"


def test_an_empty_allowance_is_none_where_the_whole_wage_is_stated() -> None:
    row = {"ho_ten": "Ví Dụ", "phuong_an": "TM", "tien_luong": "5", "phu_cap_luong": "1"}
    came = taken_in(NOBODY, Row(4, row), Period(2026, 1))
    raised = Row(4, {"ho_ten": "Ví Dụ", "phuong_an": "DC", "tien_luong": "6"})
    with_column = taken_in(came, raised, NOVEMBER, columns={"tien_luong", "phu_cap_luong"})
    without = taken_in(came, raised, NOVEMBER, columns={"tien_luong"})
    assert "phu_cap_luong" not in flatten(with_column, NOVEMBER)
    assert flatten(without, NOVEMBER)["phu_cap_luong"] == "1"


def test_nobody_is_there_before_they_came() -> None:
    person = new_employee("ZZ0001Z", {"ho_ten": "Ví Dụ", "chuc_vu": "Kế toán"}, date(2026, 11, 5))
    assert there(person, NOVEMBER)
    assert not there(person, Period(2026, 10))
    assert there(with_values(NOBODY, {"ho_ten": "Ví Dụ"}), Period(2026, 10))


def test_a_difference_is_told_value_by_value() -> None:
    before = since(history([]), Track.LUONG, date(2026, 2, 1), {"tien_luong": "5"})
    after = since(before, Track.LUONG, date(2026, 4, 1), {"tien_luong": "6"})
    after = with_values(after, {"email": "a@example.vn"})
    delta = between(before, with_household(after, [{"ho_ten": "Con", "cccd": ""}, {}]))
    assert delta is not None
    assert [(one.key, one.before, one.after, one.since) for one in told(delta)] == [
        ("email", "", "a@example.vn", None),
        ("tien_luong", "5", "6", date(2026, 4, 1)),
        ("ho_gia_dinh", "0", "1", None),
    ]
    assert between(after, after) is None
    with pytest.raises(ValueError, match="nobody"):
        between(None, None)


def test_a_field_that_there_is_not_is_refused() -> None:
    with pytest.raises(UsageFault, match=r"roster\.field_unknown"):
        new_employee("ZZ0001Z", {"no_such": "1"}, date(2026, 1, 1))
    with pytest.raises(UsageFault, match=r"roster\.field_unknown"):
        with_field(NOBODY, "no_such", "1", day=None, otherwise=date(2026, 1, 1))


def test_every_field_has_a_kind_and_its_group_has_words() -> None:
    assert frozenset(Kind) >= KINDS
    assert {f"roster.group.{field.group}" for field in fields().values()} <= set(catalogue())


@pytest.mark.parametrize(
    "slip",
    [
        "kind = 'money'\nwidth = 1\nsurprise = 1",
        "kind = 'colour'",
        "kind = 'text'\ntrack = 'other'",
        "kind = 'text'\ncode_list = 'no_such_list'",
        "",
    ],
)
def test_a_slip_in_the_data_is_refused(slip: str) -> None:
    head = "[[field]]\nkey = 'a'\ntitle_vi = 'A'\ntitle_en = 'A'\ngroup = 'wage'\n"
    with pytest.raises(DefinitionFault):
        parse(head + slip)


def test_no_field_stands_twice() -> None:
    one = "[[field]]\nkey='a'\ntitle_vi='A'\ntitle_en='A'\ngroup='wage'\nkind='text'\n"
    assert parse(one)["a"].width == 120
    with pytest.raises(DefinitionFault):
        parse(one + one)
