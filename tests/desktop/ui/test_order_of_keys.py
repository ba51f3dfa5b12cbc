"""What a screen reader says, control by control, in the order of Tab, on every screen.

The whole stands in ``tests/data/ui/order-of-keys.txt``, to be read by a person. Where a screen was
changed on purpose, a run with ``TOKHAI_KEEP_ORDER=1`` writes it anew.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.main_window import MainWindow
from desktop.ui.shots import settle
from tests.desktop.ui.conftest import at_rest
from tests.desktop.ui.test_fit import fill
from tests.fakes.services import FakeServices

KEPT = Path(__file__).parents[2] / "data" / "ui" / "order-of-keys.txt"


def dump(window: MainWindow) -> str:
    return "\n".join(_lines(window)) + "\n"


def _lines(window: MainWindow) -> Iterator[str]:
    for key, page in window.pages.items():
        window.go(key)
        settle(window)
        yield f"[{key}]"
        yield from (f"  {said(each)}" for each in in_order(window) if page.isAncestorOf(each))


def in_order(window: MainWindow) -> Iterator[QWidget]:
    """Everything that Tab reaches, once around."""
    first = each = window.nextInFocusChain()
    while each is not None:
        tabs = each.focusPolicy() & Qt.FocusPolicy.TabFocus
        if tabs and each.isEnabled() and each.isVisible() and each.focusProxy() is None:
            yield each
        each = each.nextInFocusChain()
        if each is first:
            return


def said(widget: QWidget) -> str:
    kind = type(widget).__name__
    return f"{kind}: {widget.accessibleName() or getattr(widget, 'text', str)()}"


def test_every_screen_is_read_in_the_order_of_the_work(
    qtbot: QtBot, window: MainWindow, services: FakeServices
) -> None:
    fill(services)
    window.load_units()
    at_rest(qtbot, window)
    found = dump(window)
    assert not [line for line in found.splitlines() if line.endswith(": ")]
    if os.environ.get("TOKHAI_KEEP_ORDER"):
        KEPT.write_text(found, encoding="utf-8")
    assert found == KEPT.read_text(encoding="utf-8")
