"""How attached papers are signed."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFormLayout, QFrame, QLineEdit, QVBoxLayout

from desktop.services.paper_settings import PaperSettings
from desktop.ui.texts import tr, without_mnemonic
from desktop.ui.widgets.basics import button, label, name, set_role
from desktop.ui.widgets.caption import caption


class PapersCard(QFrame):
    """``save``: called with nothing; the page asks ``typed``."""

    def __init__(self, save: Callable[[], None]) -> None:
        super().__init__()
        set_role(self, "card")
        self.sign = _box("ui.preferences.papers_sign")
        self.url = QLineEdit()
        name(self.url, "ui.preferences.tsa")
        self.url.setPlaceholderText(tr("ui.preferences.tsa_example"))
        self.required = _box("ui.preferences.tsa_required")
        self.save = button("ui.preferences.papers_save", save, drawing="check")
        form = QFormLayout()
        form.addRow(caption("ui.preferences.tsa", self.url), self.url)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.addWidget(label(tr("ui.preferences.papers"), "heading"))
        column.addWidget(label(tr("ui.preferences.papers_text"), "help"))
        column.addWidget(self.sign)
        column.addLayout(form)
        column.addWidget(self.required)
        column.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeft)

    def show_settings(self, settings: PaperSettings) -> None:
        self.sign.setChecked(settings.sign)
        self.url.setText(settings.timestamp_url)
        self.required.setChecked(settings.timestamp_required)

    def typed(self) -> PaperSettings:
        return PaperSettings(
            sign=self.sign.isChecked(),
            timestamp_url=self.url.text().strip(),
            timestamp_required=self.required.isChecked(),
        )


def _box(code: str) -> QCheckBox:
    made = QCheckBox(tr(code))
    made.setAccessibleName(without_mnemonic(tr(code)))
    return made
