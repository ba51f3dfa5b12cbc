"""Form data that contradicts itself never becomes a form."""

import pytest

from forms.definition_loader import load_definition
from forms.model import Draft, Part, Row, Section
from forms.strict_toml import DefinitionFault
from forms.wire import Group, Wire, load_wire

HEAD = """
code = "T"
title_vi = "t"
title_en = "t"
source = "thử"
confidence = "C"
"""
ROWS = """
[rows]
part = "lao_dong"
when = { field = "kem", in = ["1"] }
"""


def field(key: str = "kem", extra: str = "", *, kind: str = "text", part: str = "lao_dong") -> str:
    return f"""
[[field]]
key = "{key}"
part = "{part}"
label_vi = "Nhãn"
label_en = "Label"
type = "{kind}"
{extra}
"""


GOOD = HEAD + ROWS + field()
WIRE = """
family = "595"
file = "T-595.xml"
root = "T"
sign_node = "Cky"
source = "thử"
confidence = "C"
[children]
T = [{ element = "Dong", each = "lao_dong" }, { element = "Cky", empty = true }]
Dong = [{ element = "Kem", key = "kem" }]
"""


def form_fault(text: str) -> str:
    with pytest.raises(DefinitionFault) as fault:
        load_definition(text, file="form.toml")
    assert fault.value.exit_code == 4
    return fault.value.code


def wire_fault(text: str) -> str:
    with pytest.raises(DefinitionFault) as fault:
        load_wire(text, file="wire.toml", definition=load_definition(GOOD, file="form.toml"))
    return fault.value.code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (GOOD + 'la = "x"', "definition.unknown_key"),
        ('la = "x"\n' + GOOD, "definition.unknown_key"),
        (GOOD + field(), "definition.duplicate"),
        (HEAD + ROWS + field(kind="varchar"), "definition.unknown_type"),
        (HEAD + ROWS + field(part="sheet1"), "definition.unknown_value"),
        (HEAD + ROWS + field("khac"), "definition.not_a_form_key"),
        (HEAD + ROWS + field(kind="code"), "definition.missing"),
        (HEAD + ROWS + field(extra='code_list = "tinh"'), "definition.missing"),
        (HEAD + ROWS + field(extra='max = "10"'), "definition.type"),
        (
            HEAD + ROWS + field(extra='required_when = { field = "kem", in = [1] }'),
            "definition.type",
        ),
        (HEAD + ROWS + 'field = ["kem"]', "definition.unknown_key"),
        ('field = ["kem"]' + HEAD + ROWS, "definition.type"),
        (HEAD + ROWS + field(extra='required_when = { field = "kem" }'), "definition.missing"),
        (
            HEAD + ROWS + field(extra='required_when = { field = "xa", filled = true }'),
            "definition.not_a_form_key",
        ),
        (GOOD.replace('source = "thử"', ""), "definition.no_source"),
        (GOOD.replace('source = "thử"', 'source = " "'), "definition.no_source"),
        (GOOD.replace('confidence = "C"', 'confidence = "A"'), "definition.unknown_value"),
        (GOOD.replace('title_en = "t"', ""), "definition.missing"),
    ],
)
def test_a_slip_in_the_form_model_is_refused(text: str, code: str) -> None:
    assert form_fault(text) == code


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('key = "kem"', 'key = "khac"', "definition.not_a_form_key"),
        ('key = "kem"', 'computed = "completeness", of = "xa"', "definition.not_a_form_key"),
        ('key = "kem"', 'computed = "guess"', "definition.unknown_value"),
        ('key = "kem"', 'key = "kem", const = "1"', "definition.one_origin"),
        ('{ element = "Kem", key = "kem" }', '{ element = "Kem" }', "definition.one_origin"),
        ('key = "kem"', 'key = "kem", la = 1', "definition.unknown_key"),
        ('key = "kem"', 'key = "kem", switch = "x"', "definition.unknown_value"),
        ('"Kem"', '"Kem x"', "definition.unknown_value"),
        (
            'key = "kem" }]',
            'key = "kem" }, { element = "Kem", key = "kem" }]',
            "definition.duplicate",
        ),
        (
            "Dong = [",
            'Thua = [{ element = "A", empty = true }]\nDong = [',
            "definition.unknown_key",
        ),
        ('source = "thử"', "", "definition.no_source"),
        ('sign_node = "Cky"', "", "definition.missing"),
        ('root = "T"', 'root = "U"', "definition.missing"),
    ],
)
def test_a_slip_in_the_wire_mapping_is_refused(old: str, new: str, code: str) -> None:
    changed = WIRE.replace(old, new, 1)
    assert changed != WIRE
    assert wire_fault(changed) == code


def test_a_field_is_required_everywhere_or_nowhere() -> None:
    text = HEAD + ROWS + field(extra="required = true") + field("xa")
    form = load_definition(text, file="form.toml")
    assert [wanted.is_required(Row(4, {})) for wanted in form.fields] == [True, False]


def test_a_field_may_be_required_only_in_some_rows() -> None:
    text = HEAD + ROWS + field() + field("xa", 'required_when = { field = "kem", in = ["", "2"] }')
    form = load_definition(text, file="form.toml")
    wanted = form.field("xa", "lao_dong")
    assert wanted is not None
    assert wanted.is_required(Row(4, {}))
    assert wanted.is_required(Row(4, {"kem": "2"}))
    assert not wanted.is_required(Row(4, {"kem": "1"}))


