"""What only some gateways ask for: a client's name and secret, keys to hold the server to."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.ui.preferences.presenter import GatewayMore
from desktop.ui.texts import tr
from desktop.ui.widgets.basics import button, label, name
from desktop.ui.widgets.caption import caption


class MoreOfGateway(QWidget):
    """Folded until somebody wants it, for most gateways ask for none of it."""

    def __init__(self) -> None:
        super().__init__()
        self.toggle = button("ui.preferences.more", self._unfold, role="link")
        self.client, self.secret, self.pins = QLineEdit(), QLineEdit(), QLineEdit()
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        form = QFormLayout()
        for code, entry in (
            ("ui.preferences.client", self.client),
            ("ui.preferences.secret", self.secret),
            ("ui.preferences.pins", self.pins),
        ):
            name(entry, code)
            form.addRow(caption(code, entry), entry)
        self.fields = QWidget()
        inside = QVBoxLayout(self.fields)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(label(tr("ui.preferences.more_text"), "help"))
        inside.addLayout(form)
        self.fields.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.toggle, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.fields)

    def _unfold(self) -> None:
        self.fields.setVisible(self.fields.isHidden())

    def show_known(self, known: GatewayMore, *, secret_kept: bool) -> None:
        """A secret is never shown again: only that there is one."""
        self.client.setText(known.client_id)
        self.pins.setText(" ".join(known.pins))
        self.secret.clear()
        kept = "ui.preferences.secret_kept" if secret_kept else "ui.preferences.secret_none"
        self.secret.setPlaceholderText(tr(kept))
        if known.client_id or known.pins:
            self.fields.show()

    def typed(self) -> GatewayMore:
        return GatewayMore(
            client_id=self.client.text().strip(),
            pins=tuple(self.pins.text().replace(",", " ").split()),
            secret=self.secret.text(),
        )
