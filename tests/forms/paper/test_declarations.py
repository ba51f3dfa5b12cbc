"""Declarations on paper: one a person, ticks, dotted places, and nobody else's telephone."""

from forms import catalog
from forms.model import Row
from forms.paper.compose import compose
from forms.paper.content import content_of
from forms.paper.document import Box, PaperDocument, Text
from forms.paper.plain import plain_layout
from forms.paper.printing import paper_form, paper_forms
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


def _ticks(document: PaperDocument) -> list[bool]:
    """Of every tick box, from top to bottom and left to right, whether it is ticked."""
    marks = document.pages[0].marks
    crosses = [m for m in marks if isinstance(m, Text) and m.text == "x"]
    boxes = sorted((m for m in marks if isinstance(m, Box)), key=lambda box: (round(box.y), box.x))
    return [
        any(b.x <= c.x <= b.x + b.side and b.y <= c.baseline <= b.y + b.side for c in crosses)
        for b in boxes
    ]


def _unit_form(**values: str) -> PaperDocument:
    return paper_form("TK3-TS", FormData(values=values), UNIT, PERIOD, filing_date=FILED).document


def test_everybody_has_a_declaration_with_its_own_page_numbers() -> None:
    staff = [{**PERSON, "stt": str(n), "kem_tk1": "1"} for n in (1, 2)]
    form = printed(draft([*staff, PERSON]), "TK1-TS")
    assert form.official
    assert [text for page in form.document.pages for text in texts(page) if "Trang" in text] == [
        "Trang 1/1",
        "Trang 1/1",
    ]


def test_codes_are_told_in_words_and_choices_are_ticked() -> None:
    document = printed(draft([{**PERSON, "kem_tk1": "1"}]), "TK1-TS").document
    said = words_of(document)
    for value in ("Mã số BHXH: 7900000017", "[05]. Dân tộc: Kinh", "Quốc tịch: Việt Nam"):
        assert squeezed(value) in said, value
    assert _ticks(document) == [False, True, True, False]  # Nam, Nữ, bản điện tử, bản giấy


def test_the_units_telephone_is_nobody_elses() -> None:
    person = {**PERSON, "kem_tk1": "1"}
    data = FormData(values={"ho_ten": "Lê Thị Ví Dụ"})
    for document in (
        printed(draft([person]), "TK1-TS").document,
        paper_form("MS2", data, UNIT, PERIOD, filing_date=FILED).document,
    ):
        assert UNIT.phone not in words_of(document)
        assert squeezed(UNIT.email) not in words_of(document)
    assert UNIT.phone in words_of(_unit_form())


def test_where_nothing_is_declared_there_are_dots_to_write_on() -> None:
    page = printed(draft([{**PERSON, "kem_tk1": "1"}]), "TK1-TS").document.pages[0]
    line = next(text for text in texts(page) if text.startswith("[15]"))
    assert line.endswith("....................")


def test_what_is_printed_for_practice_says_so_on_every_page() -> None:
    forms = paper_forms(
        draft(people(20)),
        UNIT,
        PERIOD,
        procedure="600",
        filing_date=FILED,
        practice=True,
    )
    pages = [page for form in forms for page in form.document.pages]
    assert len(pages) > 1
    assert all(any("LUYỆN TẬP" in text for text in texts(page)) for page in pages)
    real = printed(draft([PERSON]), "D02-LT").document
    assert squeezed("LUYỆN TẬP") not in words_of(real)


def test_a_choice_that_has_no_box_is_still_told() -> None:
    assert _ticks(_unit_form(phuong_thuc_dong="03 tháng")) == [False, True, False]
    other = _unit_form(phuong_thuc_dong="theo vụ")
    assert _ticks(other) == [False, False, False]
    assert squeezed("theo vụ") in words_of(other)


def test_a_name_is_set_in_capitals_where_the_form_wants_it() -> None:
    data = FormData(values={"ho_ten": "Lê Thị Ví Dụ", "dia_chi_nhan": "Thôn 1"})
    document = paper_form("MS2", data, UNIT, PERIOD, filing_date=FILED).document
    assert squeezed("LÊ THỊ VÍ DỤ") in words_of(document)
    assert _ticks(document) == [False, False, True]  # VssID, email, bản giấy


def test_a_version_without_a_known_look_is_plain_complete_and_says_so() -> None:
    row = {"ho_ten": "Lê Ví Dụ", "muc_tien": "1500000", "dia_chi_dang_ss": "Thôn Bảy"}
    data = FormData(lists={"lao_dong": [Row(1, row)]})
    form = paper_form("D05-TS", data, UNIT, PERIOD, filing_date=FILED.replace(year=2025))
    assert not form.official
    said = words_of(form.document)
    for value in ("không theo mẫu in", "Lê Ví Dụ", "1.500.000", "Thôn Bảy", UNIT.code):
        assert squeezed(value) in said, value


