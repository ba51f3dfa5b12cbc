"""The inbox at rest, on every store."""

from dataclasses import replace

import pytest

from desktop.services.inbox_api import Verified
from desktop.services.ports import Store
from forms.model import Period
from tests.desktop.store.samples import NOVEMBER, UNIT, kept_letter, signed_dossier


@pytest.fixture
def dossier(store: Store) -> str:
    return signed_dossier(store)


def test_a_letter_comes_back_as_it_was_with_its_bytes(store: Store, dossier: str) -> None:
    kept = kept_letter(dossier)
    with store.begin() as work:
        work.letters.put(kept)
        work.commit()
    with store.reading() as work:
        assert work.letters.get(kept.letter.id) == kept.letter
        assert work.letters.kept(kept.letter.id) == kept
        assert work.letters.get("other") is None
        assert work.letters.kept("other") is None


def test_letters_are_found_by_month_and_dossier_in_their_order(store: Store, dossier: str) -> None:
    bare = {"files": (), "period": None, "deadline": None, "dated": None}
    odd = replace(kept_letter(None, "x" * 64, doubt=None, state_after=None, **bare), contents=())
    with store.begin() as work:
        work.letters.put(odd)
        work.letters.put(kept_letter(dossier))
        work.commit()
    with store.reading() as work:
        ids = [one.id[0] for one in work.letters.all(UNIT.code)]
        assert ids == ["x", "l"]
        assert [one.id[0] for one in work.letters.all(UNIT.code, period=NOVEMBER)] == ["l"]
        assert [one.id[0] for one in work.letters.all(UNIT.code, dossier_id=dossier)] == ["l"]
        assert work.letters.all(UNIT.code, period=Period(2026, 1)) == []
        assert work.letters.all("TX0000Z") == []
        assert work.letters.get("x" * 64) == odd.letter


def test_reading_is_remembered_even_when_more_is_learnt_of_the_letter(
    store: Store, dossier: str
) -> None:
    kept = kept_letter(dossier)
    with store.begin() as work:
        work.letters.put(kept)
        assert (work.letters.unread(), work.letters.unread(UNIT.code)) == (1, 1)
        assert work.letters.unread("TX0000Z") == 0
        assert work.letters.mark_read(kept.letter.id, read=True)
        assert not work.letters.mark_read("other", read=True)
        believed = replace(kept.letter, verified=Verified.YES, doubt=None)
        work.letters.put(replace(kept, letter=believed))
        work.commit()
    with store.reading() as work:
        assert work.letters.unread() == 0
        assert work.letters.all(UNIT.code) == [replace(believed, read=True)]


def test_each_mailbox_is_read_on_from_where_it_was(store: Store, dossier: str) -> None:
    with store.begin() as work:
        assert work.letters.cursor(UNIT.code, "one") == ""
        work.letters.set_cursor(UNIT.code, "one", "3")
        work.letters.set_cursor(UNIT.code, "one", "4")
        work.letters.set_cursor(UNIT.code, "two", "9")
        work.commit()
    with store.reading() as work:
        assert work.letters.cursor(UNIT.code, "one") == "4"
        assert work.letters.cursor(UNIT.code, "two") == "9"
