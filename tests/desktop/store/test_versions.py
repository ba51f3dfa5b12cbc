"""The draft before a step, swapped with what the step made of it, and back."""

from collections.abc import Iterator

import pytest

from desktop.services.ports import Store, Swap, UnitOfWork
from forms.model import DossierState, Part, Row
from tests.desktop.store.samples import (
    AN,
    BINH,
    FINDINGS,
    NOVEMBER,
    NOW,
    RULES,
    UNIT,
    draft,
    later,
    stored_dossier,
)

MENDED = Row(4, {**AN.values, "tien_luong": "6000000"})


@pytest.fixture
def dossier(store: Store) -> str:
    return stored_dossier(store)


@pytest.fixture
def work(store: Store, dossier: str) -> Iterator[UnitOfWork]:
    with store.begin() as opened:
        yield opened


def _changed(work: UnitOfWork, dossier: str) -> int:
    """The step after which the row is mended."""
    before, found = work.dossiers.draft(dossier), tuple(work.dossiers.findings(dossier))
    rules = work.dossiers.get(dossier).rules_hash
    work.dossiers.replace_draft(dossier, draft(MENDED, BINH))
    work.dossiers.replace_findings(dossier, (), RULES)
    merged = work.roster.merge(UNIT.code, draft(MENDED), NOVEMBER, now=NOW, dossier_id=dossier)
    assert merged.step is not None
    work.dossiers.keep_version(dossier, merged.step.id, before, found, rules)
    return merged.step.id


def _rows(work: UnitOfWork, dossier: str) -> tuple[Row, ...]:
    return tuple(work.dossiers.draft(dossier).rows(Part.LAO_DONG))


def test_there_and_back(work: UnitOfWork, dossier: str) -> None:
    before = tuple(work.dossiers.findings(dossier))
    assert before == FINDINGS
    step = _changed(work, dossier)
    assert work.dossiers.swap_version(dossier, step) is Swap.DONE
    assert _rows(work, dossier) == (AN, BINH)
    assert tuple(work.dossiers.findings(dossier)) == before
    assert work.dossiers.swap_version(dossier, step) is Swap.DONE
    assert _rows(work, dossier) == (MENDED, BINH)
    assert not work.dossiers.findings(dossier)


def test_a_version_is_no_dossier(work: UnitOfWork, dossier: str) -> None:
    step = _changed(work, dossier)
    assert [each.id for each in work.dossiers.all()] == [dossier]
    work.dossiers.bring_back(step)
    assert [each.id for each in work.dossiers.all(UNIT.code)] == [dossier]
    made = work.dossiers.create(UNIT.code, NOVEMBER, "600", draft(AN), (), later(5))
    assert made.batch == 2


def test_a_step_that_changed_no_draft_has_none(work: UnitOfWork, dossier: str) -> None:
    assert work.dossiers.swap_version(dossier, 77) is Swap.NONE
    assert work.dossiers.swap_version("ZZ0000Z-2026-11-600-9", 77) is Swap.NONE


def test_a_draft_changed_since_is_not_touched(work: UnitOfWork, dossier: str) -> None:
    step = _changed(work, dossier)
    work.dossiers.replace_draft(dossier, draft(BINH))
    assert work.dossiers.swap_version(dossier, step) is Swap.CHANGED
    assert _rows(work, dossier) == (BINH,)


def test_a_signed_one_is_not_touched(work: UnitOfWork, dossier: str) -> None:
    step = _changed(work, dossier)
    for state in (DossierState.CHECKED, DossierState.SIGNED):
        work.dossiers.move(dossier, state, now=NOW, event="event.signed")
    assert work.dossiers.swap_version(dossier, step) is Swap.SIGNED
    assert _rows(work, dossier) == (MENDED, BINH)


def test_it_goes_with_its_step(store: Store, dossier: str) -> None:
    with store.begin() as work:
        step = _changed(work, dossier)
        work.roster.undo(UNIT.code)
        work.dossiers.swap_version(dossier, step)
        work.roster.forget_undone(UNIT.code)
        work.commit()
    with store.begin() as work:
        assert work.dossiers.swap_version(dossier, step) is Swap.NONE
        assert _rows(work, dossier) == (AN, BINH)
