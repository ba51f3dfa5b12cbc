"""The whole way, once, in practice mode: workbook → draft → forms → signatures → receipt.

Nothing is faked: the database, the signatures, the TLS connection and the receipt are the real
ones; only the unit, its people, its key and the gateway are invented and stay on this computer.
"""

import secrets
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import perf_counter

from desktop.compose import compose
from desktop.practice.sample import sample_unit, write_sample_key, write_sample_workbook
from desktop.services.api import Imported, Services
from desktop.services.folders import usable_folder
from desktop.services.moments import filing_day
from forms.findings import Finding, Severity, has_errors
from forms.model import Dossier, DossierState, Period
from resources.faults import Param
from resources.messages import text
from signing.model import Intact, SignatureReport

PEOPLE = 60
MOST_FINDINGS = 50
DATA, OUT = "du-lieu", "ho-so"
WORKBOOK, KEY_FILE = "danh-sach-mau.xlsx", "khoa-luyen-tap.p12"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoStep:
    """One step as it was said."""

    code: str
    text: str
    milliseconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoResult:
    """``exit_code`` 0: a verified receipt came; 1: the workbook has errors; 3: no receipt yet."""

    exit_code: int
    dossier: Dossier | None
    number: str | None
    files: tuple[Path, ...]
    findings: tuple[Finding, ...]
    steps: tuple[DemoStep, ...]
    folder: Path | None
    """None when nothing was left behind"""


@dataclass(slots=True, kw_only=True)
class Teller:
    """Says each step with the time it took."""

    say: Callable[[str], None]
    lang: str
    steps: list[DemoStep] = field(default_factory=list)
    started: float = field(default_factory=perf_counter)

    def step(self, code: str, /, **params: Param) -> None:
        """``{ms}`` in the words is the time since the last step."""
        took = round((perf_counter() - self.started) * 1000)
        words = text(code, self.lang, **params, ms=grouped(took))
        self.steps.append(DemoStep(code=code, text=words, milliseconds=took))
        self.say(words)
        self.started = perf_counter()

    def line(self, code: str, /, **params: Param) -> None:
        self.say(text(code, self.lang, **params))