def test_an_older_declaration_keeps_its_items_and_says_that_it_is_not_proven() -> None:
    person = {**PERSON, "kem_tk1": "1"}
    form = printed(draft([person]), "TK1-TS", filed=FILED.replace(year=2025))
    assert not form.official
    said = words_of(form.document)
    for value in ("chưa đối chiếu", "[01]. Họ và tên: Hoàng Thị Thử Nghiệm", "[19]"):
        assert squeezed(value) in said, value


def test_an_old_list_keeps_its_columns_and_its_unit() -> None:
    paper = {"stt": "1", "ho_ten": "Lê Ví Dụ", "ten_loai_van_ban": "Hợp đồng lao động"}
    form = printed(draft([PERSON], papers=[paper]), "D01-TS")
    assert not form.official
    said = words_of(form.document)
    for value in ("BẢNG KÊ THÔNG TIN", "Hợp đồng lao động", UNIT.name, "chưa đối chiếu"):
        assert squeezed(value) in said, value


def _plain(code: str, data: FormData) -> PaperDocument:
    """The form as if its printed look were not known."""
    definition = catalog.form(code, filing_date=FILED.replace(year=2025)).definition
    content = content_of(definition, data, UNIT, PERIOD, filing_date=FILED)
    return compose(plain_layout(definition, content), content, title=code)


def test_the_plain_declaration_has_the_household_beside_the_person() -> None:
    family = [
        Row(1, {"stt": "1", "ho_ten": "Trần Văn Ví Dụ", "ma_thon": "Thôn Bảy"}),
        Row(2, {"stt": "2", "ho_ten": "Người Nhà Khác"}),
    ]
    person = Row(1, {**PERSON, "ma_ho_gia_dinh": "HGD-17"})
    said = words_of(_plain("TK1-TS", FormData(lists={"lao_dong": [person], "phu_luc": family})))
    for value in ("[01] Họ và tên: Hoàng Thị Thử Nghiệm", "HGD-17", "Trần Văn Ví Dụ", "Thôn Bảy"):
        assert squeezed(value) in said, value
    assert squeezed("Người Nhà Khác") not in said


def test_a_plain_list_of_many_columns_goes_on_in_a_second_table() -> None:
    sick = {"ho_ten": "Lê Ví Dụ", "so_con": "2", "ngay_me_chet": "01/02/2026"}
    rows = dict.fromkeys(("the_bhyt_con", "tuoi_thai", "so_con_chet", "phi_giam_dinh"), "1")
    rows |= dict.fromkeys(("ma_so_bhxh_con", "ma_so_bhxh_me", "the_bhyt_me", "cccd_me"), "2")
    data = FormData(lists={"ps_thai_san": [Row(1, {**sick, **rows, "cccd": "001199012345"})]})
    said = [text for page in _plain("M01B-HSB", data).pages for text in texts(page)]
    assert said.count("Lê Ví Dụ") == 2
    assert {"01/02/2026", "001199012345"} <= set(said)


def test_the_title_of_a_list_stands_on_the_page_of_its_first_row() -> None:
    names = [f"Người Thứ {n}" for n in range(1, 31)]
    for count in range(1, 31, 3):
        sick = [Row(n, {"ho_ten": name}) for n, name in enumerate(names[:count])]
        data = FormData(lists={"ps_om_dau": sick, "ps_thai_san": [Row(1, {"ho_ten": "Lê Ví Dụ"})]})
        form = paper_form("M01B-HSB", data, UNIT, PERIOD, filing_date=FILED)
        (page,) = [each for each in form.document.pages if "Lê Ví Dụ" in texts(each)]
        assert "B. CHẾ ĐỘ THAI SẢN" in texts(page), count


def test_declarations_printed_together_look_as_each_does_alone() -> None:
    asked = " ".join(f"điều{n}" for n in range(900))
    staff = [
        Row(1, {**PERSON, "noi_dung_thay_doi": asked}),
        Row(2, {**PERSON, "ho_ten": "Lê Ví Dụ", "email": "le@vi-du.example"}),
        Row(3, {**PERSON, "noi_dung_thay_doi": asked.replace("1", "7")}),
    ]

    def pages(*rows: Row) -> list[list[tuple[str, float]]]:
        data = FormData(lists={"lao_dong": rows})
        document = paper_form("TK1-TS", data, UNIT, PERIOD, filing_date=FILED).document
        return [[(m.text, m.x) for m in p.marks if isinstance(m, Text)] for p in document.pages]

    assert pages(*staff) == [page for person in staff for page in pages(person)]
