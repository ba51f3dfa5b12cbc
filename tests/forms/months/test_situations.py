"""What a month calls for: each line is a person of last month and of this month."""

from datetime import date

import pytest

from forms.model import Period, Row
from forms.months.case import Setting
from forms.months.model import PersonState, Proposal, Proposed, Snapshot
from forms.months.propose import propose
from forms.rules.contribution import contribute
from forms.rules.persons import Group, PersonMonth
from resources.messages import text
from tests.forms.months.situations import BASE, OTHER, PERIOD, cell, compare, someone, told

HERE = someone()
TS = {"phuong_an": "TS", "tu_thang": "09/2026"}
SITUATIONS = [
    # nothing
    ("the same", HERE, HERE, ""),
    ("only another number of the row", someone(stt="1"), someone(stt="7"), ""),
    ("the same amount written otherwise", HERE, someone(tien_luong="10000000.0"), ""),
    ("a column that one list does not have", HERE, someone(email="may@example.vn"), ""),
    ("an old phương án left standing", someone(phuong_an="TM"), someone(phuong_an="TM"), ""),
    # new
    ("new without a number", None, HERE, "TM 2026-11"),
    ("new with the personal number", None, someone(ma_so_bhxh=BASE["cccd"]), "TM 2026-11"),
    (
        "new with a number of 10 digits",
        None,
        someone(ma_so_bhxh="9900000017"),
        "ask.came_from[TM TD TC nothing]",
    ),
    (
        "new with a number, said to have no book",
        None,
        someone(ma_so_bhxh="9900000017", da_co_so="0"),
        "TM 2026-11",
    ),
    (
        "new with a book",
        None,
        someone(da_co_so="1"),
        "ask.came_from[TM TD TC nothing]",
    ),
    (
        "new, and the user says from where",
        None,
        someone(ma_so_bhxh="9900000017", phuong_an="TD"),
        "TD 2026-11",
    ),
    (
        "new on a contract of two months",
        None,
        someone(hdld_xdth_tu_ngay="02/11/2026", hdld_xdth_den_ngay="01/01/2027"),
        "TH 2026-11",
    ),
    (
        "new on a contract of ten days",
        None,
        someone(hdld_xdth_tu_ngay="02/11/2026", hdld_xdth_den_ngay="11/11/2026"),
        "ask.contract_short[nothing TH]",
    ),
    (
        "new since September",
        None,
        someone(hdld_tu_ngay="01/09/2026"),
        "TM 2026-11, AD 2026-09..2026-10",
    ),
    (
        "new since the end of October: that month does not count",
        None,
        someone(hdld_tu_ngay="26/10/2026"),
        "TM 2026-11",
    ),
    (
        "new since the end of this month",
        None,
        someone(hdld_tu_ngay="27/11/2026"),
        "ask.first_month[nothing TM TD TC]",
    ),
    (
        "a contract that begins next month",
        None,
        someone(hdld_tu_ngay="01/12/2026"),
        "ask.begins_later[nothing TM TD TC]",
    ),
    (
        "the user says new since September",
        None,
        someone(phuong_an="TM", tu_thang="09/2026"),
        "TM 2026-11, AD 2026-09..2026-10",
    ),
    (
        "said to be back, but was never here",
        None,
        someone(phuong_an="ON"),
        "ask.against_state[ON TM nothing]",
    ),
    ("no such phương án", None, someone(phuong_an="ZZ"), "ask.unknown_code"),
    # gone
    ("missing", HERE, None, "ask.left[GH GD GC nothing]"),
    ("died", someone(ngay_chet="30/10/2026"), None, "GH 2026-11"),
    (
        "contract ended in October with few days lost",
        someone(hdld_xdth_tu_ngay="01/01/2026", hdld_xdth_den_ngay="30/10/2026"),
        None,
        "ask.left[GH GD GC nothing]",
    ),
    ("reported as gone already", someone(phuong_an="GH"), None, ""),
    ("noted as leaving the month before", someone(ghi_chu="Thôi việc"), None, "GH 2026-11"),
    (
        "still listed after leaving",
        someone(phuong_an="GH", ghi_chu="x"),
        someone(phuong_an="GH"),
        "ask.still_listed[nothing TM TD TC]",
    ),
    (
        "noted as gone",
        HERE,
        someone(ghi_chu="Nghỉ hưu từ 01/11"),
        "GH 2026-11 ? ask.bhyt_row[nothing TT]",
    ),
    (
        "the user says moved to another unit",
        HERE,
        someone(phuong_an="GD", tu_thang="11/2026"),
        "GD 2026-11",
    ),
    (
        "the user says gone since September",
        HERE,
        someone(phuong_an="GD", tu_thang="09/2026"),
        "GD 2026-11, SB 2026-09..2026-10",
    ),
    # wage and title
    ("wage up", HERE, someone(tien_luong="12000000"), "DC 2026-11"),
    ("wage down", HERE, someone(tien_luong="9000000"), "DC 2026-11"),
    ("allowance", HERE, someone(phu_cap_luong="500000"), ""),
    (
        "allowance that both lists have",
        someone(phu_cap_luong="300000"),
        someone(phu_cap_luong="500000"),
        "DC 2026-11",
    ),
    ("title", HERE, someone(chuc_vu="Tổ trưởng"), "CD 2026-11"),
    ("title in capitals only", HERE, someone(chuc_vu="THỢ MAY"), ""),
    (
        "wage and title",
        HERE,
        someone(chuc_vu="Tổ trưởng", tien_luong="12000000"),
        "DC 2026-11",
    ),
    ("wage gone", HERE, someone(tien_luong=""), "ask.wage_lost[DC nothing]"),
    (
        "wage not known before",
        someone(tien_luong=""),
        HERE,
        "ask.wage_before_unknown[DC nothing]",
    ),
    (
        "a wage rise since August",
        HERE,
        someone(tien_luong="12000000", phuong_an="DC", tu_thang="08/2026"),
        "DC 2026-08",
    ),
    (
        "said to have another wage, but has not",
        HERE,
        someone(phuong_an="DC"),
        "ask.no_wage_change[DC nothing]",
    ),
    (
        "said to have another title, but the wage changed",
        HERE,
        someone(phuong_an="CD", tien_luong="12000000"),
        "ask.wage_changed[CD DC nothing]",
    ),
    (
        "said to have another title, but nothing changed",
        HERE,
        someone(phuong_an="CD"),
        "ask.no_title_change[CD nothing]",
    ),
    (
        "a new contract with the same wage",
        someone(hdld_xdth_tu_ngay="01/01/2026"),
        someone(hdld_tu_ngay="01/11/2026"),
        "ask.contract[nothing CD]",
    ),
    # leave and back
    ("maternity", HERE, someone(ghi_chu="Nghỉ thai sản"), "TS 2026-11"),
    ("TS in the note", HERE, someone(ghi_chu="TS"), "TS 2026-11"),
    (
        "unpaid",
        HERE,
        someone(ghi_chu="nghỉ không lương"),
        "KL 2026-11 ? ask.bhyt_row[nothing TT]",
    ),
    (
        "sick, in the column of states",
        HERE,
        someone(dang_tham_gia="leave:OF"),
        "OF 2026-11 ? ask.bhyt_row[nothing TT]",
    ),
    ("unpaid for 13 days", HERE, someone(ghi_chu="Nghỉ không lương", ngay_khong_luong="13"), ""),
    (
        "14 days without wage, nobody says why",
        HERE,
        someone(ngay_khong_luong="14"),
        "ask.which_leave[KL OF TS nothing]",
    ),
    ("still on leave", someone(**TS), someone(**TS, stt="2"), ""),
    ("back", someone(**TS), someone(ghi_chu="Đi làm lại"), "ON 2026-11"),
    ("back, says the user", someone(**TS), someone(phuong_an="ON"), "ON 2026-11"),
    (
        "back since October, says the user",
        someone(**TS),
        someone(phuong_an="ON", tu_thang="10/2026"),
        "ON 2026-11, AD 2026-10..2026-10",
    ),
    ("back, perhaps", someone(ghi_chu="Nghỉ thai sản"), HERE, "ask.back[ON nothing]"),
    (
        "from one leave to another",
        someone(**TS),
        someone(ghi_chu="Nghỉ ốm"),
        "OF 2026-11 ? ask.bhyt_row[nothing TT]",
    ),
    (
        "a wage rise during leave",
        someone(**TS),
        someone(**TS, tien_luong="12000000"),
        "ask.change_on_leave[nothing DC]",
    ),
    ("said to be back from work", HERE, someone(phuong_an="ON"), "ask.against_state[ON nothing]"),
    (
        "said to be new, but was here",
        HERE,
        someone(phuong_an="TM"),
        "ask.against_state[TM nothing]",
    ),
    (
        "gone during leave",
        someone(**TS),
        None,
        "ask.left[GH GD GC nothing]",
    ),
    # personal data
    ("name put right", HERE, someone(ho_ten="Ngô Văn Máy"), "608 2026-11"),
    (
        "another clinic and another telephone",
        someone(ma_benh_vien="79001", dien_thoai="0900000001"),
        someone(ma_benh_vien="79002", dien_thoai="0900000002"),
        "608 2026-11, 613 2026-11",
    ),
    (
        "the number of 10 digits became the personal one",
        someone(ma_so_bhxh="9900000017"),
        someone(ma_so_bhxh=BASE["cccd"]),
        "",
    ),
    (
        "the same number, another name and birth",
        HERE,
        someone(ho_ten="Trần Thị Gió", ngay_sinh="03/04/1990"),
        "ask.other_person[608 nothing]",
    ),
    ("one fund only", HERE, someone(phuong_an="GN", tu_thang="11/2026"), "GN 2026-11"),
]


