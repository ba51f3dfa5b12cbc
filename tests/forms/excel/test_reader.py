"""A sheet read as a whole: what only its other cells can say of a cell."""

from hypothesis import given
from hypothesis import strategies as st

from forms.excel.clean_doubts import doubts_of
from forms.excel.clean_usual import USUAL
from forms.excel.cleaned import Cleaned, Raw
from forms.excel.cleaning import clean_value
from forms.excel.kinds import Kind
from forms.findings import Finding, Severity
from forms.packed import PackedRows
from tests.fakes.sheets import person, read_sheet


def told(findings: tuple[Finding, ...]) -> list[tuple[str, int | None]]:
    return [(found.code, found.row) for found in findings]


def test_the_rows_are_held_packed_with_their_lines() -> None:
    rows, findings = read_sheet(person("a"), ["", "", "", "", "", ""], person("b"))
    assert isinstance(rows, PackedRows)
    assert [(row.line, row.get("o"), row.get("ghi_chu")) for row in rows] == [
        (2, "a", ""),
        (4, "b", ""),
    ]
    assert told(findings) == [("rows.blank", 3)]


class TestMonthFirst:
    """A column of 02/15/2020: is 03/04/2020 the third of April?"""

    def test_alone_a_date_is_day_first(self) -> None:
        rows, findings = read_sheet(person("03/04/2020"), kind="date")
        assert rows[0].get("o") == "03/04/2020"
        assert findings == ()

    def test_beside_dates_with_the_month_first_it_is_an_error(self) -> None:
        rows, findings = read_sheet(person("03/04/2020"), person("02/15/2020"), kind="date")
        assert [row.get("o") for row in rows] == ["03/04/2020", "15/02/2020"]
        assert told(findings) == [("clean.month_first", 3), ("clean.day_or_month", 2)]
        assert findings[1].severity is Severity.ERROR
        assert findings[1].params == {
            "before": "03/04/2020",
            "after": "03/04/2020",
            "proposed": "04/03/2020",
        }

    def test_where_both_are_in_use_it_is_a_warning(self) -> None:
        _, findings = read_sheet(
            person("3/4/2020"), person("02/15/2020"), person("15/02/2020"), kind="date"
        )
        assert told(findings)[-1] == ("clean.day_or_month_mixed", 2)
        assert findings[-1].severity is Severity.WARNING

    def test_a_date_that_is_the_same_both_ways_is_not_asked(self) -> None:
        _, findings = read_sheet(person("04/04/2020"), person("02/15/2020"), kind="date")
        assert told(findings) == [("clean.month_first", 3)]


class TestOldFonts:
    """One cell that is surely in an old font makes its neighbours doubtful."""

    def test_alone_a_good_name_is_good(self) -> None:
        _, findings = read_sheet(person("Lê"), person("Hoà"))
        assert findings == ()

    def test_beside_a_cell_in_the_font_it_is_asked(self) -> None:
        rows, findings = read_sheet(person("Lê"), person("NguyÔn V¨n Thö"))
        assert [row.get("o") for row in rows] == ["Lê", "Nguyễn Văn Thử"]
        assert told(findings) == [("clean.old_font", 3), ("clean.old_font_question", 2)]
        assert findings[1].params["proposed"] == "Lờ"

    def test_evidence_in_another_column_counts(self) -> None:
        _, findings = read_sheet(person("Lê", note="NguyÔn V¨n Thö"))
        assert told(findings) == [("clean.old_font", 2), ("clean.old_font_question", 2)]

    def test_of_the_other_font_it_does_not(self) -> None:
        _, findings = read_sheet(person("Lê"), person("Nguyeãn Vaên Thöû"))
        assert told(findings) == [("clean.old_font", 3)]

    def test_what_no_syllable_proves_is_asked_and_not_silent(self) -> None:
        _, findings = read_sheet(person("§¨k Pl«"), person("NguyÔn V¨n Thö"))
        assert told(findings)[-1] == ("clean.old_font_question", 2)
        assert findings[-1].params["proposed"] == "Đăk Plô"


class TestWomenByACross:
    """A column headed “Nữ”: a cross is a woman, nothing is a man."""

    def test_a_blank_is_a_man_and_it_is_said(self) -> None:
        rows, findings = read_sheet(person("x"), person(""), kind="sex_x_nu")
        assert [row.get("o") for row in rows] == ["0", "1"]
        assert told(findings) == [("clean.changed", 2), ("clean.blank_is_male", 3)]

    def test_a_column_without_any_cross_is_doubtful(self) -> None:
        _, findings = read_sheet(person(""), kind="sex_x_nu")
        assert told(findings) == [("clean.blank_is_male", 2), ("clean.no_cross", None)]


def test_true_is_not_one() -> None:
    rows, findings = read_sheet(person(1.0), person(True), person(1.0), kind="sex")
    assert [row.get("o") for row in rows] == ["1", "TRUE", "1"]
    assert told(findings) == [("clean.not_a_sex", 3)]


def test_a_serial_counts_from_1904_where_the_workbook_does() -> None:
    rows, _ = read_sheet(person(42400.0), kind="date", from_1904=True)
    assert rows[0].get("o") == "01/02/2020"


def test_more_values_than_are_remembered() -> None:
    rows, findings = read_sheet(*[person(float(n)) for n in range(1, 10_000)], kind="code")
    assert [row.get("o") for row in rows] == [str(n) for n in range(1, 10_000)]
    assert findings == ()


def test_a_name_that_says_nothing_is_nobody() -> None:
    rows, _ = read_sheet(["", "-", "", "không có", "", ""], person())
    assert [row.line for row in rows] == [3]


def test_a_name_in_capitals_is_written_small_by_its_key() -> None:
    rows, findings = read_sheet(person(name="CẦM THỬ"))
    assert rows[0].get("ho_ten") == "Cầm Thử"
    assert told(findings) == [("clean.name_in_capitals", 2)]


cells: st.SearchStrategy[Raw] = st.one_of(
    st.text(max_size=20),
    st.text(alphabet="0123456789", max_size=13),
    st.text(alphabet="Nguyễn VăÔØaAO-.,/()'#?", max_size=14),
    st.floats(),
    st.integers(0, 10**16).map(float),
    st.integers(0, 10**16),
    st.dates(),
)


@given(kind=st.sampled_from(list(USUAL)), raw=cells)
def test_the_short_way_gives_the_same_answer(kind: Kind, raw: Raw) -> None:
    usual = USUAL[kind](raw)
    if usual is not None:
        assert clean_value(kind, raw) == Cleaned(usual)
        assert doubts_of(kind, raw, Cleaned(usual)) == ()
