"""A row that is not passed is asked about by what the check sees of it, with the same answer."""

from hypothesis import given, settings
from hypothesis import strategies as st

from forms.checks.law.case import understand
from forms.checks.law.quick import GLANCES, Glancing, Question
from forms.checks.law.run import CHECKS
from forms.checks.problem import Setting, find_list
from forms.model import Row
from forms.packed import Block
from tests.fakes.checked import PERIOD, TODAY, UNIT
from tests.fakes.lawful import EMPLOYEE

SETTING = Setting(unit=UNIT, period=PERIOD, filing_date=TODAY, find_list=find_list)
VALUES = {
    "phuong_an": st.sampled_from(("TM", "DC", "GH", "ON", "")),
    "tu_thang": st.sampled_from(("11/2026", "01/2024", "13/2024", "")),
    "den_thang": st.sampled_from(("", "12/2026")),
    "ngay_sinh": st.sampled_from(("05/06/1990", "1964", "11/1965", "30/12/1968", "31/02/1960", "")),
    "gioi_tinh": st.sampled_from(("0", "1", "2", "")),
    "hdld_tu_ngay": st.sampled_from(("", "01/11/2026")),
    "quoc_tich": st.sampled_from(("", "VN", "KR")),
}


@settings(max_examples=60, deadline=None)
@given(values=st.fixed_dictionaries(VALUES))
def test_what_a_check_sees_is_all_that_it_needs(values: dict[str, str]) -> None:
    row = Row(7, {key: text for key, text in {**EMPLOYEE, **values}.items() if text})
    block = Block([row.line], {key: [text] for key, text in row.values.items()})
    for name, glance in GLANCES.items():
        question = Question(name, *CHECKS[name], SETTING)
        glancing = Glancing(question, glance)
        whole = tuple(question.ask(understand(row, SETTING)))
        assert glancing.of_row(block, 0) == glancing.of_row(block, 0) == whole
