"""Every version of every form loads, names itself well, and takes its own sample there and back."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms import catalog
from forms.catalog import FormVersion
from forms.codes import names as code_list_names
from forms.definition import Confidence, FieldType, Kind
from forms.findings import has_errors
from forms.form_check import check_form
from forms.model import Period, Row, Unit
from forms.render import FormData, render_form
from forms.strict_toml import DefinitionFault
from forms.wire import Group, Leaf
from forms.xml.reader import ReadRow, read_document
from resources.faults import UsageFault

SAMPLES = Path(__file__).parents[1] / "data" / "forms"
FILED = date(2026, 10, 5)
UNIT = Unit(
    code="TZ0001Z",
    name="Công ty Ví Dụ & Bạn",
    tax_code="0100000000",
    agency="07906",
    region=2,
    signer="Lê Thị Giám Đốc Thử",
    phone="0900000033",
)
VERSIONS = [version for code in sorted(catalog.codes()) for version in catalog.versions(code)]
PRINTED = [v for v in VERSIONS if v.definition.kind is not Kind.ENVELOPE]
WANTED = {
    "TK1-TS": ["2017-07-01", "2023-04-01", "2026-05-01"],
    "TK3-TS": ["2017-07-01", "2026-05-01"],
    "D01-TS": ["2017-07-01"],
    "D02-TS": ["2017-07-01", "2020-05-01"],
    "D02-LT": ["2020-05-01", "2026-05-01"],
    "D03-TS": ["2017-07-01", "2023-04-01"],
    "D05-TS": ["2017-07-01", "2026-05-01"],
    "D06-TS": ["2026-05-01"],
    "MS2": ["2025-08-15"],
    "MS3": ["2025-08-15"],
    "MS4": ["2025-08-15"],
    "M01B-HSB": ["2019-05-01"],
    "C12-TS": ["2017-07-01", "2026-05-01"],
    "D09-TS": ["2026-05-01"],
    "01-DD": ["2025-11-30"],
}


def name_of(version: FormVersion) -> str:
    return f"{version.definition.code}/{version.valid_from}"


def sample_of(version: FormVersion) -> FormData:
    path = SAMPLES / version.definition.code / f"{version.valid_from}.toml"
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    values = tables.pop("values")
    lists = {name: [Row(n, row) for n, row in enumerate(rows, 1)] for name, rows in tables.items()}
    return FormData(values=values, lists=lists)


@pytest.mark.parametrize(("code", "begins"), WANTED.items(), ids=list(WANTED))
def test_a_form_has_the_versions_the_law_gave_it(code: str, begins: list[str]) -> None:
    assert [v.valid_from.isoformat() for v in catalog.versions(code)] == begins


@pytest.mark.parametrize("version", VERSIONS, ids=name_of)
def test_a_version_says_its_source_and_names_every_field_in_both_languages(
    version: FormVersion,
) -> None:
    form = version.definition
    assert form.source.strip()
    assert form.title_vi.strip()
    assert form.title_en.strip()
    for field in form.fields:
        assert field.label_vi.strip(), field.key
        assert field.label_en.strip(), field.key
        assert field.source.strip(), field.key
        assert field.confidence in frozenset(Confidence), field.key
        assert bool(field.help_vi) is bool(field.help_en), field.key


@pytest.mark.parametrize("version", VERSIONS, ids=name_of)
def test_keys_and_labels_stand_once_in_a_list(version: FormVersion) -> None:
    fields = version.definition.fields
    for marks in (
        [(f.part, f.key) for f in fields],
        [(f.part, f.label_vi) for f in fields],
        [("line", line.code) for line in version.definition.lines],
    ):
        assert len(set(marks)) == len(marks), [m for m in marks if marks.count(m) > 1]


@pytest.mark.parametrize("version", VERSIONS, ids=name_of)
def test_every_code_list_a_form_names_is_there(version: FormVersion) -> None:
    named = {field.code_list for field in version.definition.fields if field.code_list}
    named |= {f.made.code_list for f in version.definition.fields if f.made and f.made.code_list}
    assert named <= code_list_names()


@pytest.mark.parametrize("version", PRINTED, ids=name_of)
def test_a_printed_form_numbers_its_fields(version: FormVersion) -> None:
    assert any(f.is_printed for f in version.definition.fields) or version.layout is not None


@pytest.mark.parametrize("version", VERSIONS, ids=name_of)
def test_a_version_accepts_its_own_sample(version: FormVersion) -> None:
    findings = check_form(version.definition, sample_of(version), filing_date=FILED)
    assert not has_errors(findings), [(f.code, f.sheet, f.field) for f in findings]


ASKING = [v for v in VERSIONS if any(f.required for f in v.definition.fields)]


@pytest.mark.parametrize("version", ASKING, ids=name_of)
def test_a_sample_without_what_is_required_is_refused(version: FormVersion) -> None:
    required = next(f for f in version.definition.fields if f.required)
    empty = FormData(lists={required.part: [Row(1, {})]})
    missing = {(f.code, f.sheet) for f in check_form(version.definition, empty, filing_date=FILED)}
    assert ("check.required", required.part) in missing


def test_a_value_the_form_has_no_place_for_is_said_so() -> None:
    form = catalog.form("TK3-TS", filing_date=FILED).definition
    findings = check_form(form, FormData(values={"mau_toc": "đen"}), filing_date=FILED)
    assert [f.field for f in findings if f.code == "form.no_place"] == ["mau_toc"]


WRITTEN = [v for v in PRINTED if v.layout and v is catalog.versions(v.definition.code)[-1]]


def leaves(group: Group, path: str = "") -> Iterator[tuple[str, Leaf]]:
    """Leaves of the rows' own level: path below plain groups, leaf."""
    for node in group.children:
        if isinstance(node, Leaf):
            yield path + node.element, node
        elif node.each is None and node.household is None:
            yield from leaves(node, f"{path}{node.element}/")