@pytest.mark.parametrize(
    ("old", "new", "expected"), [case[1:] for case in SITUATIONS], ids=[c[0] for c in SITUATIONS]
)
def test_what_the_month_calls_for(
    old: PersonState | None, new: PersonState | None, expected: str
) -> None:
    proposal = compare(old, new)
    assert told(proposal) == expected
    for each in proposal.movements:
        assert text(each.reason, **each.params)
    for question in proposal.questions:
        assert text(question.code, **question.params)
        assert all(text(option.words) for option in question.options)


def only(proposal: Proposal) -> Proposed:
    assert len(proposal.movements) == 1
    return proposal.movements[0]


def test_people_without_a_difference_are_counted() -> None:
    assert compare(HERE, HERE).unchanged == 2
    assert compare(HERE, someone(tien_luong="12000000")).unchanged == 1
    assert compare(None, HERE).unchanged == 1


def test_a_missing_month_is_said_aloud_and_nobody_is_new_by_silence() -> None:
    people = (HERE, someone(5, cccd="099085000003"), someone(6, cccd="", ma_so_bhxh="9900000017"))
    proposal = propose(
        Snapshot(name="", people=()), Snapshot(name="", people=people), Setting(period=PERIOD)
    )
    assert proposal.movements == ()
    first = proposal.questions[0]
    assert (first.code, first.params["month"], first.params["people"]) == (
        "months.ask.no_previous",
        "10/2026",
        3,
    )
    everybody = first.options[1]
    assert everybody.movement is not None
    assert [each.phuong_an for each in (everybody.movement, *everybody.also)] == ["TM"] * 3


