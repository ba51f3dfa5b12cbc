"""Every word of the window stands in the catalogue, in both languages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QTabBar,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.ui import texts
from desktop.ui.desk import Desk
from desktop.ui.field_values import choices
from desktop.ui.main_window import MainWindow
from desktop.ui.roster.cells import title
from desktop.ui.texts import tr
from resources.messages import LANGUAGES, catalogue, placeholders
from tests.desktop.ui.conftest import at_rest
from tests.fakes.services import FakeServices, draft, row

UI = Path(__file__).parents[3] / "desktop" / "ui"
CODE = re.compile(r"ui(\.[a-z_0-9]+)+")
LETTER = re.compile(r"[^\W\d_]{2}")
MINE = {code: words for code, words in catalogue().items() if code.startswith("ui.")}


def calls_of_tr() -> Iterator[tuple[str, str]]:
    """(file, code) of every code written out."""
    for path in UI.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            value = node.value if isinstance(node, ast.Constant) else None
            if isinstance(value, str) and CODE.fullmatch(value):
                yield path.name, value


def test_every_code_written_in_the_window_has_words() -> None:
    known = set(catalogue())
    assert [found for found in calls_of_tr() if found[1] not in known] == []


@pytest.mark.parametrize("code", sorted(MINE))
def test_both_languages_have_the_same_places_and_at_most_one_mnemonic(code: str) -> None:
    vi, en = MINE[code]["vi"], MINE[code]["en"]
    assert placeholders(vi) == placeholders(en)
    for words in (vi, en):
        assert len(re.findall(r"&(?!&)", words)) <= 1


def test_no_words_are_left_over() -> None:
    written = "\n".join(path.read_text(encoding="utf-8") for path in UI.rglob("*.py"))
    families = set(re.findall(r'f"(ui\.[a-z_.]+\.)\{', written))
    unused = [
        code
        for code in MINE
        if f'"{code}"' not in written and not any(code.startswith(each) for each in families)
    ]
    assert unused == []


def words_shown(window: QWidget) -> Iterator[str]:
    for widget in window.findChildren(QWidget):
        if isinstance(widget.parentWidget(), QTabBar):
            continue  # Qt's own arrows, never shown
        if isinstance(widget, QLabel | QAbstractButton):
            yield widget.text()
        elif isinstance(widget, QLineEdit):
            yield widget.placeholderText()
        elif isinstance(widget, QComboBox):
            yield from (widget.itemText(place) for place in range(widget.count()))
        elif isinstance(widget, QTabBar):
            yield from (widget.tabText(place) for place in range(widget.count()))
        yield widget.toolTip()
        yield widget.accessibleName()


def words_of_data(services: FakeServices) -> Iterator[str]:
    """Titles of fields and names of codes come with the data, not with the window."""
    for field in services.roster.fields():
        said = title(field)
        yield from (said, tr("ui.roster.required", title=said))
        yield from (words for _, words in choices(field))


def pattern_of(template: str) -> str:
    bare = texts.without_mnemonic(template)
    parts = re.split(r"\{\w+\}", bare)
    return "(?s:.*?)".join(re.escape(part) for part in parts)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_on_the_screen_is_written_in_the_code(
    lang: str, qtbot: QtBot, desk: Desk, services: FakeServices
) -> None:
    services.bring(draft(row(4), row(5, ngay_sinh="31-02-90")))
    texts.use_language(lang)
    window = MainWindow(desk)
    qtbot.addWidget(window)
    at_rest(qtbot, window)
    for key in window.pages:
        window.go(key)
        at_rest(qtbot, window)
    known = re.compile("|".join(f"(?:{pattern_of(words[lang])})" for words in catalogue().values()))
    shown = {texts.without_mnemonic(words) for words in words_shown(window)}
    data = {row(4).get("ho_ten"), row(5).get("ho_ten"), *words_of_data(services)}
    foreign = [
        line
        for words in shown - data
        for line in words.split("\n")
        if LETTER.search(line) and not known.fullmatch(line)
    ]
    assert foreign == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_can_be_pressed_or_typed_has_a_name(lang: str, qtbot: QtBot, desk: Desk) -> None:
    texts.use_language(lang)
    window = MainWindow(desk)
    qtbot.addWidget(window)
    at_rest(qtbot, window)
    kinds = (QAbstractButton, QComboBox, QLineEdit, QTableView)
    nameless = [
        f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}"
        for widget in window.findChildren(QWidget)
        if isinstance(widget, kinds)
        and not widget.objectName().startswith("qt_")
        and type(widget.parentWidget()).__name__
        not in {"QTableView", "Grid", "QLineEdit", "QTabBar"}
        and not (widget.accessibleName() or getattr(widget, "text", str)())
    ]
    assert nameless == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_two_controls_of_one_screen_share_a_letter(
    lang: str, qtbot: QtBot, desk: Desk, services: FakeServices
) -> None:
    services.practice = True
    texts.use_language(lang)
    window = MainWindow(desk)
    qtbot.addWidget(window)
    at_rest(qtbot, window)
    frame = [*letters(window.navigation), *letters(window.top)]
    for key, page in window.pages.items():
        used = [*frame, *letters(page)]
        assert sorted(used) == sorted(set(used)), f"{key} in {lang}"


def letters(area: QWidget) -> list[str]:
    """Mnemonics of labels and buttons; of buttons that stand for one another, one."""
    words = {
        widget.text()
        for widget in area.findChildren(QWidget)
        if isinstance(widget, QLabel | QAbstractButton)
    }
    return [found.lower() for text in words for found in re.findall(r"&(\w)", text)]
