"""Every explanation, subject, kind and column can be said in both languages."""

import pytest

from forms.reconcile.difference import Kind, Reason, Subject
from forms.reconcile.explain import rounding, unexplained
from forms.reconcile.notice import Column
from resources.messages import LANGUAGES, text

PARAMS = {"codes": "TM", "first": "01/2026", "last": "02/2026", "count": 3, "most": 6}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("reason", Reason)
def test_every_explanation_has_words_for_what_it_carries(reason: Reason, lang: str) -> None:
    said = text(reason.value, lang, **PARAMS)
    assert said
    assert "{" not in said


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "code",
    [
        *(f"reconcile.kind.{kind}" for kind in Kind),
        *(f"reconcile.subject.{subject}" for subject in Subject),
        *(f"reconcile.column.{column}" for column in Column),
    ],
)
def test_every_word_of_the_table_of_differences_is_there(code: str, lang: str) -> None:
    assert text(code, lang)


@pytest.mark.parametrize("explanation", [rounding(3, 6), unexplained(), unexplained(["1"])])
def test_explanations_without_a_supposition_fill_their_words(explanation: object) -> None:
    assert text(explanation.reason.value, "vi", **explanation.params)  # type: ignore[attr-defined]  # an Explanation
