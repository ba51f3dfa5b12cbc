"""Looking at signed files, ours or another program's."""

from pathlib import Path

import pytest

from tests.fakes.desk import Desk


def test_a_bad_file_does_not_hide_the_others(desk: Desk, tmp_path: Path) -> None:
    signed, unsigned = tmp_path / "ky.xml", tmp_path / "chua-ky.xml"
    signed.write_bytes(b"<a/>|signed by 9900000016")
    unsigned.write_bytes(b"<a/>")
    checked = desk.services.verify([tmp_path / "khong-co.xml", signed, unsigned, tmp_path])
    assert [file.file.name for file in checked][:3] == ["khong-co.xml", "ky.xml", "chua-ky.xml"]
    assert [file.fault for file in checked] == [
        "files.missing",
        None,
        "verify.not_signed",
        "files.missing",
    ]


def test_a_huge_file_is_not_read_whole(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.services.verifying.MOST_BYTES", 10)
    (tmp_path / "lon.xml").write_bytes(b"x" * 11)
    (checked,) = desk.services.verify([tmp_path / "lon.xml"])
    assert checked.fault == "files.too_large"