def test_in_a_first_month_the_user_s_own_word_still_counts() -> None:
    said = someone(phuong_an="TM")
    proposal = propose(
        Snapshot(name="", people=()), Snapshot(name="", people=(said,)), Setting(period=PERIOD)
    )
    assert told(proposal) == "TM 2026-11 ? ask.no_previous[nothing]"


def test_an_empty_new_list_and_a_list_of_another_month_are_said() -> None:
    setting = Setting(period=PERIOD, old_month=Period(2026, 8))
    proposal = propose(Snapshot(name="", people=(HERE,)), Snapshot(name="", people=()), setting)
    codes = [question.code for question in proposal.questions]
    assert codes == ["months.ask.no_current", "months.ask.other_month", "months.ask.left"]


def test_a_person_twice_in_a_list_is_said_with_the_lines() -> None:
    twice = (someone(4), someone(9))
    proposal = propose(
        Snapshot(name="", people=(HERE,)),
        Snapshot(name="", people=twice),
        Setting(period=PERIOD),
    )
    double = proposal.questions[0]
    assert double.code == "months.said.double_new"
    assert double.params == {"times": 2, "lines": "4, 9"}


def test_the_evidence_names_the_cells_of_both_months() -> None:
    found = only(compare(someone(7), someone(9, tien_luong="12000000")))
    (wage,) = found.evidence
    assert (wage.key, wage.before, wage.after) == ("tien_luong", "10000000", "12000000")
    assert (cell(wage.old)[-1], cell(wage.new)[-1]) == ("7", "9")