def run_demo(
    *, workbook: Path | None, keep: Path | None, say: Callable[[str], None], lang: str
) -> DemoResult:
    """Files stay in ``keep``; without it invented ones stay in a new temporary folder, and
    nothing stays of a workbook that was given, for it may name real people.

    Raises whatever fault stops a step.
    """
    passing = keep is None and workbook is not None
    teller = Teller(say=say, lang=lang)
    with (
        _folder(keep, passing=passing) as folder,
        compose(data=folder / DATA, practice=True, lang=lang) as app,
    ):
        demo = Demo(services=app.services, folder=folder, teller=teller, keeps=not passing)
        result = demo.run(workbook)
    return replace(result, files=(), folder=None) if passing else result


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """The steps over one opened program."""

    services: Services
    folder: Path
    teller: Teller
    keeps: bool
    """whether the files stay when all is done"""

    def run(self, workbook: Path | None) -> DemoResult:
        self.add_unit()
        imported = self.bring(workbook or self.make_workbook())
        if imported.dossier is None or has_errors(imported.findings):
            return self.result(1, imported.dossier, imported.findings)
        built = self.build()
        if built is None:
            return self.result(1, imported.dossier, imported.findings)
        self.sign(built)
        files = self.export(built)
        self.verify(files)
        self.send(built)
        return self.finish(built, imported.findings)

    def add_unit(self) -> None:
        unit = sample_unit()
        if unit.code not in {known.code for known in self.services.units()}:
            self.services.add_unit(unit)
        self.teller.step("demo.unit", code=unit.code, name=unit.name)

    def make_workbook(self) -> Path:
        path = write_sample_workbook(
            self.folder / WORKBOOK, people=PEOPLE, period=self.period(), unit=sample_unit()
        )
        size = grouped(path.stat().st_size)
        self.teller.step("demo.workbook", people=PEOPLE, bytes=size, file=str(path))
        return path

    def period(self) -> Period:
        """This month in Viet Nam."""
        today = filing_day(self.services.now())
        return Period(today.year, today.month)

    def bring(self, workbook: Path) -> Imported:
        done = self.services.import_workbook(
            workbook, unit_code=sample_unit().code, period=self.period()
        )
        grave = [each for each in done.findings if each.severity is not Severity.INFO]
        for finding in grave[:MOST_FINDINGS]:
            self.say_finding(finding)
        counts = {kind: sum(each.severity is kind for each in done.findings) for kind in Severity}
        self.teller.step(
            "demo.imported",
            rows=done.rows,
            people=done.people,
            errors=counts[Severity.ERROR],
            warnings=counts[Severity.WARNING],
            infos=counts[Severity.INFO],
        )
        return done

    def say_finding(self, finding: Finding) -> None:
        place = f"{finding.sheet or ''}!{finding.column or ''}{finding.row or ''}".strip("!")
        words = text(finding.code, self.teller.lang, **finding.params)
        self.teller.line("demo.finding", finding=f"{place}: {words}" if place else words)

    def build(self) -> Dossier | None:
        built = self.services.build(unit_code=sample_unit().code, period=self.period())
        if not built.files:
            return None
        size = sum(len(file.form.content) for file in built.files)
        names = ", ".join(file.form.name for file in built.files)
        self.teller.step("demo.built", dossier=built.dossier.id, names=names, bytes=grouped(size))
        return built.dossier

    def sign(self, dossier: Dossier) -> None:
        password = secrets.token_urlsafe(12)
        key_file = write_sample_key(
            self.folder / KEY_FILE, password=password, data=self.folder / DATA
        )
        with self.services.open_key_file(key_file, password) as signer:
            self.services.sign(dossier.id, signer)
        signed = sum(file.signed is not None for file in self.services.files(dossier.id))
        self.teller.step("demo.signed", signatures=signed)

    def export(self, dossier: Dossier) -> Sequence[Path]:
        return self.services.export(dossier.id, self.folder / OUT / dossier.id)

    def verify(self, files: Sequence[Path]) -> None:
        xml = [file for file in files if file.suffix == ".xml"]
        reports = [each for file in self.services.verify(xml) for each in file.signatures]
        self.teller.step(
            "demo.verified",
            files=len(xml),
            signatures=len(reports),
            intact=sum(map(_right, reports)),
        )

    def send(self, dossier: Dossier) -> None:
        parcel = self.services.enqueue(dossier.id)
        self.teller.step("demo.enqueued", bytes=grouped(parcel.size), sha256=parcel.sha256)
        url = parcel.destination.url
        for settled in self.services.drain(dossier.id):
            words = text(settled.outcome, self.teller.lang)
            self.teller.step("demo.sent", url=url, words=words)

    def finish(self, built: Dossier, findings: Sequence[Finding]) -> DemoResult:
        dossier = self.services.dossier(built.id)
        if dossier.state is not DossierState.ACCEPTED:
            return self.result(3, dossier, findings)
        files = self.export(dossier)
        self.tell_files(files)
        self.teller.step("demo.accepted", number=dossier.number or "")
        return self.result(0, dossier, findings, files)

    def tell_files(self, files: Sequence[Path]) -> None:
        if not self.keeps:
            return
        for file in files:
            size = grouped(file.stat().st_size)
            self.teller.line("demo.file", file=str(file), bytes=size)
        self.teller.line("demo.left", folder=str(self.folder))

    def result(
        self,
        exit_code: int,
        dossier: Dossier | None,
        findings: Sequence[Finding],
        files: Sequence[Path] = (),
    ) -> DemoResult:
        if exit_code:
            self.tell_files(files)
            self.teller.line(f"demo.stopped_{exit_code}")
        return DemoResult(
            exit_code=exit_code,
            dossier=dossier,
            number=dossier.number if dossier else None,
            files=tuple(files),
            findings=tuple(findings),
            steps=tuple(self.teller.steps),
            folder=self.folder,
        )


def grouped(number: int) -> str:
    """``1234567`` → ``1.234.567``."""
    return f"{number:,}".replace(",", ".")


def _right(report: SignatureReport) -> bool:
    return report.intact is Intact.YES and report.strict


@contextmanager
def _folder(keep: Path | None, *, passing: bool) -> Iterator[Path]:
    if passing:
        with tempfile.TemporaryDirectory(prefix="tokhai-demo-") as name:
            yield Path(name)
    elif keep is None:
        yield Path(tempfile.mkdtemp(prefix="tokhai-demo-"))
    else:
        yield usable_folder(keep)
