"""Looking codes up."""

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop.ui.codes.presenter import LISTS, MOST, about, count_words, search, title
from desktop.ui.codes.view import CodesView
from desktop.ui.main_window import MainWindow
from forms.codes import names
from tests.desktop.ui.conftest import at_rest

WITHIN_OTHERS = {"tinh_cu", "xa_cu", "xa_chuyen_doi", "phuong_an_theo_loai"}
"""found in the lists of today, or said by another one"""


def test_every_list_can_be_asked() -> None:
    assert set(LISTS) - {"thu_tuc"} == names() - WITHIN_OTHERS
    for kind in LISTS:
        assert title(kind)
        assert about(kind)
        assert search(kind, "")


def test_a_name_is_found_without_marks() -> None:
    assert "00004" in {line.code for line in search("xa", "phuong ba dinh")}


def test_an_old_commune_says_what_it_is_now() -> None:
    old = next(line for line in search("xa", "phuong phuc xa") if line.code == "00001")
    assert old.is_old
    assert old.now.startswith("00097 ")
    assert old.until == "đến 30/06/2025"


def test_a_code_of_today_says_since_when() -> None:
    [line] = [line for line in search("tinh", "ha noi") if not line.is_old]
    assert (line.code, line.until) == ("01", "từ 01/07/2025")


def test_procedures_are_found_by_code() -> None:
    assert [line.code for line in search("thu_tuc", "600")][:1] == ["600"]


@pytest.mark.parametrize(("found", "said"), [(0, "Không có"), (3, "3"), (MOST + 1, str(MOST))])
def test_how_many_were_found_is_said(found: int, said: str) -> None:
    assert said in count_words(found)


def test_the_code_of_a_line_is_copied(qtbot: QtBot, window: MainWindow) -> None:
    window.go("codes")
    page = window.page
    assert isinstance(page, CodesView)
    page.kind.setCurrentIndex(LISTS.index("tinh"))
    page.words.setText("da nang")
    at_rest(qtbot, window)
    assert page.model.lines[0].code == "48"
    page.copy.click()
    assert QGuiApplication.clipboard().text() == "48"
    page.words.setText("xyzxyz")
    at_rest(qtbot, window)
    assert not page.model.lines
    assert not page.copy.isEnabled()
    page.copy_code()
    assert QGuiApplication.clipboard().text() == "48"
