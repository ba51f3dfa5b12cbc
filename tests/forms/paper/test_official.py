"""Side by side with the official file: no heading, number or note is missing."""

from datetime import date
from pathlib import Path

import pytest

from forms import catalog
from forms.model import Row
from forms.paper.layout import Look, PaperLayout
from forms.paper.printing import layout_of, paper_form
from forms.render import FormData
from resources import children, read_text
from tests.fakes.printed import FILED, PERIOD, UNIT, texts

_OFFICIAL = Path(__file__).parents[2] / "data" / "paper"
_LAYOUTS = sorted(file.stem for file in _OFFICIAL.glob("*.txt"))


def test_no_official_form_of_today_asks_for_an_amount_in_words() -> None:
    """So none of ours writes one; the layouts could (``{words key}``)."""
    for name in _LAYOUTS:
        asked = (_OFFICIAL / f"{name}.txt").read_text("utf-8").casefold()
        assert "bằng chữ" not in asked, name
        assert "{words" not in read_text(f"paper/{name}.toml"), name


def test_a_form_of_fixed_lines_has_every_one_and_each_payment() -> None:
    rows = [
        Row(1, {"stt": "B.3.1", "httt": "2200000"}),
        Row(2, {"stt": "C.1", "noi_dung": "+ UNC số 17, ngày 05/11/2026", "cong": "3000000"}),
        Row(3, {"stt": "C.2", "noi_dung": "+ UNC số 18, ngày 06/11/2026", "cong": "1000000"}),
    ]
    data = FormData(lists={"dong": rows})
    form = paper_form("C12-TS", data, UNIT, PERIOD, filing_date=FILED)
    said = [text for page in form.document.pages for text in texts(page)]
    assert said[said.index("2.200.000") - 2 : said.index("2.200.000")] == ["3.1", "Tăng"]
    assert said.index("+ UNC số 17, ngày 05/11/2026") < said.index("+ UNC số 18, ngày 06/11/2026")
    assert {"Kỳ trước mang sang", "4.1.2.2", "Chuyển kỳ sau", "3.000.000"} <= set(said)
    assert "+ UNC số …, ngày …" not in said


def _shipped() -> list[str]:
    return [n.removesuffix(".toml") for n in children("paper") if n != "words.toml"]


def _layout(name: str) -> PaperLayout:
    found = layout_of(name[:-11], date.fromisoformat(name[-10:]))
    assert found is not None
    return found


def test_a_layout_that_calls_itself_official_has_the_official_text_beside_it() -> None:
    assert {name for name in _shipped() if _layout(name).look is Look.OFFICIAL} == set(_LAYOUTS)


def test_a_layout_that_is_not_proven_says_so_on_every_page() -> None:
    likely = [name for name in _shipped() if _layout(name).look is Look.LIKELY]
    assert likely
    for name in likely:
        filed = date.fromisoformat(name[-10:])
        form = paper_form(name[:-11], FormData(), UNIT, PERIOD, filing_date=filed)
        assert not form.official
        for page in form.document.pages:
            assert any("chưa đối chiếu" in text for text in texts(page))


@pytest.mark.parametrize("name", _shipped())
def test_every_printed_field_has_its_place(name: str) -> None:
    """Whatever the form asks for can be seen: no declared value is lost on paper."""
    code, version = name[:-11], date.fromisoformat(name[-10:])
    definition = next(v for v in catalog.versions(code) if v.valid_from == version).definition
    text = repr(_layout(name).blocks)
    unseen = {f.key for f in definition.fields if f.is_printed and f.key not in text}
    assert not unseen
