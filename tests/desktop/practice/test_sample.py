"""What practice begins with is invented, says so, and passes every check."""

import stat
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop.practice.sample import sample_unit, write_sample_key, write_sample_workbook
from desktop.services.unit_cases import checked
from forms.excel.workbook import read_workbook
from forms.model import Part, Period
from signing.certificates import check_for_unit
from signing.key_file import key_file_certificate


def test_the_sample_unit_is_right_and_says_that_it_does_not_exist() -> None:
    assert checked(sample_unit()) == sample_unit()
    assert "không có thật" in sample_unit().name


def test_its_workbook_is_the_same_every_time(tmp_path: Path) -> None:
    period, unit = Period(2026, 11), sample_unit()
    one, two = (
        read_workbook(write_sample_workbook(path, people=7, period=period, unit=unit)).draft
        for path in (tmp_path / "mot.xlsx", tmp_path / "hai.xlsx")
    )
    assert len(one.rows(Part.LAO_DONG)) == 7
    assert one.sections == two.sections


def test_its_key_may_sign_for_it_and_opens_with_the_password_alone(tmp_path: Path) -> None:
    path = write_sample_key(tmp_path / "khoa.p12", password="mk-1", data=tmp_path / "du-lieu")
    certificate = key_file_certificate(path, "mk-1")
    check_for_unit(certificate, sample_unit().tax_code, datetime.now(UTC))
    assert certificate.tax_code == sample_unit().tax_code


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such file modes")
def test_its_key_is_for_its_user_alone(tmp_path: Path) -> None:
    path = write_sample_key(tmp_path / "khoa.p12", password="mk-1", data=tmp_path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
