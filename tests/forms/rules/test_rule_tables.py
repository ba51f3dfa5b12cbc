"""The law as dated data: whole, sourced, and never changed under an old month."""

import pytest

from forms.model import Period
from forms.rules.contribution import contribute
from forms.rules.dated import Confidence, RuleMissing, RulesBroken
from forms.rules.persons import Group, PersonMonth
from forms.rules.tables import data_hash, load, names, series, table
from resources import read_text

ROW = '{{ from = "{first}", value = {value}, document = "Luật X", confidence = "C"{more} }},'


def rows(*lines: tuple[str, int, str]) -> str:
    body = "\n".join(
        ROW.format(first=first, value=value, more=more) for first, value, more in lines
    )
    return f"[k]\nrows = [\n{body}\n]\n"


@pytest.mark.parametrize("name", names())
def test_every_table_loads_with_a_source_in_every_row(name: str) -> None:
    for found in table(name).values():
        assert all(entry.source.document for entry in found.entries)
        assert all(entry.source.confidence in Confidence for entry in found.entries)


@pytest.mark.parametrize("group", list(Group))
def test_every_group_has_rates_to_this_day(group: Group) -> None:
    assert series("rates", group.value).covers(Period(2026, 11))


@pytest.mark.parametrize("group", ["standard", "state-budget", "official"])
def test_rates_reach_back_to_2009_without_a_gap(group: str) -> None:
    month = Period(2009, 1)
    while month <= Period(2026, 12):
        assert series("rates", group).covers(month)
        month = month.next()


@pytest.mark.parametrize(
    "text",
    [
        rows(("2020-01", 1, ""), ("2020-01", 2, "")),
        rows(("2020-02", 1, ""), ("2020-01", 2, "")),
        rows(("2020-01", 1, ', to = "2020-05"'), ("2020-05", 2, "")),
        rows(("2020-01", 1, ', to = "2020-05"'), ("2020-07", 2, "")),
        rows(("2020-03", 1, ', to = "2020-02"')),
        '[k]\nrows = [ { from = "2020-01", value = 1, confidence = "C" } ]',
        '[k]\nrows = [ { from = "2020-01", value = 1, document = " ", confidence = "C" } ]',
        rows(("2020-01", 1, ", vlaue = 3")),
        "[k]\nrows = []",
    ],
)
def test_loading_refuses_a_table_that_is_not_whole(text: str) -> None:
    with pytest.raises(RulesBroken):
        load("t", text)


def test_next_years_row_is_one_line_and_leaves_old_months_alone() -> None:
    old = read_text("rules/base_salary.toml")
    line = '  { from = "2027-07", value = 9990000, document = "NĐ giả định", confidence = "C" },\n]'
    new = load("base_salary", old.replace("\n]", "\n" + line, 1))["base_salary"]
    before = series("base_salary", "base_salary")
    month = Period(2009, 1)
    while month < Period(2027, 7):
        assert new.at(month).value == before.at(month).value
        month = month.next()
    assert new.at(Period(2027, 7)).value == 9_990_000


def test_a_month_before_the_law_is_not_checkable() -> None:
    person = PersonMonth(group=Group.FOREIGN, month=Period(2018, 11), region=1, wage=1)
    with pytest.raises(RuleMissing):
        contribute(person)


def test_the_hash_names_the_rule_data() -> None:
    assert len(data_hash()) == 64
