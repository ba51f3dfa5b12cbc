"""Copies of the data are whole, dated, few; the program says how old its rules are."""

import os
import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from desktop.services.upkeep import OFTEN, CopyKind, RuleData, UpkeepCases
from desktop.store.backup import KEPT, SqliteCopies

START = datetime(2026, 11, 22, 1, 2, 3, tzinfo=UTC)


class Ticking:
    """A later moment at each look."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        self.at += timedelta(minutes=1)
        return self.at


def upkeep(folder: Path) -> UpkeepCases:
    source = folder / "tokhai.db"
    with sqlite3.connect(source) as made:
        made.execute("create table if not exists kept (word text)")
        made.execute("insert into kept values ('Đây')")
    return UpkeepCases(
        data=folder,
        log=folder / "log",
        room=SqliteCopies(source=source),
        rules=lambda: RuleData(newest=date(2026, 7, 1), hash="ab"),
        version=lambda: "9.9",
        clock=Ticking(),
    )


def test_a_copy_holds_everything(tmp_path: Path) -> None:
    made = upkeep(tmp_path).back_up(tmp_path / "usb" / "folder")
    with sqlite3.connect(made.file) as copy:
        assert copy.execute("select word from kept").fetchall() == [("Đây",)]


def test_the_last_copy_is_known_by_its_time(tmp_path: Path) -> None:
    cases = upkeep(tmp_path)
    assert cases.last_copy() is None
    cases.back_up()
    later = cases.back_up()
    assert cases.last_copy() == later


def test_only_the_last_few_are_kept(tmp_path: Path) -> None:
    cases = upkeep(tmp_path)
    for _ in range(KEPT + 2):
        cases.back_up()
    assert len(list((tmp_path / "backups").iterdir())) == KEPT


def test_a_file_of_somebody_else_is_no_copy(tmp_path: Path) -> None:
    cases = upkeep(tmp_path)
    (tmp_path / "backups").mkdir()
    (tmp_path / "backups" / "tokhai-mine.db").write_bytes(b"x")
    assert cases.last_copy() is None


def test_what_a_helpdesk_asks_first(tmp_path: Path) -> None:
    about = upkeep(tmp_path).about()
    assert (about.version, about.data, about.rules.newest) == ("9.9", tmp_path, date(2026, 7, 1))


class TestEveryDay:
    def cases(self, folder: Path, at: list[datetime]) -> UpkeepCases:
        return replace(upkeep(folder), clock=lambda: at[-1])

    def test_the_first_copy_is_made_at_once_and_the_next_a_day_later(self, tmp_path: Path) -> None:
        at = [datetime.now(UTC)]
        cases = self.cases(tmp_path, at)
        first = cases.back_up_daily()
        assert first is not None
        assert first.kind is CopyKind.DAILY
        assert cases.back_up_daily() is None
        at.append(at[0] + OFTEN)
        change(tmp_path)
        assert [each.at for each in (cases.back_up_daily(), first) if each] == at[::-1]

    def test_where_nothing_changed_no_copy_is_made(self, tmp_path: Path) -> None:
        at = [datetime.now(UTC) + timedelta(hours=1)]
        cases = self.cases(tmp_path, at)
        cases.back_up_daily()
        at.append(at[0] + 9 * OFTEN)
        assert cases.back_up_daily() is None

    def test_copies_of_a_day_push_out_no_other(self, tmp_path: Path) -> None:
        cases = upkeep(tmp_path)
        by_hand = cases.back_up()
        for _ in range(KEPT + 2):
            cases.room.save(tmp_path / "backups", cases.clock(), CopyKind.DAILY)
        kinds = [each.kind for each in cases.copies()]
        assert kinds == [CopyKind.DAILY] * KEPT + [CopyKind.BY_HAND]
        assert by_hand in cases.copies()

    def test_what_cannot_be_read_is_no_last_copy(self, tmp_path: Path) -> None:
        cases = upkeep(tmp_path)
        kept = cases.back_up()
        cases.room.save(tmp_path / "backups", cases.clock(), CopyKind.DAMAGED)
        assert cases.last_copy() == kept


def change(folder: Path) -> None:
    later = datetime.now(UTC) + timedelta(hours=2)
    os.utime(folder / "tokhai.db", (later.timestamp(), later.timestamp()))