def test_only_the_rows_a_form_is_made_of_stand_in_it() -> None:
    rows = (Row(4, {"kem": "1"}), Row(5, {}), Row(6, {"kem": "1"}))
    draft = Draft("l", "f.xlsx", (Section(Part.LAO_DONG, "s", {}, rows),))
    assert [row.line for row in load_definition(GOOD, file="f").rows_of(draft)] == [4, 6]


LINE = '[[line]]\ncode = "A.1"\nlabel_vi = "Phải đóng"\nlabel_en = "Due"\nunit = "dong"\n'


def spread(first: str, second: str) -> str:
    return field().replace('part = "lao_dong"', f'parts = ["{first}", "{second}"]')


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (HEAD + 'kind = "letter"\n' + ROWS + field(), "definition.unknown_value"),
        (HEAD + 'valid_to = "hôm qua"\n' + ROWS + field(), "definition.type"),
        (
            HEAD + ROWS + field(extra='made = { by = "guess", of = ["a"] }'),
            "definition.unknown_value",
        ),
        (HEAD + ROWS + field(extra='made = { by = "sum" }'), "definition.missing"),
        (HEAD + ROWS + field(extra='made = { by = "words", of = ["a"] }'), "definition.missing"),
        (HEAD + ROWS + field(extra='made = { by = "choice", of = ["a"] }'), "definition.missing"),
        (HEAD + ROWS + field(extra='confidence = "X"'), "definition.unknown_value"),
        (HEAD + ROWS + field(extra='parts = ["lao_dong"]'), "definition.unknown_key"),
        (HEAD + ROWS + spread("lao_dong", "xa"), "definition.unknown_value"),
        (HEAD + ROWS + spread("lao_dong", "lao_dong"), "definition.duplicate"),
        (HEAD + LINE + LINE + ROWS + field(), "definition.duplicate"),
        (HEAD + LINE.replace("dong", "kg") + ROWS + field(), "definition.unknown_value"),
    ],
)
def test_a_slip_in_what_is_printed_is_refused(text: str, code: str) -> None:
    assert form_fault(text) == code


def test_a_field_takes_list_source_and_grade_from_its_form_unless_it_says_otherwise() -> None:
    text = """
list = [{ name = "dong", label_vi = "Dòng", label_en = "Lines" }]
rows = { part = "dong" }
field = [
    { key = "a", label_vi = "A", label_en = "A", type = "text", number = "1" },
    { key = "b", part = "ho_so", label_vi = "B", label_en = "B", type = "text", OWN },
]
""".replace("OWN", 'source = "khác", confidence = "U"')
    form = load_definition(HEAD + text, file="form.toml")
    first, second = form.fields
    assert (first.part, first.source, first.confidence, first.number) == ("dong", "thử", "C", "1")
    assert (second.part, second.source, second.confidence) == ("ho_so", "khác", "U")
    assert first.is_printed
    assert not second.is_printed
    assert form.rows_of(Draft("l", "f.xlsx", ())) == ()


def wired(text: str) -> Wire:
    return load_wire(text, file="wire.toml", definition=load_definition(GOOD, file="form.toml"))


def test_an_unproven_layout_must_say_why_in_both_languages() -> None:
    said = WIRE.replace("[children]", 'unproven = true\nunproven_vi = "chưa thấy"\n[children]')
    assert wire_fault(said) == "definition.missing"
    whole = said.replace("[children]", 'unproven_en = "never seen"\n[children]')
    doubt = wired(whole).unproven
    assert doubt is not None
    assert (doubt.reason_vi, doubt.reason_en) == ("chưa thấy", "never seen")
    assert wired(WIRE).unproven is None


def test_one_element_may_hold_other_things_in_two_places() -> None:
    text = WIRE.replace(
        'T = [{ element = "Dong", each = "lao_dong" }, { element = "Cky", empty = true }]',
        'T = [{ element = "A" }, { element = "B" }, { element = "Cky", empty = true }]\n'
        'A = [{ element = "X", children = "XA" }]\nB = [{ element = "X", children = "XB" }]\n'
        'XA = [{ element = "D", children = "Dong", each = "lao_dong" }]\n'
        'XB = [{ element = "N", const = "1" }, '
        '{ element = "D", children = "Dong", each = "lao_dong" }]',
    )
    one, two, _ = wired(text).root.children
    assert isinstance(one, Group)
    assert isinstance(two, Group)
    assert [
        [c.element for c in x.children]
        for x in (one.children[0], two.children[0])
        if isinstance(x, Group)
    ] == [["D"], ["N", "D"]]


def test_an_element_inside_itself_is_refused() -> None:
    assert wire_fault(WIRE.replace('key = "kem" }]', 'key = "kem" }, { element = "Dong" }]')) == (
        "definition.duplicate"
    )


def test_what_is_switched_off_may_name_fields_of_another_version() -> None:
    extra = 'key = "kem" }, { element = "Sau", key = "sau_nay", switch = "moi" }]'
    off = WIRE.replace("[children]", "[switches]\nmoi = false\n[children]")
    root = wired(off.replace('key = "kem" }]', extra)).root
    assert isinstance(root.children[0], Group)
    assert [leaf.element for leaf in root.children[0].children] == ["Kem"]
    on = off.replace("moi = false", "moi = true").replace('key = "kem" }]', extra)
    assert wire_fault(on) == "definition.not_a_form_key"
