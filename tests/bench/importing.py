"""Import + check + save of a 45-column workbook against the bare library on the same file."""

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from shutil import copytree

from python_calamine import CalamineWorkbook

from forms.model import Part
from tests.bench.measure import Measure, by_turns
from tests.bench.wide import PERIOD, SHEET, write_wide

SMALL, MIDDLE, LARGE = 1_000, 10_000, 100_000
NOW = datetime(2026, 11, 22, tzinfo=UTC)
MOST_TIME, MOST_MEMORY, MOST_GROWTH = 3.0, 1.2, 1.2


@cache
def folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="tokhai-bench-"))


@cache
def workbook(people: int) -> Path:
    path = folder() / f"wide-{people}.xlsx"
    write_wide(path, people)
    return path


def bare_read(path: Path) -> int:
    """What the reading library needs alone."""
    book = CalamineWorkbook.from_path(str(path))
    return sum(1 for _ in book.get_sheet_by_name(SHEET).iter_rows())


def read_alone(path: Path) -> int:
    """The part of the use case that lays the file out, cleans it and packs it."""
    from forms.excel.workbook import read_workbook

    return len(read_workbook(path).draft.rows(Part.LAO_DONG))


@cache
def empty_data() -> Path:
    """A data folder as it is before the first import: with the unit, without people."""
    from desktop.practice.sample import sample_unit
    from desktop.store.opening import open_store

    data = folder() / "empty-data"
    data.mkdir()
    with open_store(data, mode="practice", now=NOW).begin() as work:
        work.units.add(sample_unit())
        work.commit()
    return data


def new_data() -> Path:
    return Path(copytree(empty_data(), tempfile.mkdtemp(dir=folder()), dirs_exist_ok=True))


def import_check_save(path: Path, data: Path) -> int:
    """The use case itself, its data file opened; nothing is known from the round before."""
    from desktop.compose import forms_room
    from desktop.practice.sample import sample_unit
    from desktop.services.importing import ImportWorkbook
    from desktop.store.opening import open_store
    from forms.checks.everything import forget

    forget()
    store = open_store(data, mode="practice", now=NOW)
    use = ImportWorkbook(store=store, forms=forms_room("vi"), clock=lambda: NOW)
    return use(path, unit_code=sample_unit().code, period=PERIOD).rows


def _importing(path: Path, rounds: int) -> Callable[[], int]:
    """Into a new data folder each time, made before any time is taken."""
    folders = [new_data() for _ in range(rounds)]
    return lambda: import_check_save(path, folders.pop())


def measure_import() -> Iterator[Measure]:
    """Time for 1,000, 10,000 and 100,000 rows, its growth, and the peak of memory."""
    done: dict[int, float] = {}
    for people, rounds in ((SMALL, 7), (MIDDLE, 5), (LARGE, 1)):
        path = workbook(people)
        job, bare = by_turns(
            _importing(path, rounds),
            lambda path=path: bare_read(path),  # type: ignore[misc]  # bound now
            rounds,
        )
        done[people] = job
        yield Measure(
            name=f"import + check + save, {people:,} rows × 45",
            yardstick="bare read",
            job=job,
            bare=bare,
            target=MOST_TIME,
        )
    yield from _reading(MIDDLE, rounds=5)
    yield Measure(
        name=f"time of a row at {LARGE:,}",
        yardstick=f"at {SMALL:,}",
        job=1e3 * done[LARGE] / LARGE,
        bare=1e3 * done[SMALL] / SMALL,
        target=MOST_GROWTH,
        unit="ms",
    )
    yield Measure(
        name=f"peak memory, {LARGE:,} rows",
        yardstick="bare read",
        job=peak("import_check_save", LARGE),
        bare=peak("bare_read", LARGE),
        target=MOST_MEMORY,
        unit="MB",
    )
    yield Measure(
        name=f"peak memory of reading alone, {LARGE:,} rows",
        yardstick="bare read",
        job=peak("read_alone", LARGE),
        bare=peak("bare_read", LARGE),
        unit="MB",
    )


def _reading(people: int, rounds: int) -> Iterator[Measure]:
    path = workbook(people)
    job, bare = by_turns(lambda: read_alone(path), lambda: bare_read(path), rounds)
    name = f"reading alone, {people:,} rows × 45"
    yield Measure(name=name, yardstick="bare read", job=job, bare=bare)


def peak(job: str, people: int) -> float:
    """Of a process that does nothing else, in MB (10⁶ bytes)."""
    command = [sys.executable, "-m", "tests.bench.alone", job, str(workbook(people))]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(answer.stdout)
