"""The file itself, read by another program: the official words, the headings of a second page,
and the parts that PDF/A-2b (ISO 19005-2) asks for."""

import re
import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

from forms.model import Row
from forms.paper.layout import PaperLayout, RowTable
from forms.paper.pdf import write_pdf
from forms.paper.printing import layout_of, paper_form
from forms.render import FormData
from tests.fakes.printed import FILED, PERIOD, UNIT, squeezed

_OFFICIAL = Path(__file__).parents[2] / "data" / "paper"
_FORMS = sorted(file.stem for file in _OFFICIAL.glob("*.txt"))
_MADE = datetime(2026, 11, 5, 8, 30, tzinfo=UTC)
_MANY = 45
"""rows that fill more than one page of every list"""


def _layout(name: str) -> PaperLayout:
    found = layout_of(name[:-11], date.fromisoformat(name[-10:]))
    assert found is not None
    return found


def _lists(layout: PaperLayout) -> list[RowTable]:
    return [block for block in layout.blocks if isinstance(block, RowTable)]


def _data(layout: PaperLayout) -> FormData:
    """One declaration; where the form is a list, one that goes on over the page."""
    rows = [Row(n, {"stt": str(n), "ho_ten": "Lê Ví Dụ"}) for n in range(1, _MANY + 1)]
    lists = {table.part: rows for table in _lists(layout)}
    if not layout.each:
        return FormData(lists=lists)
    household = [Row(n, {"stt": "1", "ho_ten": "Lê Ví Dụ"}) for n in range(1, _MANY + 1)]
    others = dict.fromkeys(lists, household)
    return FormData(lists={**others, layout.each: [Row(1, {"stt": "1"})]})


@pytest.fixture(scope="module", params=_FORMS, ids=_FORMS)
def form(request: pytest.FixtureRequest) -> tuple[str, bytes]:
    name = str(request.param)
    data = _data(_layout(name))
    set_in = paper_form(name[:-11], data, UNIT, PERIOD, filing_date=FILED)
    return name, write_pdf(set_in.document, made=_MADE)


def _pages(content: bytes) -> list[str]:
    done = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=content, capture_output=True, check=True, timeout=30
    )
    return done.stdout.decode("utf-8").removesuffix("\f").split("\f")


def test_another_program_finds_every_official_word(form: tuple[str, bytes]) -> None:
    name, content = form
    pages = _pages(content)
    said, alone = squeezed("".join(pages)), set(" ".join(pages).split())
    for line in (_OFFICIAL / f"{name}.txt").read_text("utf-8").splitlines():
        assert line in alone if len(line) <= 2 else squeezed(line) in said, line


def test_every_page_has_its_number_and_its_headings(form: tuple[str, bytes]) -> None:
    name, content = form
    pages = _pages(content)
    for number, page in enumerate(pages, 1):
        assert f"Trang {number}/{len(pages)}" in page
    lists = _lists(_layout(name))
    assert len(pages) > 1 or not lists
    for table in lists:
        for column in table.columns:
            assert all(squeezed(each) in squeezed(pages[1]) for each in column.heading)


def _fonts(reader: PdfFileReader) -> Iterator[generic.DictionaryObject]:
    for page in reader.root["/Pages"]["/Kids"]:
        fonts = page.get_object()["/Resources"]["/Font"]
        yield from (font.get_object() for font in fonts.values())


def test_the_file_has_the_parts_of_pdf_a(form: tuple[str, bytes]) -> None:
    _, content = form
    reader = PdfFileReader(BytesIO(content))
    assert not reader.encrypted
    assert len(reader.trailer["/ID"]) == 2
    intent = reader.root["/OutputIntents"][0]
    assert intent["/S"] == "/GTS_PDFA1"
    assert intent["/DestOutputProfile"]["/N"] == 3
    told = reader.root["/Metadata"].data.decode("utf-8")
    assert re.search(r"pdfaid:part>2<", told)
    assert re.search(r"pdfaid:conformance>B<", told)
    assert "vi-VN" in str(reader.root["/Lang"])
    assert not {"/AA", "/AcroForm", "/Names"} & set(reader.root)
    for forbidden in (b"/SMask", b"/JavaScript", b"/EmbeddedFile", b"/Launch"):
        assert forbidden not in content


def test_every_font_is_embedded_and_tells_its_letters(form: tuple[str, bytes]) -> None:
    _, content = form
    fonts = list(_fonts(PdfFileReader(BytesIO(content))))
    assert fonts
    for font in fonts:
        face = font["/DescendantFonts"][0]
        assert "/FontFile2" in face["/FontDescriptor"]
        assert "/CIDToGIDMap" in face
        assert font["/ToUnicode"].data
        assert re.match(r"/[A-Z]{6}\+", str(font["/BaseFont"])), "only the letters that are used"
