"""What practice needs to begin with: a unit, its workbook and its key. All of it invented."""

import tomllib
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from desktop.practice.ca import make_unit_key
from desktop.practice.mode import GATEWAY_FOLDER
from desktop.practice.roster import make_roster, write_roster
from forms.model import Period, Unit
from resources import read_text

SEED = 600
"""the same people every time, so that a trial can be told to somebody"""


@cache
def sample_unit() -> Unit:
    """The unit of practice mode; its name says that it does not exist."""
    return Unit(**tomllib.loads(read_text("practice/sample_unit.toml")))


def write_sample_workbook(path: Path, *, people: int, period: Period, unit: Unit) -> Path:
    """A clean workbook with so many invented people, in the layout of the import.

    Raises SurroundingsFault ``workbook.cannot_write``.
    """
    roster = make_roster(people, seed=SEED, period=period, region=unit.region)
    write_roster(path, roster)
    return path


def write_sample_key(path: Path, *, password: str, data: Path) -> Path:
    """The sample unit's key as a PKCS#12 file, by the practice authority of the data folder."""
    unit = sample_unit()
    made = make_unit_key(
        data / GATEWAY_FOLDER,
        unit_name=unit.name,
        tax_code=unit.tax_code,
        password=password,
        now=datetime.now(UTC),
        file_name=f".{path.name}.new",
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    return made.replace(path)
