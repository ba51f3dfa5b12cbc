"""Dossiers: drafts, findings, files, states and the journal, on every store."""

from dataclasses import replace
from datetime import date, timedelta, timezone
from itertools import product

import pytest

from desktop.services.ports import JournalEntry, Store, StoredFile, UnitOfWork
from forms.findings import Finding, Severity
from forms.model import DossierState, Draft, Part, Period, Row, Section
from forms.states import ALLOWED
from resources.faults import UsageFault
from tests.desktop.store.samples import (
    AN,
    BINH,
    ENVELOPE,
    FINDINGS,
    FORM,
    NOVEMBER,
    NOW,
    PAPER,
    RULES,
    UNIT,
    draft,
    later,
    state_of,
    stored_dossier,
)

HANOI = timezone(timedelta(hours=7))


def created(work: UnitOfWork, procedure: str = "600", period: Period = NOVEMBER) -> str:
    return work.dossiers.create(UNIT.code, period, procedure, draft(AN), (), NOW).id


def brought_to(work: UnitOfWork, dossier_id: str, state: DossierState) -> None:
    """By the shortest legal way."""
    ways: list[tuple[DossierState, ...]] = [(DossierState.DRAFT,)]
    while ways[0][-1] is not state:
        way = ways.pop(0)
        ways += [(*way, after) for after in sorted(ALLOWED[way[-1]]) if after not in way]
    for after in ways[0][1:]:
        work.dossiers.move(dossier_id, after, now=NOW, event="event.built")


def test_a_new_dossier_is_a_draft_with_a_name(store: Store) -> None:
    dossier_id = stored_dossier(store)
    with store.begin() as work:
        made = work.dossiers.get(dossier_id)
    assert made.id == "TA0000Z-2026-11-600-1"
    assert (made.unit_code, made.period, made.procedure, made.batch) == (
        "TA0000Z",
        NOVEMBER,
        "600",
        1,
    )
    assert (made.state, made.created) == (DossierState.DRAFT, NOW)
    assert (made.filed_on, made.transaction, made.number) == (None, None, None)


def test_a_draft_comes_back_as_it_was(store: Store) -> None:
    dossier_id = stored_dossier(store)
    with store.begin() as work:
        assert work.dossiers.draft(dossier_id) == draft(AN, BINH)
        assert work.dossiers.findings(dossier_id) == list(FINDINGS)


def test_order_lines_and_columns_of_a_draft_are_kept(store: Store) -> None:
    rows = (Row(90, {"b": "2", "a": "1"}), Row(7, {}), Row(7, {"x": "'\"\\\n\t%\u0323"}))
    columns = {"z": "AB", "a": "A"}
    odd = Draft(
        "layout",
        "tệp 'lạ'; --.xlsx",
        (
            Section(Part.BANG_KE, "Bảng kê", columns, rows),
            Section(Part.LAO_DONG, "Dữ Liệu", {}, ()),
        ),
    )
    dossier_id = stored_dossier(store)
    with store.begin() as work:
        work.dossiers.replace_draft(dossier_id, odd)
        work.commit()
    with store.begin() as work:
        back = work.dossiers.draft(dossier_id)
    assert back == odd
    assert list(back.sections[0].columns) == ["z", "a"]
    assert list(back.sections[0].rows[0].values) == ["b", "a"]


def test_findings_are_replaced(store: Store) -> None:
    dossier_id = stored_dossier(store)
    new = [Finding(code="x", severity=Severity.WARNING, row=1, params={"n": 1, "t": "1"})]
    with store.begin() as work:
        work.dossiers.replace_findings(dossier_id, new)
        work.commit()
    with store.begin() as work:
        assert work.dossiers.findings(dossier_id) == new


