"""A list on paper, against the PDF library drawing the same words without any of our layout."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from datetime import UTC, date, datetime
from importlib.resources import as_file

from fpdf import FPDF

from desktop.practice.roster import make_roster
from forms.model import Draft, Part, Period, Row, Section, Unit
from forms.paper.document import PaperDocument, Text
from forms.paper.faces import FONT_FILES
from forms.paper.files import print_forms
from forms.paper.pdf import write_pdf
from forms.paper.printing import paper_form, paper_forms
from forms.render import FormData
from resources import locate
from tests.bench.measure import Measure, by_turns

_ROWS = 500
_TARGET = 3.0
"""setting and writing against writing alone: lists are under two seconds by far then"""
_OTHERS: Mapping[str, str] = {
    "TK1-TS": "lao_dong",
    "D05-TS": "lao_dong",
    "D09-TS": "nguoi",
    "MS3": "lao_dong",
    "MS4": "phu_luc",
    "M01B-HSB": "ps_om_dau",
}
"""form → the list that is filled; each row of TK1-TS is a declaration of its own"""
_FILED = date(2026, 11, 23)
_MADE = datetime(2026, 11, 23, tzinfo=UTC)
_PERIOD = Period(2026, 11)
_UNIT = Unit(
    code="ZZ0001Z", name="Đơn vị mẫu", tax_code="", agency="079", region=1, signer="", phone=""
)


def measure_paper() -> Iterator[Measure]:
    draft = _draft(_ROWS)
    (form,) = paper_forms(draft, _UNIT, _PERIOD, procedure="600", filing_date=_FILED, only="D02-LT")
    yield _measure("D02-LT", form.document, lambda: _print(draft))
    for code, part in _OTHERS.items():
        yield _measured(code, FormData(lists={part: draft.rows(Part.LAO_DONG)}))


def _measured(code: str, data: FormData) -> Measure:
    def set_in() -> PaperDocument:
        return paper_form(code, data, _UNIT, _PERIOD, filing_date=_FILED).document

    return _measure(code, set_in(), lambda: write_pdf(set_in(), made=_MADE))


def _measure(code: str, document: PaperDocument, printing: Callable[[], object]) -> Measure:
    job, bare = by_turns(printing, lambda: _bare(document))
    return Measure(
        name=f"{code} as PDF, {_ROWS} rows, {len(document.pages)} pages",
        yardstick="bare fpdf2",
        job=job,
        bare=bare,
        target=_TARGET,
    )


def _print(draft: Draft) -> None:
    print_forms(
        draft,
        _UNIT,
        _PERIOD,
        procedure="600",
        filing_date=_FILED,
        made=_MADE,
        only="D02-LT",
    )


def _draft(count: int) -> Draft:
    staff = make_roster(count, seed=7, period=_PERIOD).sections[Part.LAO_DONG]
    rows = tuple(
        Row(n, {key: str(value) for key, value in person.items()}) for n, person in enumerate(staff)
    )
    return Draft("l", "f.xlsx", (Section(Part.LAO_DONG, "s", {}, rows),))


def _bare(document: PaperDocument) -> None:
    pdf = FPDF(unit="pt", format=(document.width, document.height))
    pdf.set_auto_page_break(False)
    with ExitStack() as files:
        for face, name in FONT_FILES.items():
            pdf.add_font(face, "", files.enter_context(as_file(locate(name))))
        for page in document.pages:
            pdf.add_page()
            for mark in page.marks:
                if isinstance(mark, Text):
                    pdf.set_font(mark.face, "", mark.size)
                    pdf.text(mark.x, mark.baseline, mark.text)
        pdf.output()
