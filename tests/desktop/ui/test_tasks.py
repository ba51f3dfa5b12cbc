"""The doorway for background work."""

import threading
import time

from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from desktop.ui.tasks import Cancelled, Job, Order, Report, Tasks
from tests.fakes.services import FakeServices
from tests.fakes.threads import Overheard


def test_answers_come_on_the_ui_thread(qtbot: QtBot) -> None:
    tasks, seen = Tasks(), []
    tasks.run(
        lambda _: threading.get_ident(),
        done=lambda worker: seen.append((worker, threading.get_ident())),
    )
    qtbot.waitUntil(lambda: bool(seen))
    worker, answered = seen[0]
    assert worker != answered == threading.get_ident()
    tasks.close()


def test_a_failure_without_a_handler_is_told_to_everybody(qtbot: QtBot) -> None:
    tasks = Tasks()

    def work(_: Report) -> None:
        raise ValueError("broken")

    with qtbot.waitSignal(tasks.unhandled) as told:
        tasks.run(work)
    assert isinstance(told.args[0], ValueError)
    tasks.close()


def test_cancelled_work_says_nothing_but_ends(qtbot: QtBot) -> None:
    tasks, heard = Tasks(), []

    def work(report: Report) -> None:
        while True:
            report(0, 1)
            time.sleep(0.005)

    job = tasks.run(
        work,
        done=lambda _: heard.append("done"),
        failed=lambda _: heard.append("failed"),
        finished=lambda: heard.append("finished"),
    )
    job.cancel()
    qtbot.waitUntil(lambda: tasks.busy == 0)
    assert heard == ["finished"]
    tasks.close()


def test_only_the_latest_answer_counts(qtbot: QtBot) -> None:
    tasks, heard = Tasks(), []
    gate = threading.Event()

    def slow(_: Report) -> str:
        gate.wait(5)
        return "old"

    tasks.run(slow, done=heard.append, channel="search", order=Order.LATEST)
    tasks.run(lambda _: "new", done=heard.append, channel="search", order=Order.LATEST)
    qtbot.waitUntil(lambda: heard == ["new"])
    gate.set()
    qtbot.waitUntil(lambda: tasks.busy == 0)
    assert heard == ["new"]
    tasks.close()


def test_work_in_turn_keeps_its_order_also_after_a_failure(qtbot: QtBot) -> None:
    tasks, ran = Tasks(), []

    def work(number: int) -> None:
        time.sleep(0.02 * (3 - number))
        ran.append(number)
        if number == 1:
            raise ValueError

    for number in range(4):
        tasks.run(
            lambda _, n=number: work(n),
            failed=lambda _: None,
            channel="edits",
            order=Order.IN_TURN,
        )
    qtbot.waitUntil(lambda: tasks.busy == 0)
    assert ran == [0, 1, 2, 3]
    tasks.close()


def test_progress_reaches_the_window_and_the_last_report_always_does(qtbot: QtBot) -> None:
    tasks, seen = Tasks(), []

    def work(report: Report) -> None:
        for done in range(1, 501):
            report(done, 500)

    tasks.run(work, progress=lambda done, whole: seen.append((done, whole)))
    qtbot.waitUntil(lambda: tasks.busy == 0)
    assert seen[-1] == (500, 500)
    assert len(seen) < 100
    tasks.close()


def test_closing_drops_what_is_still_to_come(qtbot: QtBot) -> None:
    tasks, heard = Tasks(), []
    started = threading.Event()

    def work(report: Report) -> str:
        started.set()
        for _ in range(200):
            report(0, 1)
            time.sleep(0.01)
        return "late"

    tasks.run(work, done=heard.append)
    started.wait(5)
    tasks.close()
    qtbot.wait(50)
    assert heard == []


def test_the_window_goes_on_while_work_is_under_way(qtbot: QtBot) -> None:
    """No clock: the work ends only because the window, meanwhile, answered."""
    tasks, answered = Tasks(), threading.Event()
    QTimer.singleShot(0, answered.set)
    heard: list[bool] = []
    tasks.run(lambda _: answered.wait(10), done=heard.append)
    qtbot.waitUntil(lambda: tasks.busy == 0, timeout=15_000)
    assert heard == [True]
    tasks.close()


def test_a_use_case_called_in_the_windows_own_thread_is_overheard(qtbot: QtBot) -> None:
    services = Overheard(FakeServices())
    tasks, heard = Tasks(), []
    tasks.run(lambda _: (services.units(), services.inbox.unread("")), done=heard.append)
    qtbot.waitUntil(lambda: tasks.busy == 0)
    assert services.practice is False
    assert services.in_the_window == []
    services.inbox.unread("")
    services.default_destination = None
    assert services.in_the_window == ["inbox.unread", "default_destination"]
    assert len(heard) == 1
    tasks.close()


def test_a_job_reports_its_cancelling_only_through_the_report() -> None:
    job = Job("", Order.FREE, lambda _: None)
    job.cancel()
    assert job.is_cancelled
    assert issubclass(Cancelled, Exception)
