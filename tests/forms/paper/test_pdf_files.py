"""The file: PDF/A-2b, fonts inside, text that can be selected, every Vietnamese letter."""

import logging
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from unicodedata import normalize

import pytest

from forms.paper.files import PrintedForm, print_forms
from tests.fakes.printed import FILED, PERIOD, PERSON, UNIT, draft, people, squeezed

_MADE = datetime(2026, 11, 5, 8, 30, tzinfo=UTC)
_VOWELS = "aăâeêioôơuưy"
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_LETTERS = [normalize("NFC", vowel + tone) for vowel in _VOWELS for tone in _TONES] + ["đ"]
_NAME = " ".join("".join(_LETTERS[n : n + 6]) for n in range(0, len(_LETTERS), 6))


def _print(*staff: dict[str, str], only: str = "") -> tuple[PrintedForm, ...]:
    return print_forms(
        draft(staff),
        UNIT,
        PERIOD,
        procedure="600",
        filing_date=FILED,
        made=_MADE,
        only=only,
    )


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("printed")
    staff = people(20)
    staff[0] |= {"ho_ten": _NAME, "ghi_chu": _NAME.upper(), "kem_tk1": "1"}
    staff[1] |= {"ho_ten": normalize("NFD", "Nguyễn Ỷ Ữ"), "ghi_chu": "名前"}
    for form in _print(*staff):
        (folder / form.name).write_bytes(form.content)
    return folder


def _read(file: Path, *options: str) -> str:
    done = subprocess.run(
        ["pdftotext", *options, file, "-"], capture_output=True, check=True, timeout=30
    )
    return done.stdout.decode("utf-8")


def test_every_vietnamese_letter_survives_and_can_be_selected(written: Path) -> None:
    said = squeezed(_read(written / "D02-LT.pdf", "-raw"))
    assert squeezed(_NAME) in said
    assert squeezed(_NAME.upper()) in said
    assert squeezed("Nguyễn Ỷ Ữ") in said


def test_a_letter_that_no_font_has_is_marked_and_breaks_nothing(written: Path) -> None:
    assert "\ufffd\ufffd" in _read(written / "D02-LT.pdf", "-raw")


def test_the_second_page_repeats_the_headings(written: Path) -> None:
    second = squeezed(_read(written / "D02-LT.pdf", "-raw", "-f", "2", "-l", "2"))
    for heading in ("Mã số BHXH", "Loại HĐLĐ", "Hình thức nhận kết quả", "Trang 2/3"):
        assert squeezed(heading) in second


def test_the_file_says_that_it_is_pdf_a_and_carries_its_fonts(written: Path) -> None:
    for file in written.iterdir():
        content = file.read_bytes()
        assert b"<pdfaid:part>2</pdfaid:part>" in content
        assert b"<pdfaid:conformance>B</pdfaid:conformance>" in content
        assert b"/OutputIntents" in content
        assert b"/FontFile2" in content
        assert b"/ToUnicode" in content


def test_the_log_tells_nothing_of_what_is_printed(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        _print(PERSON)
    assert caplog.records == []


def test_the_file_says_when_it_was_made(written: Path) -> None:
    assert b"2026-11-05T08:30:00" in (written / "TK1-TS.pdf").read_bytes()


def test_one_form_can_be_asked_for_by_any_of_its_names() -> None:
    staff = {**PERSON, "kem_tk1": "1"}
    assert [form.name for form in _print(staff)] == ["D02-LT.pdf", "TK1-TS.pdf"]
    for name in ("D02-LT", "d02-ts"):
        assert [form.name for form in _print(staff, only=name)] == ["D02-LT.pdf"]
    assert _print(staff, only="TK3-TS") == ()


def test_pages_are_told_as_they_are_written_and_the_work_can_be_stopped() -> None:
    told: list[tuple[int, int]] = []

    def report(done: int, pages: int) -> None:
        told.append((done, pages))
        if done == 1:
            raise InterruptedError

    staff = {**PERSON, "kem_tk1": "1"}
    with pytest.raises(InterruptedError):
        print_forms(
            draft([staff]),
            UNIT,
            PERIOD,
            procedure="600",
            filing_date=FILED,
            made=_MADE,
            progress=report,
        )
    assert told == [(0, 2), (1, 2)]
