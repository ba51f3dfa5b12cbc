"""The rules asked on the command line: the JSON that callers rely on."""

import pytest

from tests.desktop.cli.conftest import Line


def test_calc_holds_every_share_and_its_sources(line: Line) -> None:
    said = line.json(
        *("calc", "--group", "standard", "--wage", "120000000"),
        *("--month", "2026-08", "--region", "1"),
    )
    found = said.document
    assert said.code == 0
    assert found["bases"] == {
        "bhxh": 50_600_000,
        "bhyt": 50_600_000,
        "bhtn": 106_200_000,
        "tnld": 50_600_000,
    }
    assert found["employee"]["total"] == 5_869_000
    assert found["employer"] == {
        "httt": 7_084_000,
        "odts": 1_518_000,
        "tnld": 253_000,
        "bhyt": 1_518_000,
        "bhtn": 1_062_000,
        "total": 11_435_000,
    }
    assert found["counts"] == {"bhxh": True, "bhtn": True}
    assert (found["kpcd"], found["due"]) == (1_012_000, "2026-09-30")
    assert all(row["document"] and row["confidence"] for row in found["sources"])


def test_coefficient_pay(line: Line) -> None:
    said = line.json(
        *("calc", "--group", "state-budget", "--coefficient", "3,33", "--seniority", "5"),
        *("--month", "2015-06", "--region", "4"),
    )
    assert said.document["bases"]["bhxh"] == 4_020_975


def test_maternity_is_paid_by_the_agency_and_counts(line: Line) -> None:
    said = line.json(
        *("calc", "--group", "standard", "--wage", "10.000.000", "--leave", "maternity"),
        *("--month", "2026-08", "--region", "1"),
    )
    assert said.document["agency"]["bhyt"] == 113_850
    assert said.document["employee"]["total"] == said.document["employer"]["total"] == 0
    assert said.document["counts"] == {"bhxh": True, "bhtn": False}


def test_an_approved_rate(line: Line) -> None:
    said = line.json(
        *("calc", "--group", "standard", "--wage", "10000000", "--tnld-rate", "0.3"),
        *("--month", "2026-08", "--region", "1"),
    )
    assert said.document["employer"]["tnld"] == 30_000


def test_a_group_before_its_law_is_not_computed(line: Line) -> None:
    said = line.json(
        *("calc", "--group", "foreign", "--wage", "10000000"),
        *("--month", "2018-11", "--region", "1"),
    )
    assert (said.code, said.document["error"]["code"]) == (1, "rules.missing")


def test_late(line: Line) -> None:
    said = line.json(
        "late", "--principal", "100000000", "--due", "2025-12-31", "--paid", "2026-01-30"
    )
    found = said.document
    assert (found["days"], found["amount"], found["total"]) == (30, 900_000, 100_900_000)


def test_late_old_cuts_k(line: Line) -> None:
    said = line.json(
        *("late-old", "--owed", "35000000", "--not-overdue", "20000000", "--year-rate", "6.5")
    )
    found = said.document
    assert (found["k_percent"], found["base"], found["amount"]) == ("1.0833", 15_000_000, 162_495)


def test_arrears(line: Line) -> None:
    said = line.json(
        *("arrears", "--old-wage", "10000000", "--new-wage", "12000000"),
        *("--from", "2026-05", "--to", "2026-07", "--group", "standard", "--region", "1"),
        *("--decision", "2026-08-15", "--paid", "2026-10-10"),
    )
    found = said.document
    assert [row["principal"] for row in found["months"]] == [640_000] * 3
    assert (found["free_until"], found["days"]) == ("2026-09-30", 10)
    assert found["interest"] == 5_760
    assert found["total"] == 1_925_760


def test_retire(line: Line) -> None:
    found = line.json("retire", "--sex", "F", "--born", "1968-10-31").document
    assert (found["age_years"], found["age_months"]) == (56, 8)
    assert (found["reaches"], found["first_pension_month"]) == ("2025-06-30", "2025-07")
    month = line.json("retire", "--sex", "M", "--born", "1966-04").document
    assert month["reaches"] == "2028-04"


@pytest.mark.parametrize(
    ("arguments", "due"),
    [
        (["--month", "2025-06"], "2025-06-30"),
        (["--month", "2025-07"], "2025-08-31"),
        (["--month", "2026-01", "--cycle", "3"], "2026-04-30"),
    ],
)
def test_due(line: Line, arguments: list[str], due: str) -> None:
    assert line.json("due", *arguments).document["due"] == due


def test_rates_show_the_rows_in_force(line: Line) -> None:
    found = line.json("rates", "--month", "2026-08", "--group", "standard").document
    by_key = {row["key"]: row for row in found["rows"]}
    assert by_key["base_salary"]["value"] == 2_530_000
    assert by_key["standard"]["value"]["employer"]["httt"] == "14"
    assert "official" not in by_key


def test_code_finds_without_diacritics(line: Line) -> None:
    found = line.json("code", "xa", "hoan kiem").document
    assert {"code": "00070", "name": "Phường Hoàn Kiếm"}.items() <= found["matches"][0].items()


def test_form_is_chosen_by_filing_date(line: Line) -> None:
    old = line.json("form", "D02-LT", "--filed", "2026-04-30").document
    new = line.json("form", "D02-LT", "--filed", "01/05/2026").document
    assert old["valid_from"] < new["valid_from"] == "2026-05-01"
    assert all(field["label"] for field in new["fields"])
