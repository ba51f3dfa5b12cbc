"""Lists on paper: every value, headings on every page, nothing cut, totals that can be trusted."""

from hypothesis import given, settings
from hypothesis import strategies as st

from forms.model import Row
from forms.paper.document import PaperDocument, Text
from forms.paper.fonts import width_of
from forms.paper.printing import paper_form
from forms.render import FormData
from tests.fakes.printed import (
    FILED,
    PERIOD,
    PERSON,
    UNIT,
    draft,
    people,
    printed,
    squeezed,
    texts,
    words_of,
)


def _voluntary(*rows: dict[str, str]) -> PaperDocument:
    data = FormData(lists={"lao_dong": [Row(n, row) for n, row in enumerate(rows)]})
    return paper_form("D05-TS", data, UNIT, PERIOD, filing_date=FILED).document


def _last_line(document: PaperDocument) -> list[str]:
    """What stands beside the word of the total."""
    marks = [mark for mark in document.pages[-1].marks if isinstance(mark, Text)]
    height = next(mark.baseline for mark in marks if mark.text == "Cộng")
    return [mark.text for mark in marks if mark.baseline == height]


def test_every_value_of_a_row_is_printed_as_a_person_reads_it() -> None:
    said = words_of(printed(draft([PERSON]), "D02-LT").document)
    for value in (
        "Hoàng Thị Thử Nghiệm",
        "7900000017",
        "08/1996",
        "Công nhân vận hành máy may công nghiệp, Xã Giả Định, tỉnh Ví Dụ",
        "12.500.000",
        "15.000.000",
        "01/10/2026",
        "10/2026",
        "Bệnh viện Hữu Nghị",
        "bản điện tử",
        "Tăng mới",
        "Hợp đồng số 12/HĐLĐ",
        "Công ty TNHH Thử Nghiệm Ví Dụ",
        "TA1234B",
        "ngày 05 tháng 11 năm 2026",
    ):
        assert squeezed(value) in said, value


def test_coefficients_are_not_money() -> None:
    said = texts(printed(draft([{**PERSON, "tien_luong": "2.34"}]), "D02-LT").document.pages[0])
    assert "2,34" in said


def test_headings_and_page_numbers_stand_on_every_page() -> None:
    pages = printed(draft(people(40)), "D02-LT").document.pages
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        said = texts(page)
        assert f"Trang {number}/{len(pages)}" in said
    for page in pages[:-1]:
        assert {"STT", "Tiền lương", "Phụ cấp", "Loại HĐLĐ", "Ghi chú", "A", "19"} <= set(
            texts(page)
        )


def test_people_follow_each_other_over_the_pages_once() -> None:
    pages = printed(draft(people(40)), "D02-LT").document.pages
    numbers = [text for page in pages for text in texts(page) if text.startswith("790000")]
    assert numbers == [f"79{n:08}" for n in range(1, 41)]


@settings(max_examples=15, deadline=None)
@given(st.text(alphabet="aàạăằâấđeéêếiíoơớôốuưứyỹ ", min_size=1, max_size=400))
def test_a_long_text_wraps_and_nothing_of_it_is_cut(note: str) -> None:
    document = printed(draft([{**PERSON, "ghi_chu": note}]), "D02-LT").document
    assert squeezed(note) in words_of(document)
    right = document.width - 20
    for page in document.pages:
        for mark in page.marks:
            if isinstance(mark, Text):
                assert mark.x + width_of(mark.text, mark.face, mark.size) <= right
                assert mark.baseline <= document.height - 8


def test_a_row_longer_than_a_page_goes_on_after_the_headings() -> None:
    note = " ".join(f"điều{n}" for n in range(400))
    document = printed(draft([{**PERSON, "ghi_chu": note}]), "D02-LT").document
    words = [text for page in document.pages for text in texts(page) if text.startswith("điều")]
    assert squeezed("".join(words)) == squeezed(note)
    assert len(document.pages) > 1


def test_a_number_too_wide_for_its_column_is_set_smaller_and_stays_whole() -> None:
    page = printed(draft([{**PERSON, "tien_luong": "123456789012"}]), "D02-LT").document.pages[0]
    wide = next(m for m in page.marks if isinstance(m, Text) and m.text == "123.456.789.012")
    assert wide.size < 7.5


def test_the_total_adds_what_can_be_added() -> None:
    line = _last_line(
        _voluntary(
            {"ho_ten": "Lê Ví Dụ", "tong_tien": "330000", "tien_tu_dong": "264000"},
            {"ho_ten": "Trần Ví Dụ", "tong_tien": "30000", "tien_tu_dong": "64000"},
        )
    )
    assert line == ["Cộng", "360.000", "328.000"]


def test_a_total_that_would_be_wrong_is_left_out() -> None:
    line = _last_line(_voluntary({"tong_tien": "330000"}, {"tong_tien": "ba trăm"}))
    assert line == ["Cộng"]


def test_a_list_without_rows_has_lines_to_write_on() -> None:
    said = texts(_voluntary().pages[0])
    assert "Cộng" in said
    assert "Trang 1/1" in said


def test_values_of_one_column_stand_together() -> None:
    row = Row(1, {"ho_ten": "Lê Ví Dụ", "ma_benh_vien": "01001", "ma_tinh_benh_vien": "01"})
    data = FormData(lists={"lao_dong": [row]})
    filed = FILED.replace(year=2024)
    document = paper_form("D03-TS", data, UNIT, PERIOD, filing_date=filed).document
    assert squeezed("Bệnh viện Hữu Nghị, Thành phố Hà Nội") in words_of(document)


def test_signatures_never_stand_on_a_page_without_the_last_row() -> None:
    for count in range(6, 13):
        last = texts(printed(draft(people(count)), "D02-LT").document.pages[-1])
        assert "ĐƠN VỊ LẬP DANH SÁCH" in last
        assert f"79{count:08}" in last, count
