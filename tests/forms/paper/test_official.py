"""Side by side with the official file: no heading, number or note is missing."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from forms import catalog
from forms.model import Row
from forms.paper.printing import PaperForm, layout_of, paper_form
from forms.render import FormData
from resources import children
from tests.fakes.printed import FILED, PERIOD, UNIT, squeezed, texts, words_of

_OFFICIAL = Path(__file__).parents[2] / "data" / "paper"
_LAYOUTS = sorted(file.stem for file in _OFFICIAL.glob("*.txt"))
_ONE_ROW: Mapping[str, FormData] = {
    "TK1-TS": FormData(lists={"lao_dong": [Row(1, {"stt": "1"})]}),
    "MS4": FormData(lists={"phu_luc": [Row(1, {"stt": "1"})]}),
}


def _blank(name: str) -> PaperForm:
    code = name[:-11]
    data = _ONE_ROW.get(code, FormData())
    return paper_form(code, data, UNIT, PERIOD, filing_date=FILED)


@pytest.mark.parametrize("name", _LAYOUTS)
def test_everything_that_the_official_form_says_is_there(name: str) -> None:
    form = _blank(name)
    assert form.official
    said = words_of(form.document)
    alone = {text for page in form.document.pages for text in texts(page)}
    for line in (_OFFICIAL / f"{name}.txt").read_text("utf-8").splitlines():
        if len(line) <= 2:
            assert line in alone, f"column {line}"
        else:
            assert squeezed(line) in said, line


def test_every_layout_has_an_official_text_beside_it() -> None:
    shipped = {n.removesuffix(".toml") for n in children("paper") if n != "words.toml"}
    assert shipped == set(_LAYOUTS)


@pytest.mark.parametrize("name", _LAYOUTS)
def test_every_printed_field_has_its_place(name: str) -> None:
    """Whatever the form asks for can be seen: no declared value is lost on paper."""
    code, version = name[:-11], date.fromisoformat(name[-10:])
    definition = next(v for v in catalog.versions(code) if v.valid_from == version).definition
    layout = layout_of(code, version)
    assert layout is not None
    text = repr(layout.blocks)
    unseen = {f.key for f in definition.fields if f.is_printed and f.key not in text}
    part_a_is_hidden = {"dia_chi_lien_he", "email", "dien_thoai", "nguoi_dai_dien"}
    part_a_is_hidden |= {"so_dinh_danh", "loai_hinh", "nganh_nghe", "phuong_thuc_dong"}
    part_a_is_hidden |= {"doi_tuong", "co_quan_bhxh"}
    assert unseen <= (part_a_is_hidden if code == "D02-LT" else set())
