"""Every code and every quirk that this room can name has its words in both languages."""

import re
from pathlib import Path

import pytest

import signing.errors
from resources.messages import LANGUAGES, catalogue, placeholders
from signing.structure import CHANGED, DOUBTFUL, HARMLESS, UNSAFE

ROOM = Path(signing.errors.__file__).parent
SOURCES = {path: path.read_text(encoding="utf-8") for path in ROOM.rglob("*.py")}
CODE = re.compile(r'"((?:pin|token|certificate|key_file|sign|verify)\.[a-z_]+)"')
RAISED = {code for text in SOURCES.values() for code in CODE.findall(text)}
LISTED = set(re.findall(r"``([a-z_]+\.[a-z_]+)``", signing.errors.__doc__ or ""))
QUIRK = re.compile(r'(?:yield|append\(|return \(_unjudged\(name,|\[) ?"([a-z]+(?:-[a-z]+)+)"')
QUIRKS = {quirk for text in SOURCES.values() for quirk in QUIRK.findall(text)}


@pytest.mark.parametrize("code", sorted(RAISED | LISTED))
def test_a_code_has_words(code: str) -> None:
    words = catalogue()[code]
    assert set(words) == set(LANGUAGES)
    assert placeholders(words["vi"]) == placeholders(words["en"])


def test_every_code_raised_is_listed_where_errors_are_described() -> None:
    assert RAISED - {"token.agent"} <= LISTED


@pytest.mark.parametrize("quirk", sorted(QUIRKS | CHANGED | DOUBTFUL | HARMLESS | UNSAFE))
def test_a_quirk_has_words(quirk: str) -> None:
    name = quirk if f"quirk.{quirk}" in catalogue() else None
    weak = f"weak.{quirk}" in catalogue()
    assert name or weak


def test_the_search_for_quirks_finds_them() -> None:
    assert {"object-no-namespace", "key-mismatch", "time-without-zone", "short-key"} <= QUIRKS


def test_a_wrong_pin_says_what_to_do() -> None:
    assert "Unikey" in catalogue()["pin.wrong"]["vi"]
    assert "Caps Lock" in catalogue()["pin.wrong"]["vi"]


def test_a_locked_token_sends_to_the_provider() -> None:
    assert "nhà cung cấp chữ ký số" in catalogue()["pin.locked"]["vi"]
