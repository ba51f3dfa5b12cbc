"""The look: font, colours, stylesheet and icons, all from ``resources/ui``.

Three themes: light, dark and high contrast. ``follow`` takes the system's choice. A window that is
shown already must be made anew after a change, for its icons were drawn in the old ink.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from resources import locate, read_bytes, read_text

FONTS = ["Segoe UI", "Noto Sans", "DejaVu Sans"]
"""the first that is there; each of them draws Vietnamese"""
POINTS = 10
SCALES = (100, 115, 130, 150, 175, 200)
"""% of the usual size of letters"""
FOLLOW, LIGHT, DARK, CONTRAST = "follow", "light", "dark", "contrast"
CHOICES = (FOLLOW, LIGHT, DARK, CONTRAST)
LINE = b"#000001"
"""the colour that line icons are drawn in, replaced by the one wanted"""
WORN = "tokhai.look"
SIZES = (16, 20, 24, 32, 48, 64)
ROLES = {
    QPalette.ColorRole.Window: "ground",
    QPalette.ColorRole.Base: "paper",
    QPalette.ColorRole.AlternateBase: "alternate",
    QPalette.ColorRole.Text: "ink",
    QPalette.ColorRole.WindowText: "ink",
    QPalette.ColorRole.Button: "paper",
    QPalette.ColorRole.ButtonText: "ink",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.PlaceholderText: "faint",
    QPalette.ColorRole.ToolTipBase: "paper",
    QPalette.ColorRole.ToolTipText: "ink",
    QPalette.ColorRole.Link: "accent",
}
_chosen = [LIGHT]
"""one element: the theme in use"""
_scale = [SCALES[0]]
"""one element: % of the usual letters"""


def use_theme(name: str) -> None:
    """For the whole program; ``follow`` asks the system now. Raises KeyError for no theme."""
    wanted = system_theme() if name == FOLLOW else name
    colours(wanted)
    _chosen[0] = wanted


def use_scale(percent: int) -> None:
    """For the whole program; shows at the next ``dress``."""
    _scale[0] = percent


def scaled(pixels: int) -> int:
    """A length that must grow with the letters."""
    return round(pixels * _scale[0] / 100)


def theme() -> str:
    """The one in use: light, dark or contrast."""
    return _chosen[0]


def system_theme() -> str:
    """What the system is set to; light where it does not say."""
    hints = QGuiApplication.styleHints()
    if _system_contrast(hints):
        return CONTRAST
    return DARK if hints.colorScheme() is Qt.ColorScheme.Dark else LIGHT


def _system_contrast(hints: object) -> bool:
    """Qt tells it from 6.10 on."""
    accessibility = getattr(hints, "accessibility", None)
    preference = getattr(accessibility(), "contrastPreference", None) if accessibility else None
    high = getattr(getattr(Qt, "ContrastPreference", None), "HighContrast", None)
    return preference is not None and high is not None and preference() == high


@cache
def themes() -> Mapping[str, Mapping[str, str | dict[str, str]]]:
    """Colours by theme and role, as ``resources/ui/themes.toml`` has them."""
    return tomllib.loads(read_text("ui/themes.toml"))


@cache
def colours(name: str) -> dict[str, str]:
    """role → #rrggbb"""
    return {role: value for role, value in themes()[name].items() if isinstance(value, str)}


def colour(role: str) -> QColor:
    """Of the theme in use. Raises KeyError for an unknown role: that is our mistake."""
    return _colour(_chosen[0], role)


@cache
def _colour(of: str, role: str) -> QColor:
    return QColor(colours(of)[role])


def dress(app: QApplication) -> None:
    """Gives the whole program its colours and letters, once: all there is is drawn anew for it."""
    worn = f"{_chosen[0]} {_scale[0]}"
    if app.property(WORN) == worn:
        return
    if not app.property(WORN):
        app.setStyle(QStyleFactory.create("Fusion"))
    app.setProperty(WORN, worn)
    font = QFont()
    font.setFamilies(FONTS)
    font.setPointSizeF(POINTS * _scale[0] / 100)
    app.setFont(font)
    palette = QPalette()
    for role, named in ROLES.items():
        palette.setColor(role, colour(named))
    app.setPalette(palette)
    app.setWindowIcon(icon("app"))


def dress_window(window: QWidget) -> None:
    """Gives a window the stylesheet, and with it all that is put into it and what it opens.

    Not the application: there a page would be matched against every rule once for each layer that
    it is put together from, before it is ever seen; so it is matched once, when it gets its place.
    """
    window.setStyleSheet(stylesheet())


def stylesheet() -> str:
    """The look with its colours and the place of its pictures; Qt wants / on every system."""
    given = {**colours(_chosen[0]), "folder": str(locate("ui")).replace("\\", "/")}
    light = _chosen[0] == LIGHT
    given |= (
        {"down": "down", "tick": "tick"} if light else {"down": "down-light", "tick": "tick-dark"}
    )
    look = re.sub(r"@(\w+)@", lambda found: given[found.group(1)], read_text("ui/look.qss"))
    return re.sub(r"\b(\d+)pt\b", lambda size: f"{int(size[1]) * _scale[0] / 100:g}pt", look)


def icon(name: str, ink: str = "line_ink") -> QIcon:
    """The drawing ``resources/ui/<name>.svg``; line icons take the colour of the role ``ink``."""
    return _icon(_chosen[0], name, ink)


@cache
def _icon(of: str, name: str, ink: str) -> QIcon:
    drawing = _recoloured(read_bytes(f"ui/{name}.svg"), of)
    found = QIcon()
    for role, mode in ((ink, QIcon.Mode.Normal), ("off", QIcon.Mode.Disabled)):
        shade = colours(of)[role].encode("ascii")
        renderer = QSvgRenderer(QByteArray(drawing.replace(LINE, shade)))
        for size in SIZES:
            found.addPixmap(_drawn(renderer, size), mode)
    return found


def _recoloured(drawing: bytes, of: str) -> bytes:
    """Drawings in colours of their own are drawn for light paper."""
    replaced = themes()[of].get("drawings", {})
    if isinstance(replaced, dict):
        for before, after in replaced.items():
            drawing = drawing.replace(before.encode("ascii"), after.encode("ascii"))
    return drawing


def _drawn(renderer: QSvgRenderer, size: int) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap
