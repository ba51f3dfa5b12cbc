"""Codes of the checks: each has a severity, words, and something that provokes it."""

from desktop.practice.roster import FAULTS
from forms.checks.severities import SEVERITIES
from forms.findings import Severity
from resources.messages import catalogue, text
from tests.fakes.checked import PERSON, changed, draft, findings

NOT_BY_WORKBOOK = {
    "check.illegal_character",
    "check.no_people",
    "check.not_checkable",
    "check.not_digits",
}
"""cleaning takes such letters out, an empty sheet is no row, and digits are numbers with a rule"""


def test_every_code_has_words_and_no_words_are_left_over() -> None:
    own = {code for code in SEVERITIES if code.startswith("check.")}
    assert {code for code in catalogue() if code.startswith("check.")} == own
    assert set(SEVERITIES) - own == {"code.ended", "code.ended_several", "code.ended_unknown"}
    assert set(SEVERITIES) <= set(catalogue())


def test_every_code_is_provoked_by_a_planted_fault() -> None:
    provoked = {code for fault in FAULTS.values() for code in fault.codes}
    assert set(SEVERITIES) - provoked == NOT_BY_WORKBOOK


def test_what_could_not_be_checked_is_no_warning() -> None:
    infos = {code for code, severity in SEVERITIES.items() if severity is Severity.INFO}
    assert infos == {"check.not_checkable"}


def test_words_are_filled_from_the_finding() -> None:
    rows = [changed(PERSON, ma_so_bhxh="12345"), changed(PERSON, chuc_vu="x" * 600, stt="2")]
    shown = [text(f.code, lang, **f.params) for f in findings(draft(rows)) for lang in ("vi", "en")]
    assert "10 hoặc 12 chữ số; ô này có 5 ký tự" in shown[0]
    assert any("600" in sentence and "500" in sentence for sentence in shown)
    assert all("{" not in sentence for sentence in shown)


def test_no_sentence_repeats_a_number_of_a_person() -> None:
    for found in findings(draft([changed(PERSON, cccd="9817654321"), PERSON])):
        assert not {"9817654321", PERSON["cccd"]} & {str(v) for v in found.params.values()}