def test_by_which_rules_a_dossier_was_checked_goes_with_its_findings(store: Store) -> None:
    dossier_id = stored_dossier(store)
    kept = []
    with store.begin() as work:
        kept.append(work.dossiers.get(dossier_id).rules_hash)
        work.dossiers.replace_findings(dossier_id, (), "a" * 64)
        kept.append(work.dossiers.get(dossier_id).rules_hash)
        work.dossiers.move(dossier_id, DossierState.CHECKED, now=NOW, event="event.built")
        kept.append(work.dossiers.get(dossier_id).rules_hash)
        work.dossiers.replace_findings(dossier_id, ())
        kept.append(work.dossiers.get(dossier_id).rules_hash)
    assert kept == [RULES, "a" * 64, "a" * 64, None]


def test_each_dot_counts_within_unit_period_and_procedure(store: Store) -> None:
    stored_dossier(store)
    with store.begin() as work:
        ids = [
            created(work),
            created(work),
            created(work, procedure="601"),
            created(work, period=Period(2026, 12)),
        ]
    assert ids == [
        "TA0000Z-2026-11-600-2",
        "TA0000Z-2026-11-600-3",
        "TA0000Z-2026-11-601-1",
        "TA0000Z-2026-12-600-1",
    ]


def test_no_dossier_without_its_unit(store: Store) -> None:
    with store.begin() as work, pytest.raises(UsageFault, match=r"unit\.unknown"):
        created(work)


def test_dossiers_are_listed_newest_first(store: Store) -> None:
    first = stored_dossier(store)
    other = stored_dossier(store, replace(UNIT, code="TB0000Z"))
    second = stored_dossier(store)
    with store.begin() as work:
        assert [one.id for one in work.dossiers.all()] == [second, other, first]
        assert [one.id for one in work.dossiers.all(UNIT.code)] == [second, first]
        assert work.dossiers.all("TX0000Z") == []


def test_the_latest_draft_is_the_newest_unsigned_one(store: Store) -> None:
    stored_dossier(store)
    with store.begin() as work:
        checked, signed = created(work), created(work)
        brought_to(work, checked, DossierState.CHECKED)
        brought_to(work, signed, DossierState.SIGNED)
        found = work.dossiers.latest_draft(UNIT.code, NOVEMBER, "600")
        assert found is not None
        assert found.id == checked
        assert work.dossiers.latest_draft(UNIT.code, NOVEMBER, "601") is None
        assert work.dossiers.latest_draft(UNIT.code, Period(2026, 12), "600") is None


def test_files_keep_their_order_and_every_byte(store: Store) -> None:
    dossier_id = stored_dossier(store)
    with store.begin() as work:
        work.dossiers.replace_files(dossier_id, [FORM, PAPER])
        assert list(work.dossiers.files(dossier_id)) == [
            StoredFile(form=FORM, signed=None),
            StoredFile(form=PAPER, signed=None),
        ]


def test_the_signed_envelope_comes_last(store: Store) -> None:
    dossier_id = stored_dossier(store)
    envelope, form, paper = (
        StoredFile(form=ENVELOPE, signed=b"<Hoso>signed</Hoso>"),
        StoredFile(form=FORM, signed=bytes(range(256))),
        StoredFile(form=PAPER, signed=None),
    )
    with store.begin() as work:
        work.dossiers.replace_files(dossier_id, [FORM])
        work.dossiers.store_signed(dossier_id, iter([envelope, form, paper]))
        work.commit()
    with store.begin() as work:
        assert list(work.dossiers.files(dossier_id)) == [form, paper, envelope]


@pytest.mark.parametrize(("before", "after"), list(product(DossierState, DossierState)))
def test_the_table_decides_what_may_follow(
    store: Store, before: DossierState, after: DossierState
) -> None:
    dossier_id = stored_dossier(store)
    with store.begin() as work:
        brought_to(work, dossier_id, before)
        entries = len(work.dossiers.journal(dossier_id))
        if after in ALLOWED[before]:
            moved = work.dossiers.move(dossier_id, after, now=NOW, event="event.changed")
            assert moved == work.dossiers.get(dossier_id)
            assert moved.state is after
            assert len(work.dossiers.journal(dossier_id)) == entries + 1
        else:
            with pytest.raises(UsageFault, match=r"dossier\.state"):
                work.dossiers.move(dossier_id, after, now=NOW, event="event.changed")
            assert work.dossiers.get(dossier_id).state is before
            assert len(work.dossiers.journal(dossier_id)) == entries


