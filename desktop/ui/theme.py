"""The look: font, stylesheet and icons, all from ``resources/ui``."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QStyleFactory

from resources import locate, read_bytes, read_text

FONTS = ["Segoe UI", "Noto Sans", "DejaVu Sans"]
"""the first that is there; each of them draws Vietnamese"""
POINTS = 10
INK = "#33414f"
FADED = "#8a97a5"
LINE = b"#000001"
"""the colour that line icons are drawn in, replaced by the one wanted"""
SIZES = (16, 20, 24, 32, 48, 64)
LIGHT = {
    QPalette.ColorRole.Window: "#f4f6f8",
    QPalette.ColorRole.Base: "#ffffff",
    QPalette.ColorRole.AlternateBase: "#f8fafb",
    QPalette.ColorRole.Text: "#1d2733",
    QPalette.ColorRole.WindowText: "#1d2733",
    QPalette.ColorRole.Button: "#ffffff",
    QPalette.ColorRole.ButtonText: "#1d2733",
    QPalette.ColorRole.Highlight: "#0b5c8a",
    QPalette.ColorRole.HighlightedText: "#ffffff",
    QPalette.ColorRole.PlaceholderText: "#6b7885",
}


def dress(app: QApplication) -> None:
    """Gives the whole program its look."""
    app.setStyle(QStyleFactory.create("Fusion"))
    font = QFont()
    font.setFamilies(FONTS)
    font.setPointSize(POINTS)
    app.setFont(font)
    palette = QPalette()
    for role, colour in LIGHT.items():
        palette.setColor(role, QColor(colour))
    app.setPalette(palette)
    app.setStyleSheet(stylesheet())
    app.setWindowIcon(icon("app"))


def stylesheet() -> str:
    """The look with the place of its pictures filled in; Qt wants / on every system."""
    return read_text("ui/light.qss").replace("@folder@", str(locate("ui")).replace("\\", "/"))


@cache
def icon(name: str, colour: str = INK) -> QIcon:
    """The drawing ``resources/ui/<name>.svg``; line icons take ``colour``."""
    drawing = read_bytes(f"ui/{name}.svg")
    found = QIcon()
    for ink, mode in ((colour, QIcon.Mode.Normal), (FADED, QIcon.Mode.Disabled)):
        renderer = QSvgRenderer(QByteArray(drawing.replace(LINE, ink.encode("ascii"))))
        for size in SIZES:
            found.addPixmap(_drawn(renderer, size), mode)
    return found


def _drawn(renderer: QSvgRenderer, size: int) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap
