"""A commune's minimum-wage region, told from what it was made of."""

from collections import defaultdict

import pytest

from forms.codes import code_list, fold
from forms.definition import Confidence
from forms.rules.regions import read_table, region_of_commune
from forms.strict_toml import DefinitionFault
from resources import read_text

KINDS = ("", "quan ", "huyen ", "thi xa ", "thanh pho ")


def code_of(name: str, province: str) -> str:
    communes = code_list("xa").entries.values()
    return next(c.code for c in communes if (c.name, c.more["province"]) == (name, province))


@pytest.mark.parametrize(
    ("name", "province", "region"),
    [
        ("Phường Ba Đình", "01", 1),
        ("Xã Ba Vì", "01", 2),
        ("Phường Sài Gòn", "79", 1),
        ("Xã Cần Giờ", "79", 2),
        ("Phường Vũng Áng", "42", 3),
        ("Xã Đồng Văn", "08", 4),
    ],
)
def test_a_commune_lies_where_its_district_lay(name: str, province: str, region: int) -> None:
    found = region_of_commune(code_of(name, province))
    assert found
    assert found.region == region


def test_it_is_likely_and_says_what_to_compare() -> None:
    found = region_of_commune("00004")
    assert found
    assert found.confidence is Confidence.LIKELY
    assert "293/2025" in found.compare
    assert not found.is_mixed


def test_of_several_regions_the_highest_is_told_with_all_districts() -> None:
    mixed = [found for found in map(region_of_commune, code_list("xa").entries) if found]
    found = next(each for each in mixed if each.is_mixed)
    assert found.region == min(each.region for each in found.districts)
    assert len({each.region for each in found.districts}) > 1


@pytest.mark.parametrize("code", ["26732", "99999", ""])
def test_of_what_nothing_is_known_nothing_is_told(code: str) -> None:
    assert region_of_commune(code) is None


def test_every_name_of_the_data_is_one_district() -> None:
    districts = defaultdict(set)
    for old in code_list("xa_chuyen_doi").entries.values():
        districts[old.more["province"]].add(fold(old.more["district"]))
    for province, named in read_table(read_text("regions.toml")).places.items():
        for said in named:
            fitting = {each for each in districts[province] if each in {k + said for k in KINDS}}
            assert said.endswith("*") or len(fitting) == 1, (province, said)


@pytest.mark.parametrize(
    ("of", "to"),
    [
        ("cities = 3", "cities = 5"),
        ("others = 4", ""),
        ('source = "', 'source = ""\nwas = "'),
        ("III = [", "V = ["),
        ('confidence = "L"', 'confidence = "sure"'),
    ],
    ids=["no region", "missing", "no source", "unknown key", "no grade"],
)
def test_a_slip_in_the_data_is_refused(of: str, to: str) -> None:
    with pytest.raises(DefinitionFault):
        read_table(read_text("regions.toml").replace(of, to, 1))
