"""Pages → PDF/A-2b bytes. The only module that knows the PDF library."""

import logging
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from datetime import datetime
from importlib.resources import as_file

from fpdf import FPDF

from forms.paper.document import Box, Mark, Page, PaperDocument, Stroke, Text
from forms.paper.faces import FONT_FILES, Face
from resources import locate

_PROFILE = "PDF/A-2B"
_LANGUAGE = "vi-VN"
_THIN = 0.5
"""width of lines, points"""
_MAKER = "Tờ Khai"
logging.getLogger("fontTools").setLevel(logging.WARNING)  # it tells every letter that is used


def write_pdf(
    document: PaperDocument, *, made: datetime, each_page: Callable[[], object] = lambda: None
) -> bytes:
    """Fonts are embedded, text stays text. ``made``: with a time zone; ``each_page``: called
    before a page is written."""
    pdf = FPDF(unit="pt", format=(document.width, document.height), enforce_compliance=_PROFILE)
    pdf.set_auto_page_break(False)
    pdf.set_creation_date(made)
    pdf.set_lang(_LANGUAGE)
    pdf.set_title(document.title)
    pdf.set_creator(_MAKER)
    with ExitStack() as open_files:
        for face in _faces(document.pages):
            file = open_files.enter_context(as_file(locate(FONT_FILES[face])))
            pdf.add_font(face, "", file)
        for page in document.pages:
            each_page()
            pdf.add_page()
            pdf.set_line_width(_THIN)
            _draw(pdf, page.marks)
        return bytes(pdf.output())


def _faces(pages: Iterable[Page]) -> list[Face]:
    return sorted({mark.face for page in pages for mark in page.marks if isinstance(mark, Text)})


def _draw(pdf: FPDF, marks: Iterable[Mark]) -> None:
    """Lines first, then words by face and size: so they are set with the fewest changes."""
    texts: list[Text] = []
    for mark in marks:
        if isinstance(mark, Text):
            texts.append(mark)
        elif isinstance(mark, Stroke):
            pdf.line(mark.x1, mark.y1, mark.x2, mark.y2)
        elif isinstance(mark, Box):
            pdf.rect(mark.x, mark.y, mark.side, mark.side)
    for text in texts:
        pdf.set_font(text.face, "", text.size)
        pdf.text(text.x, text.baseline, text.text)
