"""Long work tells how far it is, and stopped half-way it has left nothing behind."""

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.services.folders import write_files
from desktop.services.progress import Progress, further, silent, stage
from tests.desktop.services.test_months_cases import GIO, MAY, MUA, Room, everything, listed
from tests.fakes.desk import PERIOD, UNIT, Desk, person

BOOK = Path("danh-sach.xlsx")
Work = Callable[[Desk, str, Path, Progress], object]


class Stopped(Exception):
    """What a person's wish to stop is told by."""


def check(desk: Desk, dossier: str, _: Path, progress: Progress) -> object:
    return desk.services.check(dossier, progress)


def build(desk: Desk, _: str, out: Path, progress: Progress) -> object:
    return desk.services.build(unit_code=UNIT.code, period=PERIOD, out=out, progress=progress)


def mark(desk: Desk, dossier: str, out: Path, progress: Progress) -> object:
    return desk.services.error_workbook(dossier, BOOK, out / "loi.xlsx", progress)


def take_in(desk: Desk, _: str, __: Path, progress: Progress) -> object:
    return desk.services.import_workbook(
        BOOK, unit_code=UNIT.code, period=PERIOD, progress=progress
    )


def export(desk: Desk, dossier: str, out: Path, progress: Progress) -> object:
    return desk.services.export(dossier, out, progress)


works = pytest.mark.parametrize(
    "work", [check, build, mark, take_in, export], ids=lambda work: work.__name__
)


def stood(desk: Desk) -> object:
    """All that is stored, as far as a person can see it."""
    services = desk.services
    dossiers = services.dossiers()
    return [
        (each, services.findings(each.id), services.files(each.id), services.journal(each.id))
        for each in dossiers
    ]


@works
def test_how_far_it_is_never_goes_back(desk: Desk, tmp_path: Path, work: Work) -> None:
    people = person(4, "Trần Thị Gió"), person(5, "Lê Văn Mưa")
    dossier = desk.signed() if work is export else desk.imported(*people)
    told: list[float] = []
    work(desk, dossier, tmp_path, lambda done, whole: told.append(done / whole))
    assert told == sorted(told)
    assert told[-1] <= 1


@works
def test_stopped_it_has_left_nothing_behind(desk: Desk, tmp_path: Path, work: Work) -> None:
    dossier = desk.signed() if work is export else desk.imported(person(4, "Trần Thị Gió"))
    before, out = stood(desk), tmp_path / "ra"

    def stop(_done: int, _whole: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        work(desk, dossier, out, stop)
    assert stood(desk) == before
    assert not out.exists() or list(out.iterdir()) == []


@pytest.mark.parametrize("step", [1, 2, 3, 4])
def test_a_package_stopped_at_any_step_is_not_built(desk: Desk, tmp_path: Path, step: int) -> None:
    dossier = desk.imported(person(4, "Trần Thị Gió"))
    before = stood(desk)

    def stop(done: int, whole: int) -> None:
        if done * 5 >= whole * step:
            raise Stopped

    with pytest.raises(Stopped):
        build(desk, dossier, tmp_path, stop)
    assert stood(desk) == before
    assert list(tmp_path.iterdir()) == []


def test_files_stopped_half_way_are_taken_away_but_for_those_that_were_there(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.xml").write_bytes(b"before")

    def stop(done: int, whole: int) -> None:
        if (done, whole) == (2, 3):
            raise Stopped

    files = [(name, b"new") for name in ("a.xml", "b.xml", "c.xml")]
    with pytest.raises(Stopped):
        write_files(tmp_path, files, stop)
    assert [each.name for each in tmp_path.iterdir()] == ["a.xml"]
    told: list[int] = []
    write_files(tmp_path, files, lambda done, _: told.append(done))
    assert told == [0, 1, 2]
    assert len(list(tmp_path.iterdir())) == 3


def test_a_workbook_of_errors_that_is_stopped_leaves_the_former_one(
    desk: Desk, tmp_path: Path
) -> None:
    dossier, former = desk.imported(person(4, "")), tmp_path / "loi.xlsx"
    former.write_bytes(b"former")

    def stop(_done: int, _whole: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        mark(desk, dossier, tmp_path, stop)
    assert former.read_bytes() == b"former"


def test_movements_stopped_while_they_are_declared_are_not_declared() -> None:
    room = Room()
    compared = room.compared(listed(MAY), listed(MAY, GIO, MUA))

    def stop(done: int, whole: int) -> None:
        if done == whole:
            raise Stopped

    with pytest.raises(Stopped):
        room.cases.accept(UNIT.code, compared, everything(compared), stop)
    assert list(room.desk.services.dossiers()) == []
    told: list[tuple[int, int]] = []
    room.cases.accept(UNIT.code, compared, everything(compared), lambda *far: told.append(far))
    assert told == sorted(told)
    assert told[-1] == (len(compared.proposal.movements),) * 2
    assert list(room.desk.services.dossiers())


def test_stages_and_pieces_are_told_as_parts_of_the_whole() -> None:
    told: list[tuple[int, int]] = []
    stage(lambda *far: told.append(far), 1, 3)(5, 10)
    further(lambda *far: told.append(far), 4, 6)(1, 2)
    further(lambda *far: told.append(far), 4, 6)(9, 9)
    assert told == [(15, 30), (5, 6), (6, 6)]
    assert stage(None, 0, 2) is silent
