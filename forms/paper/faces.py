"""The type faces of printed forms and their files. Loads no font."""

from collections.abc import Mapping
from enum import StrEnum


class Face(StrEnum):
    REGULAR = "regular"
    BOLD = "bold"
    ITALIC = "italic"
    OTHER = "other"
    """for words with letters that the three others lack"""


FONT_FILES: Mapping[Face, str] = {
    Face.REGULAR: "fonts/LiberationSerif-Regular.ttf",
    Face.BOLD: "fonts/LiberationSerif-Bold.ttf",
    Face.ITALIC: "fonts/LiberationSerif-Italic.ttf",
    Face.OTHER: "fonts/DejaVuSans.ttf",
}
