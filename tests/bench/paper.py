"""A list on paper, against the PDF library drawing the same words without any of our layout."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime
from importlib.resources import as_file

from fpdf import FPDF

from desktop.practice.roster import make_roster
from forms.model import Draft, Part, Period, Row, Section, Unit
from forms.paper.document import PaperDocument, Text
from forms.paper.faces import FONT_FILES
from forms.paper.files import print_forms
from forms.paper.printing import paper_forms
from resources import locate
from tests.bench.measure import Measure, by_turns

_ROWS = 500
_FILED = date(2026, 11, 23)
_MADE = datetime(2026, 11, 23, tzinfo=UTC)
_PERIOD = Period(2026, 11)
_UNIT = Unit(
    code="ZZ0001Z", name="Đơn vị mẫu", tax_code="", agency="079", region=1, signer="", phone=""
)


def measure_paper() -> Iterator[Measure]:
    draft = _draft(_ROWS)
    (form,) = paper_forms(draft, _UNIT, _PERIOD, procedure="600", filing_date=_FILED, only="D02-LT")
    job, bare = by_turns(lambda: _print(draft), lambda: _bare(form.document))
    yield Measure(
        name=f"D02-LT as PDF, {_ROWS} rows, {len(form.document.pages)} pages",
        yardstick="bare fpdf2",
        job=job,
        bare=bare,
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
