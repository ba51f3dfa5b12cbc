"""A cover sheet as PDF: fonts embedded, text that can be selected and copied."""

import logging
from importlib.resources import as_file

from fpdf import FPDF
from fpdf.enums import Align, XPos, YPos

from forms.cover import CoveredFile, CoverSheet
from resources import locate

REGULAR, BOLD = "", "B"
_FONTS = {REGULAR: "fonts/DejaVuSans.ttf", BOLD: "fonts/DejaVuSans-Bold.ttf"}
_FAMILY = "dejavu"
_MARGIN = 15
"""millimetres, as all lengths here"""
_LINE, _GAP, _LABEL = 5.5, 4, 45
_TITLE_SIZE, _HEAD_SIZE, _SIZE, _SMALL = 15, 10.5, 9.5, 8
"""points"""
_FILE_HEIGHT = 5 * _LINE
"""with a name of three lines"""
_PLACE_HEIGHT = 45
_MAKER = "Tờ Khai"
_LANGUAGE = "vi-VN"


def cover_pdf(sheet: CoverSheet) -> bytes:
    """A4, upright."""
    logging.getLogger("fontTools").setLevel(logging.WARNING)  # it tells of every letter it leaves
    pdf = _paper(sheet)
    _line(pdf, sheet.title, _TITLE_SIZE, BOLD, Align.C, height=10)
    pdf.ln(_GAP)
    for label, text in sheet.facts:
        _fact(pdf, label, text)
    _part(pdf, sheet.files_title)
    for number, file in enumerate(sheet.files, 1):
        _file(pdf, number, file)
    _part(pdf, sheet.signers_title)
    for signer in sheet.signers:
        _line(pdf, signer)
    pdf.ln(_GAP)
    _line(pdf, sheet.note)
    _places(pdf, sheet.places)
    return bytes(pdf.output())


def _paper(sheet: CoverSheet) -> FPDF:
    pdf = FPDF(format="A4")
    for style, name in _FONTS.items():
        with as_file(locate(name)) as path:
            pdf.add_font(_FAMILY, style, path)
    pdf.set_margin(_MARGIN)
    pdf.set_auto_page_break(True, margin=_MARGIN)
    pdf.set_creation_date(sheet.made)
    pdf.set_title(sheet.title)
    pdf.set_creator(_MAKER)
    pdf.set_lang(_LANGUAGE)
    pdf.add_page()
    return pdf


def _line(
    pdf: FPDF,
    text: str,
    size: float = _SIZE,
    style: str = REGULAR,
    align: Align = Align.L,
    height: float = _LINE,
) -> None:
    """A paragraph over the whole width."""
    pdf.set_font(_FAMILY, style, size)
    pdf.multi_cell(0, height, text, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _fact(pdf: FPDF, label: str, text: str) -> None:
    pdf.set_font(_FAMILY, REGULAR, _SIZE)
    pdf.cell(_LABEL, _LINE, label)
    pdf.set_font(_FAMILY, BOLD, _SIZE)
    pdf.multi_cell(0, _LINE, text, align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _part(pdf: FPDF, title: str) -> None:
    pdf.ln(_GAP)
    _line(pdf, title, _HEAD_SIZE, BOLD)


def _file(pdf: FPDF, number: int, file: CoveredFile) -> None:
    """On one page; its fingerprint in one line, so that it can be selected whole."""
    if pdf.will_page_break(_FILE_HEIGHT):
        pdf.add_page()
    _line(pdf, f"{number}. {file.name}", style=BOLD)
    _line(pdf, file.about, _SMALL)
    _line(pdf, f"SHA-256: {file.sha256}", _SMALL)


def _places(pdf: FPDF, places: tuple[tuple[str, str], ...]) -> None:
    """Room for signatures, never over two pages."""
    if pdf.get_y() + _PLACE_HEIGHT > pdf.h - _MARGIN:
        pdf.add_page()
    pdf.ln(_GAP)
    width, top = pdf.epw / len(places), pdf.get_y()
    for position, (who, what) in enumerate(places):
        left = _MARGIN + position * width
        for row, (text, style, size) in enumerate(((who, BOLD, _SIZE), (what, REGULAR, _SMALL))):
            pdf.set_xy(left, top + row * _LINE)
            pdf.set_font(_FAMILY, style, size)
            pdf.cell(width, _LINE, text, align=Align.C)
    pdf.set_y(top + _PLACE_HEIGHT - _LINE)
