"""Nothing personal in the log, whatever went wrong."""

import logging
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.logs import forget_secrets, log_crash, logging_into, redacted, register_secret
from resources.faults import UsageFault

PERSON = "Trần Thị Gió Mát"


@pytest.mark.parametrize(
    "number", ["001199000001", "0100000001", "0912 345 678", "9900000016-001", "123.456.789"]
)
def test_long_numbers_are_taken_out(number: str) -> None:
    assert redacted(f"row {number} bad") == "row ••• bad"


@pytest.mark.parametrize("text", ["port 44331", "12345678 B", "2026-11-22 10:00:00", "sha 0a1b"])
def test_what_names_nobody_stays(text: str) -> None:
    assert redacted(text) == text


def test_registered_secrets_are_taken_out() -> None:
    register_secret("mat-khau-1")
    register_secret("1")
    try:
        assert redacted("opened with mat-khau-1 in 1 s") == "opened with ••• in 1 s"
    finally:
        forget_secrets()


def test_the_log_is_discreet_about_messages_arguments_and_exceptions(tmp_path: Path) -> None:
    with logging_into(tmp_path) as path:
        try:
            raise ValueError(f"{PERSON} 001199000001")
        except ValueError:
            logging.getLogger("desktop.x").exception("row %s", "0100000001")
    written = path.read_text(encoding="utf-8")
    assert "row •••" in written
    assert "ValueError" in written
    assert PERSON not in written
    assert "001199000001" not in written


def test_logging_stops_with_the_program(tmp_path: Path) -> None:
    before = list(logging.getLogger().handlers)
    with logging_into(tmp_path):
        assert list(logging.getLogger().handlers) != before
    assert list(logging.getLogger().handlers) == before


def test_a_folder_that_cannot_be_written_does_not_stop_the_work(tmp_path: Path) -> None:
    (tmp_path / "logs").write_bytes(b"a file")
    with logging_into(tmp_path):
        logging.getLogger("desktop.x").warning("unheard")


def crash() -> Exception:
    try:
        try:
            raise KeyError(PERSON)
        except KeyError as error:
            raise UsageFault("dossier.unknown", dossier="ZZ0001Z-2026-11-600-1") from error
    except UsageFault as error:
        return error


def test_a_crash_leaves_its_trace_without_names(tmp_path: Path) -> None:
    path = log_crash(crash(), data=tmp_path, practice=False)
    written = path.read_text(encoding="utf-8")
    assert path.parent == tmp_path / "logs"
    assert "dossier.unknown (dossier=ZZ0001Z-2026-11-600-1)" in written
    assert "builtins.KeyError" in written
    assert "in crash" not in written
    assert PERSON not in written.replace("raise KeyError(PERSON)", "")


def test_a_crash_is_kept_even_when_the_data_folder_is_broken(tmp_path: Path) -> None:
    (tmp_path / "logs").write_bytes(b"a file")
    path = log_crash(crash(), data=tmp_path, practice=False)
    assert path.exists()
    path.unlink()


def test_the_places_of_a_sudden_end_are_kept_and_nothing_else(tmp_path: Path) -> None:
    code = (
        "import ctypes, sys; from pathlib import Path; from desktop.logs import sudden_ends_into\n"
        "with sudden_ends_into(Path(sys.argv[1])):\n"
        "    secret = '012345678901'; ctypes.string_at(0)\n"
    )
    ended = subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    told = (tmp_path / "logs" / "sudden-end.log").read_text(encoding="utf-8")
    assert ended.returncode != 0
    assert "string_at" in told
    assert "012345678901" not in told
