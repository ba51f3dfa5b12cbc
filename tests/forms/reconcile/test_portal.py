"""The portal's list of rows by code (wire format §5.5)."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.reconcile.notice import JOINT, Column, Layout, Statement
from forms.reconcile.portal import read_portal
from resources.faults import DataFault
from tests.fakes.notices import UNIT, portal_reply

P1 = {
    "B.1": (2, 2, 2, 2, ""),
    "B.3": (2655000, 477900, 212400, 53100, 3398400),
    "B.5.2": ("0,9666", "1.0650", "", "", ""),
}


def read(content: bytes) -> Statement:
    found = read_portal(content, source="c12.json")
    assert found.statement is not None
    return found.statement


def test_the_rows_become_a_statement_by_code() -> None:
    found = read_portal(portal_reply(P1), source="c12.json")
    assert found.findings == ()
    statement = found.statement
    assert statement is not None
    assert (statement.layout, statement.columns) == (Layout.QD595, JOINT)
    assert (statement.unit_code, statement.period, statement.source) == (UNIT, None, "c12.json")
    amounts = [statement.amount("B.3", column) for column in (*JOINT, Column.TOTAL)]
    assert amounts == [2_655_000, 477_900, 212_400, 53_100, 3_398_400]


def test_a_rate_is_no_amount() -> None:
    line = read(portal_reply(P1)).lines["B.5.2"]
    assert line.unit == "phan_tram"
    assert str(line.figures[Column.BHXH].amount) == "0.9666"
    assert line.amount(Column.BHXH) is None


def test_every_payment_keeps_its_line_though_the_portal_repeats_the_code() -> None:
    rows = [
        {"stt": "C", "noiDung": "Số tiền đã nộp trong kỳ", "cong": "300"},
        {"stt": "C.1", "noiDung": "+ UNC số 1", "cong": "100"},
        {"stt": "C.1", "noiDung": "+ UNC số 2", "cong": "200"},
    ]
    statement = read(json.dumps(rows).encode())
    assert [statement.amount(code, Column.TOTAL) for code in ("C", "C.1", "C.2")] == [300, 100, 200]


@pytest.mark.parametrize("wrap", [lambda rows: rows, lambda rows: {"a": {"b": [{"c12s": rows}]}}])
def test_what_wraps_the_rows_does_not_matter(wrap: object) -> None:
    assert callable(wrap)
    rows = json.loads(portal_reply(P1))["c12s"]
    assert read(json.dumps(wrap(rows)).encode()).amount("B.3", Column.BHYT) == 477_900


def test_a_figure_that_cannot_be_read_is_found_with_its_row_and_field() -> None:
    found = read_portal(portal_reply({"B.3": ("2 triệu", 1, 1, 1, 1)}), source="c12.json")
    (finding,) = found.findings
    assert (finding.code, finding.field, finding.sheet) == (
        "notice.figure_unreadable",
        "bhxh",
        None,
    )
    rows = json.loads(portal_reply({}))["c12s"]
    assert finding.row is not None
    assert rows[finding.row - 1]["stt"] == "B.3"


def test_a_line_that_stands_twice_is_found_and_the_first_is_used() -> None:
    rows = [
        {"stt": "B.3", "noiDung": "Phải đóng", "bhxh": "1"},
        {"stt": "B.3", "noiDung": "Phải đóng", "bhxh": "2"},
    ]
    found = read_portal(json.dumps(rows).encode(), source="c12.json")
    assert found.findings[0].code == "notice.line_twice"
    assert found.statement is not None
    assert found.statement.amount("B.3", Column.BHXH) == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "notice.broken_json"),
        (b"\xff\xfe", "notice.broken_json"),
        (b"[" * 200_000, "notice.broken_json"),
        (b"{}", "notice.not_recognised"),
        (b'[{"stt": "B.3"}]', "notice.not_recognised"),
        (b'[{"stt": "B.3", "noiDung": "x"}]', "notice.not_recognised"),
    ],
)
def test_what_is_no_such_list_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(DataFault) as caught:
        read_portal(content, source="c12.json")
    assert caught.value.code == code


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["stt", "noiDung", "bhxh", "cong", "x"]), inner, max_size=4
        )
    ),
    max_leaves=20,
)


@given(st.lists(st.fixed_dictionaries({"stt": ANYTHING, "noiDung": ANYTHING, "bhxh": ANYTHING})))
def test_rows_of_any_content_are_read_or_refused_but_never_fail(rows: list[object]) -> None:
    try:
        found = read_portal(json.dumps(rows).encode(), source="c12.json")
    except DataFault:
        return
    assert found.statement is not None
