"""Data that are damaged: the newest copy that can be read is offered before anything else."""

from pathlib import Path

import pytest

from desktop.compose import compose, upkeep_alone
from desktop.services.upkeep import UpkeepApi
from desktop.store.opening import FILE
from desktop.ui.rescue import newest_readable, rescue
from resources.faults import Fault, SurroundingsFault
from tests.fakes.services import UNIT

FAULT = SurroundingsFault("store.corrupt")


class Asking:
    def __init__(self, answer: bool) -> None:
        self.answer = answer
        self.asked: list[tuple[str, str, str]] = []

    def __call__(self, question: str, detail: str, yes: str) -> bool:
        self.asked.append((question, detail, yes))
        return self.answer


@pytest.fixture
def damaged(tmp_path: Path) -> UpkeepApi:
    """One unit in a copy; the data and a newer copy are damaged."""
    with compose(data=tmp_path, practice=False, lang="vi") as app:
        app.services.add_unit(UNIT)
        app.services.upkeep.back_up()
        newer = app.services.upkeep.back_up()
    newer.file.write_bytes(b"x" * 5000)
    (tmp_path / FILE).write_bytes(b"x" * 5000)
    return upkeep_alone(data=tmp_path, practice=False)


def put_back(upkeep: UpkeepApi, asking: Asking) -> bool:
    return rescue(upkeep, FAULT, crash_log=lambda _: Path("log"), lang="vi", ask=asking)


def test_the_newest_that_can_be_read_is_put_back_after_a_yes(
    damaged: UpkeepApi, tmp_path: Path
) -> None:
    asking = Asking(answer=True)
    assert put_back(damaged, asking)
    (_, offer, yes), (_, told, nothing) = asking.asked
    assert UNIT.name in offer
    assert (yes, nothing) == ("Khôi phục", "")
    assert "damaged" in told
    with compose(data=tmp_path, practice=False, lang="vi") as app:
        assert [each.code for each in app.services.units()] == [UNIT.code]


def test_without_a_yes_nothing_is_touched(damaged: UpkeepApi, tmp_path: Path) -> None:
    assert not put_back(damaged, Asking(answer=False))
    assert (tmp_path / FILE).read_bytes() == b"x" * 5000


def test_where_no_copy_can_be_read_nothing_is_asked(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"x" * 5000)
    upkeep, asking = upkeep_alone(data=tmp_path, practice=False), Asking(answer=True)
    assert newest_readable(upkeep) is None
    assert not put_back(upkeep, asking)
    assert asking.asked == []


def test_the_data_are_damaged_indeed(damaged: UpkeepApi, tmp_path: Path) -> None:
    with (
        pytest.raises(Fault, match=r"store\.corrupt"),
        compose(data=tmp_path, practice=False, lang="vi"),
    ):
        pass
