"""F1 explains the field one is on and stays beside the work."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.declarations.view import DeclarationsView
from desktop.ui.desk import Desk
from desktop.ui.help.presenter import OF_UNIT, page_of, pages, titles
from desktop.ui.help.view import GuideDialog, field_key_of
from desktop.ui.main_window import MainWindow
from desktop.ui.texts import use_language
from desktop.ui.welcome.presenter import FIELDS
from desktop.ui.welcome.wizard import FirstRunView
from desktop.ui.widgets.explained import PROPERTY, explained
from forms.guide import guide
from resources.messages import LANGUAGES
from tests.desktop.ui.conftest import at_rest
from tests.fakes.services import FakeServices, draft, row


def test_the_cell_of_a_grid_is_explained(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    services.bring(draft(row(4)))
    page = window.pages["declarations"]
    assert isinstance(page, DeclarationsView)
    page.refresh()
    window.go("declarations")
    at_rest(qtbot, window)
    grid = page.draft.grid
    column = next(
        place
        for place, each in enumerate(
            page.draft.model.sheet.columns if page.draft.model.sheet else ()
        )
        if each.key == "cccd"
    )
    grid.setCurrentIndex(grid.model().index(0, column))
    assert field_key_of(grid.viewport()) == "cccd"


def test_a_single_field_says_its_key(qtbot: QtBot) -> None:
    entry = QLineEdit()
    qtbot.addWidget(entry)
    assert explained(entry, "tien_luong") is entry
    assert field_key_of(entry) == "tien_luong"


def test_a_guide_tells_its_source_and_how_certain_it_is() -> None:
    page = page_of("cccd")
    assert "12 chữ số" in page.text
    assert "Điều 13" in page.source
    assert "nên hỏi lại" in page.source


def test_outside_of_a_field_it_says_how_to_ask(qtbot: QtBot, window: MainWindow) -> None:
    window.show_guide()
    assert window.guide is not None
    assert "F1" in window.guide.text.text()


def test_guides_are_searched_and_chosen(qtbot: QtBot, window: MainWindow) -> None:
    shown = GuideDialog(window)
    qtbot.addWidget(shown)
    shown.show_field("")
    shown.words.setText("thai san")
    assert shown.found.count() == len(pages("thai san")) > 0
    shown.found.setCurrentRow(0)
    assert "TS thai sản" in shown.text.text()


def test_a_field_without_a_guide_says_so() -> None:
    assert "chưa có hướng dẫn" in page_of("khong_co_truong_nay").text


def unexplained(area: QWidget) -> list[str]:
    """Names of the fields one can type or choose in for which F1 has nothing to show."""
    fields = [*area.findChildren(QLineEdit), *area.findChildren(QComboBox)]
    return [
        each.accessibleName()
        for each in fields
        if each.isEnabled() and not guide(field_key_of(each))
    ]


def test_every_question_about_the_unit_is_explained_in_the_first_run(
    qtbot: QtBot, desk: Desk
) -> None:
    wizard = FirstRunView(desk)
    qtbot.addWidget(wizard)
    assert unexplained(wizard) == []
    assert {str(each.property(PROPERTY)) for each in wizard.unit.inputs.values()} | {
        f"{OF_UNIT}region",
        f"{OF_UNIT}address",
    } == {OF_UNIT + field.key for field in FIELDS}


@pytest.fixture
def spoken(request: pytest.FixtureRequest) -> Iterator[None]:
    use_language(request.param)
    yield
    use_language("vi")


@pytest.mark.parametrize("spoken", LANGUAGES, indirect=True)
@pytest.mark.usefixtures("spoken")
def test_every_guide_has_the_name_of_its_field() -> None:
    assert [page.title for page in pages("") if page.title == page.key] == []
    assert titles()["moi_quan_he"] != titles()["unit.code"]
