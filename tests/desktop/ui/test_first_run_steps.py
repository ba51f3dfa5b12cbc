"""What the first run keeps and says, without a display."""

from pathlib import Path

import pytest

from desktop.ui.recovery import in_mode
from desktop.ui.welcome.begun import Begun
from desktop.ui.welcome.places import address, communes, provinces, region_words
from desktop.ui.welcome.steps import FirstRun, FirstRunPresenter, Start, Step, kept, restored
from tests.fakes.services import FakeServices


def test_provinces_stand_by_their_bare_names() -> None:
    names = [place.name for place in provinces()]
    assert len(names) == 34
    assert names.index("Tỉnh An Giang") < names.index("Thành phố Hà Nội")


def test_the_communes_are_those_of_the_province() -> None:
    assert {place.code for place in communes("01")} >= {"00004", "00008"}
    assert communes("99") == ()


def test_a_place_of_which_nothing_is_known_is_asked() -> None:
    assert region_words("").region == ""
    assert region_words("26732").region == ""
    assert "tự chọn" in region_words("26732").words


def test_an_address_is_what_is_known_of_it() -> None:
    assert address(" Số  1 ", "", "Tỉnh Ví Dụ") == "Số 1, Tỉnh Ví Dụ"


def test_what_was_said_is_kept_and_comes_back(tmp_path: Path) -> None:
    workbook = tmp_path / "a.xlsx"
    workbook.touch()
    said = FirstRun(start=Start.WORKBOOK, workbook=workbook)
    said.typed["name"] = "Công ty Ví Dụ"
    begun = Begun(tmp_path / "sub" / "begun.json")
    begun.keep(kept(said, {"place.province": "01"}))
    assert restored(begun.read()) == said
    assert begun.read()["place.province"] == "01"
    workbook.unlink()
    assert restored(begun.read()).workbook is None
    begun.forget()
    begun.forget()
    assert begun.read() == {}


@pytest.mark.parametrize("content", ["", "[1]", '{"start": "x", "name": 1}'])
def test_what_somebody_else_wrote_there_is_nothing(tmp_path: Path, content: str) -> None:
    file = tmp_path / "begun.json"
    file.write_text(content)
    assert restored(Begun(file).read()) == FirstRun()


def test_the_summary_says_what_was_left_empty() -> None:
    presenter = FirstRunPresenter(FakeServices())
    presenter.said.typed["name"] = "Công ty Ví Dụ"
    lines = dict(presenter.summary())
    assert lines["Tên đơn vị"] == "Công ty Ví Dụ"
    assert lines["Email"] == "(để trống)"
    assert presenter.wrong(Step.START) == {}
    assert presenter.afterwards() == ""


@pytest.mark.parametrize(
    ("given", "practice", "then"),
    [
        (["py", "-m", "desktop"], True, ["py", "-m", "desktop", "--practice"]),
        (["py", "-m", "desktop", "--practice"], False, ["py", "-m", "desktop"]),
        (["a", "--data", "x", "--lang", "en"], True, ["a", "--lang", "en", "--practice"]),
        (["a", "--data=x", "--practice"], False, ["a"]),
    ],
    ids=["to practice", "to real", "no folder", "no folder either"],
)
def test_the_other_mode_is_the_same_program_with_its_own_data(
    given: list[str], practice: bool, then: list[str]
) -> None:
    assert in_mode(given, practice=practice) == then
