"""The procedure table: in both languages, with sources, refused when it contradicts itself."""

from datetime import date

import pytest

from forms import catalog
from forms.codes import code_list
from forms.definition import Confidence
from forms.procedures import Procedure
from forms.strict_toml import DefinitionFault
from resources import read_text
from resources.messages import LANGUAGES, catalogue

PROCEDURES = catalog.procedures()
WANTED = [
    "600",
    "600a",
    "600b",
    "600c",
    "600d",
    "600o",
    "601",
    "602",
    "603",
    "604",
    "605",
    "606a",
    "606b",
    "607",
    "608",
    "610",
    "612",
    "613",
    "630",
    "630a",
    "630b",
    "630c",
    "dk-lan-dau",
    "04_DK-IVAN",
    "05_SD-IVAN",
    "06_NG-IVAN",
]


def name_of(procedure: Procedure) -> str:
    return procedure.code


def test_the_table_holds_every_procedure_of_an_employer() -> None:
    assert [p.code for p in PROCEDURES] == WANTED


@pytest.mark.parametrize("procedure", PROCEDURES, ids=name_of)
def test_a_procedure_has_names_source_grade_and_forms_that_exist(procedure: Procedure) -> None:
    assert procedure.name_vi.strip()
    assert procedure.name_en.strip()
    assert procedure.source.strip()
    assert procedure.confidence in frozenset(Confidence)
    assert {form.code for form in procedure.forms} <= catalog.codes()
    assert all(form.title.strip() for form in procedure.forms)
    assert procedure.envelope in catalog.codes()
    assert bool(procedure.note_vi) is bool(procedure.note_en)


@pytest.mark.parametrize("procedure", PROCEDURES, ids=name_of)
def test_a_form_of_a_procedure_can_be_written_today(procedure: Procedure) -> None:
    for listed in procedure.forms:
        assert catalog.form(listed.code, filing_date=date(2026, 10, 5)).wire.file.endswith(".xml")


@pytest.mark.parametrize("procedure", PROCEDURES, ids=name_of)
def test_a_sub_case_belongs_to_a_procedure(procedure: Procedure) -> None:
    if procedure.parent:
        assert procedure.code.startswith(procedure.parent)
        assert catalog.procedure(procedure.parent).parent == ""


def test_every_movement_of_the_list_has_a_case_and_every_case_its_movement() -> None:
    known = set(code_list("phuong_an").entries)
    cases = catalog.procedure("600").cases
    used = {code for case in cases for code in case.movements}
    assert used == known
    assert all(case.name_vi and case.name_en for case in cases)
    assert len({case.code for case in cases}) == len(cases)


def test_the_agency_answers_within_the_days_of_the_law() -> None:
    def days(code: str) -> tuple[int, str] | None:
        deadline = catalog.procedure(code).deadline
        return (deadline.days, deadline.kind) if deadline else None

    assert days("600") == (5, "working")
    assert days("600c") == (10, "working")
    assert days("630a") == (7, "working")
    assert days("612") == (0, "working")
    assert days("605") is None


def test_suspension_for_the_epidemic_is_over() -> None:
    assert catalog.procedure("600d").in_force(date(2021, 12, 1))
    assert not catalog.procedure("600d").in_force(date(2026, 5, 1))
    assert catalog.procedure("600").in_force(date(2026, 5, 1))


@pytest.mark.parametrize("paper", catalog.papers(), ids=lambda paper: paper.code)
def test_a_paper_has_names_words_and_a_sentence_for_its_absence(paper: catalog.Paper) -> None:
    assert paper.name_vi.strip()
    assert paper.name_en.strip()
    assert paper.source.strip()
    assert paper.movements <= set(code_list("phuong_an").entries)
    assert paper.is_meant_by(paper.name_vi)
    assert paper.is_meant_by(paper.code)
    assert not paper.is_meant_by("Ảnh chân dung")
    assert set(catalogue()[f"dossier.paper.{paper.code}"]) == set(LANGUAGES)


PAPER_AGAIN = """[[paper]]
code = "hop_dong"
name_vi = "t"
name_en = "t"
movements = []
words = []
source = "thử"
confidence = "U"
[[paper]]"""


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('parent = "600"', 'parent = "999"', "definition.unknown_value"),
        ('envelope = "HSDKLanDau"', 'envelope = "HSDK"', "definition.unknown_value"),
        ('valid_to = "2022-06-30"', 'valid_to = "2020-06-30"', "definition.order"),
        ('valid_to = "2022-06-30"', 'valid_to = "30/06/2022"', "definition.type"),
        ('days = 5, kind = "working"', 'days = 5, kind = "full"', "definition.unknown_value"),
        ('days = 5, kind = "working"', 'kind = "working"', "definition.missing"),
        ('source = "Luật BHXH 2024 Đ29"', 'source = ""', "definition.no_source"),
        ("[[paper]]", PAPER_AGAIN, "definition.duplicate"),
        ('movements = ["TM"', 'moves = ["TM"', "definition.unknown_key"),
    ],
)
def test_a_slip_in_the_table_is_refused(old: str, new: str, code: str) -> None:
    text = read_text("procedures.toml")
    changed = text.replace(old, new, 1)
    assert changed != text
    with pytest.raises(DefinitionFault) as fault:
        catalog.load_catalog(changed, file="procedures.toml")
    assert fault.value.code == code
