"""What the project promises of itself: words for every code, small modules, plain characters."""

import ast
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from resources.messages import LANGUAGES, catalogue, placeholders

ROOT = Path(__file__).parents[2]
ROOMS = ("desktop", "forms", "resources", "signing", "sync")
MODULES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
MOST_LINES = 400
MOST_FUNCTION_LINES = 40
FAULTS = {
    "Fault",
    "DataFault",
    "UsageFault",
    "SurroundingsFault",
    "TokenFault",
    "PinFault",
    "CertificateFault",
    "DeviceFault",
    "SigningBug",
    "Transient",
    "Permanent",
}


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def called_name(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def codes_in(tree: ast.Module) -> Iterator[str]:
    """Codes written out where a fault is raised or a finding is made."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = called_name(node)
        candidates = node.args[:1] if name in FAULTS else []
        if name == "Finding":
            candidates = [word.value for word in node.keywords if word.arg == "code"]
        for value in candidates:
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                yield value.value


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_every_code_that_is_raised_or_found_has_words(path: Path) -> None:
    assert [code for code in codes_in(parsed(path)) if code not in catalogue()] == []


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_every_message_speaks_both_languages_with_the_same_placeholders(code: str) -> None:
    texts = catalogue()[code]
    assert set(texts) >= set(LANGUAGES)
    assert all(texts[lang].strip() for lang in LANGUAGES)
    assert len({placeholders(texts[lang]) for lang in LANGUAGES}) == 1


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_vietnamese_words_are_composed_unicode(code: str) -> None:
    assert unicodedata.is_normalized("NFC", catalogue()[code]["vi"])


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_is_small_and_says_what_it_is(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= MOST_LINES
    assert not lines or ast.get_docstring(parsed(path)), "no docstring"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_functions_are_small(path: Path) -> None:
    large = [
        f"{node.name}: {node.end_lineno - node.lineno + 1}"
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno >= MOST_FUNCTION_LINES
    ]
    assert large == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_invisible_characters_in_code(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [hex(ord(sign)) for sign in text if unicodedata.category(sign) in {"Cf", "Co"}] == []
