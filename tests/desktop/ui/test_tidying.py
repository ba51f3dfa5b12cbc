"""The search for cycles waits until nothing is under way, and then finds them."""

import gc
from collections.abc import Iterator
from threading import Event
from weakref import ref

import pytest
from pytestqt.qtbot import QtBot

from desktop.ui.tasks import Tasks
from desktop.ui.tidying import LONG_QUIET, MANY, Tidying


class Knot:
    """Refers to itself."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


@pytest.fixture
def tidying(tasks: Tasks) -> Iterator[Tidying]:
    made = Tidying(tasks)
    made.begin()
    yield made
    made.end()


def test_many_new_values_are_searched_when_nothing_is_under_way(tidying: Tidying) -> None:
    lost = ref(Knot())
    kept: list[list[int]] = [[] for _ in range(2 * MANY)]
    assert lost() is not None
    assert tidying.look()
    assert lost() is None
    assert len(kept) == 2 * MANY


def test_what_was_kept_then_is_searched_once_nobody_does_anything(tidying: Tidying) -> None:
    knot = Knot()
    lost = ref(knot)
    kept: list[list[int]] = [[] for _ in range(2 * MANY)]
    assert tidying.look()
    del knot
    searched = [tidying.look() for _ in range(LONG_QUIET)]
    assert searched == [False] * (LONG_QUIET - 1) + [True]
    assert lost() is None
    assert not tidying.look()
    assert len(kept) == 2 * MANY


def test_few_new_values_are_left_alone(tidying: Tidying) -> None:
    assert not tidying.look()


def test_work_under_way_is_not_halted(tidying: Tidying, tasks: Tasks, qtbot: QtBot) -> None:
    goes_on = Event()
    kept: list[list[int]] = [[] for _ in range(2 * MANY)]
    tasks.run(lambda _: goes_on.wait())
    assert not tidying.look()
    goes_on.set()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert tidying.look()
    assert len(kept) == 2 * MANY


def test_afterwards_python_searches_by_itself_again(tasks: Tasks) -> None:
    made = Tidying(tasks)
    made.begin()
    assert not gc.isenabled()
    made.end()
    assert gc.isenabled()
