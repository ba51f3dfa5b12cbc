"""Data that cannot be opened any more: the newest copy that can be read is offered at once."""

from collections.abc import Callable

from PySide6.QtWidgets import QMessageBox

from desktop.services.upkeep import CopyKind, Inside, UpkeepApi
from desktop.ui.app import application
from desktop.ui.copies.presenter import inside_lines, told
from desktop.ui.errors import CrashLog, explain
from desktop.ui.texts import tr, use_language
from resources.faults import Fault

DAMAGED = "store.corrupt"

Ask = Callable[[str, str, str], bool]
"""(what happened, what is offered, the word for yes; empty where there is nothing to choose)"""


def newest_readable(upkeep: UpkeepApi) -> Inside | None:
    """Every copy that turns out damaged too is passed over."""
    for copy in upkeep.copies():
        if copy.kind is CopyKind.DAMAGED:
            continue
        try:
            return upkeep.look(copy.file)
        except Fault:
            continue  # the next one is older, and may be whole
    return None


def rescue(upkeep: UpkeepApi, fault: Fault, *, crash_log: CrashLog, lang: str, ask: Ask) -> bool:
    """Whether a copy was put back, so that the data can be opened now. Raises what that raises."""
    use_language(lang)
    found = newest_readable(upkeep)
    if found is None:
        return False
    happened = explain(fault, crash_log)
    lines = (found.file.name, *inside_lines(found))
    offer = "\n".join((tr("ui.rescue.offer"), "", *lines))
    if not ask(happened.title, offer, tr("ui.copies.yes")):
        return False
    done = upkeep.restore(found.file)
    ask(tr("ui.copies.restored"), told(done), "")
    return True


def ask_by_dialog(question: str, detail: str, yes: str) -> bool:
    application()
    box = QMessageBox(QMessageBox.Icon.Warning, tr("ui.app"), question)
    box.setInformativeText(detail)
    agree = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole) if yes else None
    box.addButton(tr("ui.close"), QMessageBox.ButtonRole.RejectRole)
    box.exec()
    return agree is not None and box.clickedButton() is agree
