"""What the program ships: every form and procedure loads, agrees with the workbook and itself."""

import tomllib
from datetime import date

import pytest

from forms import catalog
from forms.strict_toml import DefinitionFault
from forms.wire import Group
from resources import read_text
from resources.faults import UsageFault
from resources.messages import LANGUAGES, placeholders

TODAY = date(2026, 10, 5)
LAYOUT = tomllib.loads(read_text("layouts/vnpt-d02-tk1-2025-11.toml"))


def leaf_names(group: Group) -> list[str]:
    return [child.element for child in group.children]


def inside(group: Group, *path: str) -> Group:
    for name in path:
        group = next(c for c in group.children if isinstance(c, Group) and c.element == name)
    return group


@pytest.mark.parametrize("code", sorted(catalog.codes()))
def test_every_version_of_every_form_loads(code: str) -> None:
    versions = catalog.versions(code)
    assert versions
    assert [v.valid_from for v in versions] == sorted(v.valid_from for v in versions)
    assert {v.definition.code for v in versions} == {code}


PRINTED_ONLY = {"nghe_cong_viec", "doi_tuong_tham_gia"}
"""[14] and [15] of TK1-TS of 2026 concern nobody whom an employer declares"""


def test_every_field_of_a_form_comes_from_the_workbook() -> None:
    columns = {
        sheet["part"]: {column["key"] for column in sheet["columns"]} for sheet in LAYOUT["sheet"]
    }
    for version in catalog.forms_of("600", filing_date=TODAY):
        for field in version.definition.fields:
            known = columns[field.part] | PRINTED_ONLY
            assert field.key in known, (version.definition.code, field.key)


def test_forms_that_share_a_field_agree_on_its_type_and_length() -> None:
    seen: dict[tuple[str, str], tuple[object, ...]] = {}
    for version in catalog.forms_of("600", filing_date=TODAY):
        for field in version.definition.fields:
            said = (field.type, field.max_length, field.code_list)
            assert seen.setdefault((field.part, field.key), said) == said


def test_d02_has_its_44_elements_and_tk1_its_29() -> None:
    d02, tk1, _ = catalog.forms_of("600", filing_date=TODAY)
    assert len(leaf_names(inside(d02.wire.root, "NoiDung", "LaoDong"))) == 44
    assert len(leaf_names(inside(tk1.wire.root, "NoiDung", "LaoDong"))) == 29


def test_what_decision_490_added_is_not_written_while_nobody_knows_where() -> None:
    tk1 = catalog.form("TK1-TS", filing_date=TODAY)
    names = leaf_names(inside(tk1.wire.root, "NoiDung", "LaoDong"))
    assert not [name for name in names if name.startswith("Nhan_")]


SIGN_NODES = {
    "BHXHDienTu": "Hoso/CKy_Dvi",
    "HSDKLanDau": "Hoso/CKy_Dvi",
    "04_DK-IVAN": "Hoso/CKy_Dvi",
    "05_SD-IVAN": "Hoso/CKy_Dvi",
    "06_NG-IVAN": "Hoso/CKy_Dvi",
    "05A-HSB": "M05A-HSB/Cky",
    **{
        code: f"{code}/Cky"
        for code in ("D01-TS", "D02-TS", "D03-TS", "D05-TS", "TK1-TS", "TK3-TS", "M01B-HSB")
    },
}


def test_the_sign_nodes_are_those_of_real_files() -> None:
    written = {c: catalog.versions(c)[-1] for c in catalog.codes()}
    assert {c: v.wire.sign_node for c, v in written.items() if v.layout} == SIGN_NODES


def test_procedure_600_is_named_as_the_agency_names_it() -> None:
    procedure = catalog.procedure("600")
    assert procedure.wire_code == "600"
    assert procedure.name_vi == "Báo tăng, báo giảm, điều chỉnh đóng BHXH, BHYT, BHTN, BHTNLĐ, BNN"
    assert procedure in catalog.procedures()
    assert [(form.code, form.required) for form in procedure.forms] == [
        ("D02-TS", True),
        ("TK1-TS", False),
        ("D01-TS", False),
    ]


def test_the_form_version_is_chosen_by_the_filing_date() -> None:
    assert catalog.form("D02-TS", filing_date=date(2020, 5, 1)).valid_from == date(2020, 5, 1)
    assert catalog.form("D02-TS", filing_date=date(2020, 4, 30)).valid_from == date(2017, 7, 1)
    with pytest.raises(UsageFault) as fault:
        catalog.form("D02-TS", filing_date=date(2017, 6, 30))
    assert fault.value.code == "form.not_in_force"


def test_what_does_not_exist_is_said_so() -> None:
    with pytest.raises(UsageFault, match=r"procedure\.unknown"):
        catalog.procedure("999")
    with pytest.raises(UsageFault, match=r"form\.unknown"):
        catalog.form("X-99", filing_date=TODAY)


PROCEDURE_AGAIN = """[[procedure]]
code = "600"
wire_code = "600"
name_vi = "t"
name_en = "t"
source = "thử"
confidence = "U"
[[procedure]]"""


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("limit_bytes = 20_000_000", "", "definition.missing"),
        ("[ivan]", "[ivam]", "definition.missing"),
        ('code = "D01-TS"', 'code = "D99-TS"', "definition.unknown_value"),
        ("[package]", 'la = "x"\n[package]', "definition.unknown_key"),
        ('source = "wire format §4"', "", "definition.no_source"),
        ("[[procedure]]", PROCEDURE_AGAIN, "definition.duplicate"),
    ],
)
def test_a_slip_in_the_procedures_is_refused(old: str, new: str, code: str) -> None:
    text = read_text("procedures.toml")
    changed = text.replace(old, new, 1)
    assert changed != text
    with pytest.raises(DefinitionFault) as fault:
        catalog.load_catalog(changed, file="procedures.toml")
    assert fault.value.code == code


def test_every_fault_of_forms_has_words_in_both_languages() -> None:
    words = tomllib.loads(read_text("messages/forms.toml"))
    for code, texts in words.items():
        assert set(texts) == set(LANGUAGES), code
        assert placeholders(texts["vi"]) == placeholders(texts["en"]), code
