"""Speed as ratios against a yardstick measured in the same run: ``python3 dev.py bench [NAME]…``.

Seconds differ from machine to machine; a ratio against the same file read by the bare library,
or the same bytes hashed, holds. Nothing here is asserted: a person reads the table.
"""

import hashlib
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from time import perf_counter

from lxml import etree
from python_calamine import CalamineWorkbook

from desktop.practice.roster import make_roster, write_roster
from desktop.practice.sample import sample_unit
from desktop.store.opening import open_store
from forms.checks import check
from forms.excel.workbook import read_workbook
from forms.model import Draft, Part, Period
from forms.render import render_forms
from signing.verify import verify_document
from signing.xmldsig import sign_document
from tests.fakes.certificates import unit_identity

PERIOD = Period(2026, 11)
FILED = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, tzinfo=UTC)
SHEET = "Dữ Liệu"
SMALL, LARGE = 1_000, 10_000


@dataclass(frozen=True, slots=True)
class Measure:
    """A job against its yardstick, both in seconds."""

    name: str
    yardstick: str
    job: float
    bare: float

    def line(self) -> str:
        ratio = self.job / self.bare if self.bare else float("inf")
        return (
            f"{self.name:52} {self.job:7.2f} s  {ratio:6.2f} × {self.yardstick} ({self.bare:.2f} s)"
        )


def seconds(job: Callable[[], object], rounds: int = 3) -> float:
    """The best of some rounds."""
    best = float("inf")
    for _ in range(rounds):
        start = perf_counter()
        job()
        best = min(best, perf_counter() - start)
    return best


@cache
def folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="tokhai-bench-"))


@cache
def workbook(people: int) -> Path:
    path = folder() / f"{people}.xlsx"
    write_roster(path, make_roster(people, seed=people, period=PERIOD))
    return path


@cache
def draft(people: int) -> Draft:
    return read_workbook(workbook(people)).draft


def bare_read(people: int) -> int:
    """What the reading library needs alone for the same sheet."""
    book = CalamineWorkbook.from_path(str(workbook(people)))
    return sum(1 for _ in book.get_sheet_by_name(SHEET).iter_rows())


def import_check_save(people: int) -> None:
    result = read_workbook(workbook(people))
    findings = check(result.draft, unit=sample_unit(), period=PERIOD, filing_date=FILED)
    with tempfile.TemporaryDirectory() as name:
        store = open_store(Path(name), mode="practice", now=NOW)
        with store.begin() as work:
            unit = sample_unit()
            work.units.add(unit)
            work.dossiers.create(unit.code, PERIOD, "600", result.draft, findings, NOW)
            work.roster.merge(unit.code, result.draft, PERIOD, now=NOW)
            work.commit()


def measure_import() -> list[Measure]:
    found = []
    for people in (SMALL, LARGE):
        bare = seconds(lambda people=people: bare_read(people))  # type: ignore[misc]  # bound now
        job = seconds(lambda people=people: import_check_save(people), rounds=2)  # type: ignore[misc]  # bound now
        found.append(Measure(f"import + check + save, {people:,} people", "bare read", job, bare))
    return found


def forms(people: int) -> dict[str, bytes]:
    rendered = render_forms(
        draft(people), sample_unit(), PERIOD, procedure="600", filing_date=FILED
    )
    return {form.name: form.content for form in rendered}


def measure_render() -> list[Measure]:
    rows = len(draft(LARGE).rows(Part.LAO_DONG))
    content = next(iter(forms(LARGE).values()))
    bare = seconds(lambda: etree.tostring(etree.fromstring(content), method="c14n"))
    job = seconds(lambda: forms(LARGE))
    return [Measure(f"write the forms, {rows:,} rows", "parse + C14N of D02", job, bare)]


def measure_sign() -> list[Measure]:
    signer = unit_identity().signer
    content = forms(LARGE)["D02-TS-595.xml"]

    def yardstick() -> None:
        canonical = etree.tostring(etree.fromstring(content), method="c14n")
        signer.sign(hashlib.sha256(canonical).digest())

    bare = seconds(yardstick)
    job = seconds(lambda: sign_document(content, "D02-TS/Cky", signer, signing_time=NOW))
    signed = sign_document(content, "D02-TS/Cky", signer, signing_time=NOW)
    check_it = seconds(lambda: verify_document(signed))
    size = f"{len(content) / 1e6:.1f} MB"
    return [
        Measure(f"sign D02 of {size}", "C14N + hash + raw signature", job, bare),
        Measure(f"verify D02 of {size}", "C14N + hash + raw signature", check_it, bare),
    ]


BENCHES: dict[str, Callable[[], list[Measure]]] = {
    "import": measure_import,
    "render": measure_render,
    "sign": measure_sign,
}


def main(names: list[str]) -> int:
    unknown = set(names) - set(BENCHES)
    if unknown:
        sys.stderr.write(f"bench: {', '.join(sorted(BENCHES))}\n")
        return 2
    for name in names or BENCHES:
        for measure in BENCHES[name]():
            sys.stdout.write(measure.line() + "\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
