"""A colour for each unit, the same on every start: it tells at a glance whose papers these are.

The unit's name always stands beside it; colour is never the only sign.
"""

from hashlib import sha256

from PySide6.QtGui import QColor, QIcon, QPixmap

from desktop.ui.theme import colour

HUES = 8
"""roles unit_1 … unit_8 in every theme"""
SQUARE = 14


def role_of(unit_code: str) -> str:
    return f"unit_{sha256(unit_code.encode()).digest()[0] % HUES + 1}"


def unit_colour(unit_code: str) -> QColor:
    return colour(role_of(unit_code))


def unit_square(unit_code: str) -> QIcon:
    """For lists of units."""
    picture = QPixmap(SQUARE, SQUARE)
    picture.fill(unit_colour(unit_code))
    return QIcon(picture)