def lists_of(group: Group) -> Iterator[Group]:
    for node in group.children:
        if isinstance(node, Group):
            if node.each is not None:
                yield node
            yield from lists_of(node)


def assert_says(read: ReadRow, group: Group, given: Row | Mapping[str, str]) -> None:
    for path, leaf in leaves(group):
        if len(leaf.keys) == 1 and leaf.decimals is None:
            assert read.texts[path] == (given.get(leaf.keys[0]) or ""), path


@pytest.mark.parametrize("version", WRITTEN, ids=name_of)
def test_a_sample_is_written_and_read_back_unchanged(version: FormVersion) -> None:
    code, data = version.definition.code, sample_of(version)
    file = render_form(code, data, UNIT, Period(2026, 9), filing_date=FILED)
    assert file.sign_node == version.wire.sign_node
    read = read_document(file.content, version.wire)
    assert_says(read, version.wire.root, data.values)
    for group in lists_of(version.wire.root):
        if group.each not in data.lists or group.each == version.definition.household_part:
            continue
        rows = read.rows(group.each)
        assert len(rows) == len(data.lists[group.each])
        for found, row in zip(rows, data.lists[group.each], strict=True):
            assert_says(found, group, row)


EDGES = [
    ("D02-LT", date(2026, 4, 30), "D02-LT", date(2020, 5, 1)),
    ("D02-LT", date(2026, 5, 1), "D02-LT", date(2026, 5, 1)),
    ("D02-TS", date(2026, 5, 1), "D02-LT", date(2026, 5, 1)),
    ("D02-TS", date(2020, 5, 1), "D02-LT", date(2020, 5, 1)),
    ("D02-TS", date(2020, 4, 30), "D02-TS", date(2017, 7, 1)),
    ("D02-LT", date(2020, 4, 30), "D02-TS", date(2017, 7, 1)),
    ("TK1-TS", date(2023, 3, 31), "TK1-TS", date(2017, 7, 1)),
    ("TK1-TS", date(2026, 4, 30), "TK1-TS", date(2023, 4, 1)),
    ("TK1-TS", date(2026, 5, 1), "TK1-TS", date(2026, 5, 1)),
    ("C12-TS", date(2026, 4, 30), "C12-TS", date(2017, 7, 1)),
    ("C12-TS", date(2026, 5, 1), "C12-TS", date(2026, 5, 1)),
    ("D03-TS", date(2026, 4, 30), "D03-TS", date(2023, 4, 1)),
    ("D03-TS", date(2026, 5, 1), "MS3", date(2025, 8, 15)),
    ("D01-TS", date(2026, 5, 1), "D01-TS", date(2017, 7, 1)),
    ("01B-HSB", date(2026, 5, 1), "M01B-HSB", date(2019, 5, 1)),
    ("01-ĐĐ", date(2026, 5, 1), "01-DD", date(2025, 11, 30)),
]


@pytest.mark.parametrize(("asked", "filed", "code", "begin"), EDGES)
def test_the_printed_form_is_that_of_the_filing_date_under_any_of_its_names(
    asked: str, filed: date, code: str, begin: date
) -> None:
    found = catalog.printed_form(asked, filing_date=filed)
    assert (found.definition.code, found.valid_from) == (code, begin)


@given(day=st.dates(date(2017, 7, 1), date(2035, 1, 1)), code=st.sampled_from(sorted(WANTED)))
def test_on_any_day_one_version_holds_or_none_has_begun(day: date, code: str) -> None:
    begun = [v for v in catalog.versions(code) if v.valid_from <= day]
    if begun:
        assert catalog.form(code, filing_date=day) is begun[-1]
        last = catalog.last_day(begun[-1])
        assert last is None or begun[-1] is catalog.versions(code)[-1] or day <= last
    else:
        with pytest.raises(UsageFault, match=r"form\.not_in_force"):
            catalog.form(code, filing_date=day)


def test_what_is_no_longer_printed_may_still_be_written() -> None:
    assert catalog.form("D03-TS", filing_date=FILED).wire.root.element == "D03-TS"
    assert catalog.last_day(catalog.form("D01-TS", filing_date=FILED)) == date(2026, 4, 30)


@pytest.mark.parametrize("filed", [date(2020, 5, 1), date(2026, 4, 30), date(2026, 5, 1)])
def test_d02_keeps_its_electronic_layout_whatever_is_printed(filed: date) -> None:
    assert catalog.wire_code("D02-LT", filing_date=filed) == "D02-TS"
    assert catalog.form("D02-TS", filing_date=filed).wire.family == "595"


def test_a_form_that_is_only_printed_has_no_file() -> None:
    with pytest.raises(UsageFault, match=r"form\.no_wire"):
        _ = catalog.form("MS4", filing_date=FILED).wire


def test_an_alias_before_its_form_is_not_in_force() -> None:
    with pytest.raises(UsageFault, match=r"form\.not_in_force"):
        catalog.printed_form("01-ĐĐ", filing_date=date(2025, 11, 29))
    with pytest.raises(UsageFault, match=r"form\.unknown"):
        catalog.printed_form("X-99", filing_date=FILED)


def test_the_lists_of_2026_and_2020_have_their_columns() -> None:
    new, old = catalog.versions("D02-LT")[1], catalog.versions("D02-LT")[0]
    columns = [f.number for f in new.definition.fields if f.part == "lao_dong"]
    assert columns == ["A", "B", *(str(n) for n in range(1, 20))]
    assert "phuong_an" not in new.definition.keys("lao_dong")
    heads = {f.key for f in new.definition.fields if f.part == "ho_so" and f.is_printed}
    assert heads == {"ten_don_vi", "ma_don_vi"}
    numbered = [f.number for f in old.definition.fields if f.part == "lao_dong"]
    assert numbered == [str(n) for n in range(1, 28)]


def test_tk1_of_2026_is_numbered_1_to_17() -> None:
    form = catalog.form("TK1-TS", filing_date=FILED).definition
    numbers = {f.number.strip("[]").split(".")[0] for f in form.fields if f.part == "lao_dong"}
    assert numbers - {"", "*"} == {f"{n:02}" for n in range(1, 18)}


@pytest.mark.parametrize("code", ["TK3-TS", "M01B-HSB", "05A-HSB", "D03-TS", "D05-TS"])
def test_a_layout_nobody_could_confirm_says_so_and_why(code: str) -> None:
    doubt = catalog.form(code, filing_date=FILED).unproven
    assert doubt is not None
    assert doubt.reason_vi.strip()
    assert doubt.reason_en.strip()


@pytest.mark.parametrize("code", ["D02-TS", "TK1-TS", "D01-TS", "BHXHDienTu"])
def test_a_layout_seen_in_real_files_is_not_in_doubt(code: str) -> None:
    assert catalog.form(code, filing_date=FILED).unproven is None


def test_notices_of_both_layouts_have_their_lines_and_columns() -> None:
    old, new = catalog.versions("C12-TS")
    assert [len(v.definition.lines) for v in (old, new)] == [38, 62]
    assert {f.key for f in new.definition.fields} > {"odts", "httt"}
    assert "bhxh" in {f.key for f in old.definition.fields}
    assert {v.definition.kind for v in (old, new)} == {Kind.NOTICE}


BEGIN, NEXT = date(2020, 1, 1), date(2021, 1, 1)


@pytest.mark.parametrize(
    "spans",
    [
        [(BEGIN, date(2020, 12, 30)), (NEXT, None)],
        [(BEGIN, NEXT), (NEXT, None)],
        [(NEXT, None), (BEGIN, None)],
        [(BEGIN, date(2019, 1, 1))],
    ],
    ids=["gap", "overlap", "order", "ends before it begins"],
)
def test_versions_that_leave_a_gap_or_overlap_are_refused(
    spans: list[tuple[date, date | None]],
) -> None:
    with pytest.raises(DefinitionFault) as fault:
        catalog.refuse_bad_order("T", spans)
    assert fault.value.code == "definition.order"


def test_versions_that_follow_each_other_are_taken() -> None:
    catalog.refuse_bad_order("T", [(BEGIN, date(2020, 12, 31)), (NEXT, None)])
    catalog.refuse_bad_order("T", [(BEGIN, None), (NEXT, date(2026, 1, 1))])


def test_flags_and_codes_have_a_length() -> None:
    for version in VERSIONS:
        for field in version.definition.fields:
            if field.type in (FieldType.FLAG, FieldType.CODE):
                assert field.max_length, (name_of(version), field.key)


def test_a_form_that_has_ended_is_refused_after_its_last_day(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (version,) = catalog.versions("MS4")
    ended = replace(version, definition=replace(version.definition, valid_to=date(2026, 9, 30)))
    monkeypatch.setattr(catalog, "versions", lambda _code: (ended,))
    assert catalog.form("MS4", filing_date=date(2026, 9, 30)) is ended
    with pytest.raises(UsageFault) as fault:
        catalog.form("MS4", filing_date=date(2026, 10, 1))
    assert (fault.value.code, fault.value.params["date"]) == ("form.ended", "30/09/2026")


def test_the_health_lists_are_found_under_the_names_people_use() -> None:
    for number in (2, 3, 4):
        found = catalog.printed_form(f"Mẫu số {number}", filing_date=FILED)
        assert found.definition.code == f"MS{number}"
