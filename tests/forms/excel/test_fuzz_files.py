"""Whatever becomes of a file's bytes: it is read, or a fault says why not; nothing else."""

import io
import math
import tempfile
import zipfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.excel.sources.ole import CompoundFile, pack
from forms.excel.workbook import read_workbook
from resources.faults import Fault
from resources.messages import catalogue
from tests.fakes.binary_workbooks import BinSheet, bin_package
from tests.fakes.workbooks import DATA_SHEET, header_cells, person_cells

SAMPLES = Path(__file__).parents[2] / "data" / "workbooks"
HANGS = 60_000
"""ms after which reading is taken to hang; no measure of how fast it is"""
ENDINGS = (".xlsx", ".xls", ".xlsb", ".ods")
_places = st.floats(0, 1, exclude_max=True)
_changes = st.lists(st.tuples(_places, st.binary(min_size=0, max_size=6)), min_size=1, max_size=5)


@cache
def _sample(ending: str) -> bytes:
    if ending != ".xlsb":
        return (SAMPLES / f"invented{ending}").read_bytes()
    rows = {3: header_cells(), 4: person_cells(), 5: person_cells(stt="#REF!")}
    with tempfile.TemporaryDirectory() as folder:
        path = bin_package({DATA_SHEET: BinSheet(rows=rows)}).write(Path(folder) / "a")
        return path.read_bytes()


def _changed(content: bytes, changes: list[tuple[float, bytes]]) -> bytes:
    """Some bytes put in the place of as many; an empty change cuts a few out."""
    for at, new in changes:
        place = math.floor(at * len(content))
        content = content[:place] + new + content[place + (len(new) or 3) :]
    return content


def _holds(content: bytes, ending: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{ending}"
        path.write_bytes(content)
        assert _codes(path) <= set(catalogue())


def _codes(path: Path) -> set[str]:
    try:
        return {found.code for found in read_workbook(path).findings}
    except Fault as fault:
        return {fault.code}


@pytest.mark.parametrize("ending", ENDINGS)
@settings(max_examples=80, deadline=HANGS)
@given(changes=_changes)
def test_changed_bytes_of_a_file(ending: str, changes: list[tuple[float, bytes]]) -> None:
    _holds(_changed(_sample(ending), changes), ending)


@pytest.mark.parametrize("ending", ENDINGS)
@settings(max_examples=25, deadline=HANGS)
@given(length=_places)
def test_a_file_cut_anywhere(ending: str, length: float) -> None:
    content = _sample(ending)
    _holds(content[: math.floor(length * len(content))], ending)


@settings(max_examples=150, deadline=HANGS)
@given(changes=_changes)
def test_changed_bytes_inside_an_old_workbook(changes: list[tuple[float, bytes]]) -> None:
    stream = CompoundFile(_sample(".xls")).stream("Workbook")
    _holds(pack("Workbook", _changed(stream, changes)), ".xls")


@pytest.mark.parametrize("ending", [".xlsx", ".xlsb", ".ods"])
@settings(max_examples=100, deadline=HANGS)
@given(which=_places, changes=_changes)
def test_changed_bytes_inside_a_part(
    ending: str, which: float, changes: list[tuple[float, bytes]]
) -> None:
    """The zip itself stays whole, so that the damage reaches the readers."""
    with zipfile.ZipFile(io.BytesIO(_sample(ending))) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    weighty = [name for name in parts if "heme" not in name and not name.startswith("docProps")]
    name = weighty[math.floor(which * len(weighty))]
    parts[name] = _changed(parts[name], changes)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as book:
        for part, content in parts.items():
            book.writestr(part, content)
    _holds(packed.getvalue(), ending)


@settings(max_examples=60, deadline=HANGS)
@given(
    head=st.sampled_from([b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b""]),
    rest=st.binary(),
)
def test_any_bytes_at_all(head: bytes, rest: bytes) -> None:
    _holds(head + rest, ".xlsx")
