"""A dossier is held against the table: forms, dates, papers, what nobody could confirm."""

from datetime import date

import pytest

from forms.checks.dossier import check_dossier
from forms.findings import Finding, Severity, has_errors
from resources.messages import LANGUAGES, text

FILED = date(2026, 10, 5)
PAPERS = ("Bản chính hợp đồng lao động", "Bảng lương tháng 9")


def findings(
    procedure: str,
    *forms: str,
    movements: tuple[str, ...] = (),
    papers: tuple[str, ...] = PAPERS,
    filed: date = FILED,
    on_time: bool = False,
) -> tuple[Finding, ...]:
    return check_dossier(
        procedure, forms, movements=movements, papers=papers, filing_date=filed, on_time=on_time
    )


def codes(*args: str, **more: object) -> list[str]:
    return [found.code for found in findings(*args, **more)]  # type: ignore[arg-type]  # passed on


def test_a_whole_dossier_of_600_has_nothing_wrong() -> None:
    assert codes("600", "D02-TS", "TK1-TS", "D01-TS", "CT-DK", movements=("TM",)) == []


def test_the_printed_name_of_a_form_is_as_good_as_the_electronic_one() -> None:
    assert codes("600", "D02-LT", movements=("TM",)) == []
    assert "dossier.form_missing" not in codes("603", "MS3")
    assert codes("600", "D02-LT", "D02-TS") == []


def test_a_required_form_that_is_missing_is_an_error() -> None:
    found = findings("600", "TK1-TS")
    assert [f.code for f in found] == ["dossier.form_missing"]
    assert found[0].severity is Severity.ERROR
    assert found[0].params == {"procedure": "600", "form": "D02-TS"}


@pytest.mark.parametrize("stranger", ["TK3-TS", "M01B-HSB", "X-99"])
def test_a_form_that_does_not_belong_there_is_an_error(stranger: str) -> None:
    found = findings("600", "D02-TS", stranger)
    assert found[0].code == "dossier.form_not_allowed"
    assert found[0].params["form"] == stranger
    assert has_errors(found)


def test_a_procedure_without_a_required_form_needs_at_least_one() -> None:
    assert "dossier.no_form" in codes("600c")
    assert "dossier.no_form" not in codes("600c", "TK3-TS")
    assert "dossier.no_form" in codes("600c", "CT-DK")


def test_an_unknown_procedure_is_an_error() -> None:
    assert codes("999", "D02-TS") == ["dossier.unknown_procedure"]


def test_a_procedure_that_has_ended_or_not_begun_is_an_error() -> None:
    assert codes("600d", "D02-TS", filed=FILED)[0] == "dossier.procedure_ended"
    assert codes("600d", "D02-TS", filed=date(2021, 7, 6))[0] == "dossier.procedure_not_yet"
    assert codes("600d", "D02-TS", filed=date(2021, 7, 7)) == []
    assert codes("600d", "D02-TS", filed=date(2022, 6, 30)) == []


def test_papers_that_go_with_a_movement_and_are_missing_are_a_warning() -> None:
    found = findings("600", "D02-TS", movements=("TM",), papers=())
    assert [f.code for f in found] == ["dossier.paper.hop_dong", "dossier.paper.bang_luong"]
    assert {f.severity for f in found} == {Severity.WARNING}
    assert found[0].params == {"movement": "TM"}


def test_a_paper_may_be_named_by_its_code() -> None:
    assert codes("601", "D02-TS", movements=("TM",), papers=("hop_dong", "bang_luong")) == []


def test_a_death_certificate_is_only_a_reminder() -> None:
    papers = ("Quyết định thôi việc", "Bảng lương")
    found = findings("600", "D02-TS", movements=("GH",), papers=papers)
    assert [(f.code, f.severity) for f in found] == [("dossier.paper.giay_chung_tu", Severity.INFO)]


def test_the_split_of_one_program_is_the_movement_it_splits() -> None:
    papers = ("Quyết định", "Bảng lương", "Giấy chứng tử")
    assert codes("600", "D02-TS", movements=("GH1", "GH4"), papers=papers) == []


def test_a_report_in_its_month_needs_no_papers_but_arrears_always_do() -> None:
    assert codes("600", "D02-TS", movements=("TM",), papers=(), on_time=True) == []
    assert codes("601", "D02-TS", movements=("TM",), papers=(), on_time=True) != []


def test_a_movement_of_another_sub_case_is_a_warning() -> None:
    assert codes("600b", "D02-TS", movements=("CD",), papers=("Quyết định",)) == []
    found = findings("600b", "D02-TS", movements=("TM",))
    assert ("dossier.movement", Severity.WARNING) in [(f.code, f.severity) for f in found]


@pytest.mark.parametrize(
    ("procedure", "form"), [("604", "TK3-TS"), ("630a", "M01B-HSB"), ("603", "D03-TS")]
)
def test_a_layout_nobody_could_confirm_is_told(procedure: str, form: str) -> None:
    found = findings(procedure, form)
    assert [(f.code, f.severity, f.params["form"]) for f in found] == [
        ("form.unproven", Severity.INFO, form)
    ]
    assert form in text("form.unproven", "vi", form=form)


def test_a_procedure_nobody_could_confirm_is_told() -> None:
    assert "dossier.procedure_unproven" in codes("606b", "TK3-TS")


def test_a_first_registration_has_an_envelope_in_doubt() -> None:
    found = findings("dk-lan-dau", "TK3-TS")
    doubted = [f.params["form"] for f in found if f.code == "form.unproven"]
    assert doubted == ["TK3-TS", "HSDKLanDau"]


def test_every_finding_can_be_said() -> None:
    everything = (
        *findings("600", "TK3-TS", movements=("GH", "TM", "ZZ"), papers=()),
        *findings("999"),
        *findings("600d", "D02-TS"),
        *findings("600c"),
        *findings("606b", "TK3-TS"),
    )
    for found in everything:
        for lang in LANGUAGES:
            assert text(found.code, lang, **found.params).strip()
