"""The agency's notice: read as written, in any order, and nothing in it twice."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from forms.xml.notice import ACCEPTED, Notice, NoticeRow, read_notice, write_notice
from resources.faults import DataFault

SHA = "ab" * 32
NOTICE = Notice(
    unit_name="CÔNG TY TNHH MỘT NGÀY NẮNG (không có thật)",
    agency_name="Cơ quan thử nghiệm (không có thật)",
    unit_code="ZZ0001Z",
    tax_code="9900000016",
    number="00001/2026/07900",
    procedure_name="Báo tăng, báo giảm",
    procedure="600",
    received=datetime(2026, 11, 20, 9, 30, 15),  # noqa: DTZ001  # the layout has no zone
    period="11/2026",
    transaction="LT-1",
    result_code=ACCEPTED,
    result="Đã tiếp nhận",
    error_code="",
    error_text="",
    rows=(NoticeRow(name="D02-TS-595.xml", count=1), NoticeRow(name=f"a sha256:{SHA}", count=1)),
    signer="CN=Cổng thử",
    signer_serial="0AF1",
)

LEGAL = st.characters(
    codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co"), exclude_characters="\ufffe\uffff"
)
TEXTS = st.text(LEGAL, max_size=40).map(str.strip)
LINES = st.lists(TEXTS.filter(bool), max_size=3).map("\n".join)
FIRST = datetime(1000, 1, 1)  # noqa: DTZ001  # as above
MOMENTS = st.datetimes(FIRST).map(lambda moment: moment.replace(microsecond=0))
NOTICES = st.builds(
    Notice,
    unit_name=TEXTS,
    agency_name=TEXTS,
    unit_code=TEXTS,
    tax_code=TEXTS,
    number=TEXTS,
    procedure_name=TEXTS,
    procedure=TEXTS,
    received=MOMENTS,
    period=TEXTS,
    transaction=TEXTS,
    result_code=TEXTS,
    result=TEXTS,
    error_code=TEXTS,
    error_text=LINES,
    rows=st.lists(
        st.builds(NoticeRow, name=TEXTS, count=st.integers(0, 999_999_999)), max_size=4
    ).map(tuple),
    signer=TEXTS,
    signer_serial=TEXTS,
)


def fault_of(content: bytes) -> str:
    with pytest.raises(DataFault) as caught:
        read_notice(content)
    return caught.value.code


def test_the_layout_is_the_agencys() -> None:
    root = etree.fromstring(write_notice(NOTICE))
    told = root.find("XACNHAN_GDICH/TTGDICH")
    assert root.tag == "BHXH"
    assert told is not None
    assert [child.tag for child in told] == [
        "SO_HSO",
        "TEN_GDICH",
        "MALOAI_HSO",
        "NGAY_GDICH",
        "KY_KKHAI",
        "MA_GDICH",
        "MA_KQUA",
        "KQUA",
        "MA_LOI",
        "MOTA_LOI",
        "GIO_NHAN",
        "NGAY_NHAN",
        "NGAY_TRA",
        "CTIET_GDICH",
    ]
    assert told.findtext("NGAY_GDICH") == "20/11/2026 09:30:15"


@given(NOTICES)
def test_what_is_written_is_read(notice: Notice) -> None:
    assert read_notice(write_notice(notice)) == notice


@given(st.randoms())
def test_the_order_of_the_names_says_nothing(chance: object) -> None:
    root = etree.fromstring(write_notice(NOTICE))
    for group in [root, *root.iter("XACNHAN_GDICH", "TTDVI", "TTGDICH", "TTCKY", "ROW_CTIET")]:
        children = list(group)
        chance.shuffle(children)  # type: ignore[attr-defined]  # a Random
        group[:] = children
    assert read_notice(etree.tostring(root, encoding="utf-8")) == NOTICE


def test_names_we_do_not_know_are_left() -> None:
    content = write_notice(NOTICE).replace(b"<TTGDICH>", b"<TTGDICH><MOI>x</MOI>")
    assert read_notice(content) == NOTICE


def test_a_name_that_is_absent_is_empty() -> None:
    content = write_notice(NOTICE).replace(b"<MA_GDICH>LT-1</MA_GDICH>", b"")
    assert read_notice(content) == replace(NOTICE, transaction="")


DOUBLED = ["MA_DVI", "MST", "SO_HSO", "KY_KKHAI", "MA_GDICH", "MA_KQUA", "NGAY_GDICH", "TTDVI"]


@pytest.mark.parametrize("name", [*DOUBLED, "TTGDICH", "XACNHAN_GDICH", "TEN_HSO"])
def test_nothing_may_stand_twice(name: str) -> None:
    root = etree.fromstring(write_notice(NOTICE))
    element = next(root.iter(name))
    parent = element.getparent()
    assert parent is not None
    parent.append(etree.fromstring(etree.tostring(element)))
    assert fault_of(etree.tostring(root, encoding="utf-8")) == "receipt.unreadable"


@pytest.mark.parametrize(
    "inside", [b"<!-- -->", b"<?pi x?>", b"<b>1</b>"], ids=["comment", "instruction", "element"]
)
def test_a_value_cut_in_two_is_not_read_by_half(inside: bytes) -> None:
    """A signature does not cover comments: they must not change what is read."""
    content = write_notice(NOTICE).replace(b"990000", b"990000" + inside, 1)
    assert fault_of(content) == "receipt.unreadable"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "xml.malformed"),
        (b"<BHXH>", "xml.malformed"),
        (b"<BHXH/>", "receipt.unreadable"),
        (b"<Hoso><XACNHAN_GDICH/></Hoso>", "receipt.unreadable"),
        (b"<BHXH><XACNHAN_GDICH/></BHXH>", "receipt.unreadable"),
        (b"<!DOCTYPE BHXH [<!ENTITY a 'b'>]><BHXH/>", "xml.doctype"),
        (b"<BHXH>" + b" " * 2_000_000 + b"</BHXH>", "xml.too_large"),
    ],
)
def test_what_is_no_notice_is_said_as_such(content: bytes, code: str) -> None:
    assert fault_of(content) == code


@pytest.mark.parametrize("moment", ["", "2026-11-20", "31/02/2026 00:00:00", "20/11/2026"])
def test_a_moment_that_is_none(moment: str) -> None:
    content = write_notice(NOTICE).replace(b"20/11/2026 09:30:15", moment.encode(), 1)
    assert fault_of(content) == "receipt.unreadable"


@given(st.binary(max_size=300))
def test_no_file_whatever_breaks_the_program(content: bytes) -> None:
    with pytest.raises(DataFault):
        read_notice(content)


@pytest.mark.parametrize(("count", "read"), [("9" * 5000, 0), ("-1", 0), ("x", 0), ("12", 12)])
def test_a_number_of_files_that_cannot_be_is_none(count: str, read: int) -> None:
    before = b"<SO_LUONG>1</SO_LUONG>"
    content = write_notice(NOTICE).replace(before, f"<SO_LUONG>{count}</SO_LUONG>".encode(), 1)
    assert read_notice(content).rows[0].count == read


def rows(*names: str) -> Notice:
    return replace(NOTICE, rows=tuple(NoticeRow(name=name, count=1) for name in names))


@pytest.mark.parametrize(
    ("names", "sha256"),
    [
        ((f"a.xml sha256:{SHA}",), SHA),
        ((f"sha256:{SHA}",), SHA),
        (("a.xml",), ""),
        ((), ""),
        ((f"sha256:{SHA.upper()}",), ""),
        ((f"sha256:{SHA}0",), ""),
        ((f"sha256:{SHA}.pdf",), ""),
        ((f"sha256:{SHA}", f"b sha256:{SHA}"), SHA),
        ((f"sha256:{SHA}", f"b sha256:{'cd' * 32}"), ""),
    ],
)
def test_the_package_a_notice_speaks_of(names: tuple[str, ...], sha256: str) -> None:
    assert rows(*names).sha256 == sha256


@pytest.mark.parametrize(
    ("code", "number", "accepted"),
    [
        (ACCEPTED, "00001/2026/07900", True),
        (ACCEPTED, "", False),
        ("99", "00001/2026/07900", False),
    ],
)
def test_accepted_needs_both_the_code_and_a_number(code: str, number: str, accepted: bool) -> None:
    assert replace(NOTICE, result_code=code, number=number).accepted is accepted


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("27/11/2026", date(2026, 11, 27)),
        ("2026-11-27", date(2026, 11, 27)),
        ("27/11/2026 09:30:00", date(2026, 11, 27)),
        ("", None),
        ("31/02/2026", None),
        ("trong 7 ngày", None),
    ],
)
def test_the_promised_day_in_whatever_layout(said: str, day: date | None) -> None:
    content = write_notice(NOTICE).replace(
        b"<NGAY_TRA></NGAY_TRA>", f"<NGAY_TRA>{said}</NGAY_TRA>".encode()
    )
    assert read_notice(content).promised == day


def test_every_digest_that_is_named_is_known() -> None:
    other = "cd" * 32
    assert rows(f"a sha256:{SHA}", f"b.xlsx (SHA-256 {other})", "c", f"{SHA}0").digests == {
        SHA,
        other,
    }