def test_the_evidence_of_somebody_missing_has_no_new_cell() -> None:
    (question,) = compare(HERE, None).questions
    assert all(each.old is not None and each.new is None for each in question.evidence)


def owed(wage: int, month: Period = PERIOD) -> tuple[int, int]:
    found = contribute(PersonMonth(group=Group.STANDARD, month=month, region=1, wage=wage))
    return found.total("employer"), found.total("employee")


def test_the_cost_is_the_difference_of_what_is_owed() -> None:
    cost = only(compare(HERE, someone(tien_luong="12000000"))).cost
    before, after = owed(10_000_000), owed(12_000_000)
    assert cost is not None
    assert (cost.employer, cost.employee) == (after[0] - before[0], after[1] - before[1])
    assert cost.sources
    maternity = only(compare(HERE, someone(ghi_chu="Nghỉ thai sản"))).cost
    assert maternity is not None
    assert (maternity.employer, maternity.employee) == (-before[0], -before[1])


def test_a_rise_that_reaches_back_owes_the_difference_of_each_month() -> None:
    """Worked example P19: decided in August, since May."""
    period = Period(2026, 8)
    proposal = compare(
        HERE,
        someone(tien_luong="12000000", phuong_an="DC", tu_thang="05/2026"),
        Setting(period=period, region=1),
    )
    found = only(proposal)
    assert found.cost is not None
    assert found.cost.total == 640_000 * 4
    assert found.deadline == date(2026, 9, 30)


def test_earlier_months_cost_what_they_were_worth_then() -> None:
    proposal = compare(None, someone(hdld_tu_ngay="01/09/2026"))
    costs = [each.cost.total for each in proposal.movements if each.cost]
    assert costs == [sum(owed(10_000_000)), 2 * sum(owed(10_000_000))]


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"tien_luong": ""}, "months.cost.wage"),
        ({"phu_cap_luong": "nhiều"}, "months.cost.allowance"),
    ],
)
def test_a_cost_that_cannot_be_known_says_why(values: dict[str, str], reason: str) -> None:
    cost = only(compare(None, someone(**values))).cost
    assert cost is not None
    assert (cost.unknown, cost.total) == (reason, 0)


def test_the_region_is_asked_for_only_where_it_matters() -> None:
    setting = Setting(period=PERIOD)
    usual = only(compare(None, someone(ma_vung_ltt=""), setting)).cost
    high = only(compare(None, someone(ma_vung_ltt="", tien_luong="100000000"), setting)).cost
    assert usual is not None
    assert high is not None
    assert (usual.unknown, high.unknown) == ("", "months.cost.region")


def test_registration_is_due_within_thirty_days_the_first_one_counted() -> None:
    found = only(compare(None, someone(hdld_tu_ngay="02/11/2026")))
    assert found.deadline == date(2026, 12, 1)
    assert found.deadline_source is not None
    assert "Điều 28" in found.deadline_source.article
    assert found.deadline_source.confidence.value == "L"


def test_other_reports_are_due_with_the_month_s_money() -> None:
    found = only(compare(HERE, someone(tien_luong="12000000")))
    assert found.deadline == date(2026, 12, 31)
    assert found.deadline_source is not None
    assert found.deadline_source.note


def test_the_note_is_filled_from_the_template_and_gaps_are_said() -> None:
    full = compare(None, someone(so_hop_dong="12/HĐ", ngay_ky_hop_dong="01/11/2026"))
    assert only(full).values["ghi_chu"] == "HĐLĐ số 12/HĐ ngày 01/11/2026"
    assert full.questions == ()
    bare = compare(None, HERE)
    assert only(bare).values["ghi_chu"] == "HĐLĐ"
    (said,) = bare.questions
    assert (said.code, said.params) == ("months.said.notes", {"count": 1, "movements": "TM"})