def test_the_journal_tells_everything_in_order(store: Store) -> None:
    dossier_id = stored_dossier(store)
    with store.begin() as work:
        work.dossiers.move(
            dossier_id, DossierState.CHECKED, now=later(1), event="event.built", detail="2 tệp"
        )
        work.commit()
    with store.begin() as work:
        assert list(work.dossiers.journal(dossier_id)) == [
            JournalEntry(at=NOW, event="event.imported", before=None, after=DossierState.DRAFT),
            JournalEntry(
                at=later(1),
                event="event.built",
                before=DossierState.DRAFT,
                after=DossierState.CHECKED,
                detail="2 tệp",
            ),
        ]


@pytest.mark.parametrize("state", list(DossierState))
def test_a_note_is_in_the_journal_and_changes_no_state(store: Store, state: DossierState) -> None:
    dossier_id = stored_dossier(store)
    with store.begin() as work:
        brought_to(work, dossier_id, state)
        before = work.dossiers.get(dossier_id)
        work.dossiers.note(
            dossier_id,
            now=later(5),
            event="event.receipt_unbelieved",
            detail="receipt.untrusted",
            answer=b"\x00<ThongBao/>",
        )
        work.commit()
    with store.begin() as work:
        assert work.dossiers.get(dossier_id) == before
        assert work.dossiers.journal(dossier_id)[-1] == JournalEntry(
            at=later(5),
            event="event.receipt_unbelieved",
            before=state,
            after=state,
            detail="receipt.untrusted",
            answer=b"\x00<ThongBao/>",
        )


def test_the_filing_day_is_the_day_on_the_callers_clock(store: Store) -> None:
    dossier_id = stored_dossier(store)
    evening = NOW.replace(hour=18)
    with store.begin() as work:
        work.dossiers.set_filed_on(dossier_id, evening.astimezone(HANOI))
        assert work.dossiers.get(dossier_id).filed_on == date(2026, 11, 23)


def test_a_receipt_is_kept_with_number_and_transaction(store: Store) -> None:
    dossier_id = stored_dossier(store)
    with store.begin() as work:
        assert work.dossiers.receipt(dossier_id) is None
        work.dossiers.store_receipt(dossier_id, b"<a/>", "1", "T1")
        work.dossiers.store_receipt(dossier_id, b"<b/>", "00001/2026/00100", "")
        assert work.dossiers.receipt(dossier_id) == b"<b/>"
        stored = work.dossiers.get(dossier_id)
    assert (stored.number, stored.transaction) == ("00001/2026/00100", None)


def test_nothing_is_known_of_an_unknown_dossier(store: Store) -> None:
    with store.begin() as work:
        dossiers = work.dossiers
        for ask in (
            lambda: dossiers.get("x"),
            lambda: dossiers.draft("x"),
            lambda: dossiers.replace_draft("x", draft(AN)),
            lambda: dossiers.findings("x"),
            lambda: dossiers.replace_findings("x", ()),
            lambda: dossiers.files("x"),
            lambda: dossiers.replace_files("x", ()),
            lambda: dossiers.move("x", DossierState.DRAFT, now=NOW, event="e"),
            lambda: dossiers.note("x", now=NOW, event="e"),
            lambda: dossiers.set_filed_on("x", NOW),
            lambda: dossiers.journal("x"),
            lambda: dossiers.receipt("x"),
            lambda: dossiers.store_receipt("x", b"", "", ""),
        ):
            with pytest.raises(UsageFault, match=r"dossier\.unknown"):
                ask()


def test_a_move_that_is_not_committed_leaves_no_trace(store: Store) -> None:
    dossier_id = stored_dossier(store)
    with store.begin() as work:
        brought_to(work, dossier_id, DossierState.SIGNED)
    assert state_of(store, dossier_id) is DossierState.DRAFT
    with store.begin() as work:
        assert len(work.dossiers.journal(dossier_id)) == 1
