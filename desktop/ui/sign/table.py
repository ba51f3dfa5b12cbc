"""The Qt model of the certificates on a token: the unusable ones greyed, with the reason."""

from typing import Any

from PySide6.QtCore import Qt

from desktop.ui.sign.keys import CertificateLine
from desktop.ui.theme import colour, icon
from desktop.ui.widgets.lines_model import Index, LinesModel


class CertificatesModel(LinesModel[CertificateLine]):
    def __init__(self) -> None:
        super().__init__(
            (
                "ui.certificate.name",
                "ui.certificate.tax_code",
                "ui.certificate.valid",
                "ui.certificate.verdict",
            ),
            lambda line: (line.name, line.tax_code, line.expires, line.why),
        )

    def flags(self, index: Index) -> Qt.ItemFlag:
        line = self.line(index)
        usual = super().flags(index)
        return usual if line and line.usable else usual & ~Qt.ItemFlag.ItemIsSelectable

    def decoration(self, line: CertificateLine, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.DecorationRole and column == len(self._heads) - 1:
            return icon(look(line))
        if role == Qt.ItemDataRole.ForegroundRole and not line.usable:
            return colour("faint")
        return None


def look(line: CertificateLine) -> str:
    if not line.usable:
        return "error"
    return "warning" if line.doubtful else "done"