def test_the_user_s_own_note_is_kept() -> None:
    found = only(compare(None, someone(phuong_an="TM", ghi_chu="HĐLĐ số 7, phụ lục 2")))
    assert found.values["ghi_chu"] == "HĐLĐ số 7, phụ lục 2"


def test_the_row_is_the_person_s_with_the_movement_in_it() -> None:
    values = only(compare(someone(phuong_an="TM"), someone(tien_luong="9000000"))).values
    assert values["ho_ten"] == BASE["ho_ten"]
    assert (values["phuong_an"], values["loai"], values["tu_thang"]) == ("DC", "4", "11/2026")
    assert "den_thang" not in values


def test_late_rows_come_with_the_papers_of_their_movement() -> None:
    main, earlier = compare(None, someone(hdld_tu_ngay="01/09/2026")).movements
    assert main.papers == ()
    assert [paper["ten_loai_van_ban"] for paper in earlier.papers] == ["Bản chính bảng lương"]
    assert earlier.papers[0]["noi_dung_tham_dinh"] == "Truy tăng Ngô Văn Mây từ 09/2026"


def test_new_people_bring_their_household_and_a_tk1() -> None:
    members = ({"ho_ten": "Trần Thị Gió", "moi_quan_he": "02"},)
    new = PersonState(values=BASE, household=members)
    found = only(compare(None, new))
    assert found.household == members
    assert found.values["kem_tk1"] == "1"


def test_a_changed_household_is_told_on_tk1() -> None:
    old = PersonState(values=BASE, household=({"ho_ten": "Trần Thị Gió"},))
    new = PersonState(values=BASE, household=({"ho_ten": "Trần Thị Mưa"},))
    found = only(compare(old, new))
    assert (found.phuong_an, found.procedure) == ("", "608")
    assert found.household == new.household
    assert "hộ gia đình" in found.values["noi_dung_thay_doi"]


def test_what_changes_on_tk1_is_written_out() -> None:
    found = only(compare(HERE, someone(ho_ten="Ngô Văn Máy")))
    said = found.values["noi_dung_thay_doi"]
    assert said == "Điều chỉnh họ tên: Ngô Văn Mây → Ngô Văn Máy"


def test_a_movement_of_this_month_s_dossiers_is_not_proposed_again() -> None:
    declared = Row(4, {**BASE, "phuong_an": "DC", "tu_thang": "11/2026"})
    setting = Setting(period=PERIOD, region=1, declared=(declared,))
    proposal = compare(HERE, someone(tien_luong="12000000"), setting)
    assert told(proposal) == "said.declared"
    gone = Row(4, {**BASE, "phuong_an": "GD", "tu_thang": "11/2026"})
    setting = Setting(period=PERIOD, region=1, declared=(gone,))
    assert told(compare(HERE, None, setting)) == "said.declared"
    stranger = Row(4, {**BASE, "cccd": "099085000009", "phuong_an": "DC", "tu_thang": "11/2026"})
    setting = Setting(period=PERIOD, region=1, declared=(stranger,))
    assert told(compare(HERE, someone(tien_luong="12000000"), setting)) == "DC 2026-11"


def test_the_clinic_may_be_changed_at_the_beginning_of_a_quarter() -> None:
    old, new = someone(ma_benh_vien="79001"), someone(ma_benh_vien="79002")
    early = Setting(period=Period(2026, 10), today=date(2026, 10, 3))
    late = Setting(period=PERIOD, today=date(2026, 11, 20))
    assert only(compare(old, new, early)).deadline == date(2026, 10, 15)
    assert only(compare(old, new, late)).deadline == date(2027, 1, 15)


def test_ids_are_the_same_every_time_and_never_twice() -> None:
    new = someone(hdld_tu_ngay="01/09/2026")
    first, again = compare(None, new), compare(None, new)
    ids = [*(m.id for m in first.movements), *(q.id for q in first.questions)]
    assert ids == [*(m.id for m in again.movements), *(q.id for q in again.questions)]
    assert len(set(ids)) == len(ids)


def test_nothing_is_said_of_somebody_else() -> None:
    assert compare(OTHER, OTHER).movements == ()
