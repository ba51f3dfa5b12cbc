"""``tokhai demo`` and ``tokhai practice …``: nothing here can reach a real gateway."""

from pathlib import Path
from typing import Any

from desktop.cli import shapes
from desktop.cli.console import Outcome
from desktop.cli.context import Context
from desktop.demo import DemoResult, run_demo
from desktop.paths import data_folder
from desktop.practice.mode import GATEWAY_FOLDER
from desktop.practice.sample import sample_unit, write_sample_key, write_sample_workbook
from desktop.services.moments import filing_day
from forms.model import Period
from resources.faults import UsageFault

WORKBOOK, KEY_FILE, CA_FILE = "danh-sach-mau.xlsx", "khoa-luyen-tap.p12", "ca.pem"


def demo(context: Context) -> Outcome:
    """The whole way; every step is said while it happens."""
    options, console = context.options, context.console
    result = run_demo(
        workbook=options.workbook, keep=options.keep, say=console.say, lang=console.lang
    )
    return Outcome(demo_document(result, console.lang), (), result.exit_code)


def demo_document(result: DemoResult, lang: str) -> dict[str, Any]:
    dossier = result.dossier
    return {
        **(shapes.dossier(dossier, ()) if dossier else {"id": None, "number": None}),
        "files": [str(path) for path in result.files],
        "findings": shapes.findings(result.findings, lang),
        "steps": [
            {"code": step.code, "text": step.text, "milliseconds": step.milliseconds}
            for step in result.steps
        ],
        "folder": str(result.folder) if result.folder else None,
    }


def sample(context: Context) -> Outcome:
    """A workbook and a key to practise with; the unit itself is added to the practice data."""
    options, console = context.options, context.console
    if not 1 <= options.people <= 100_000:
        raise UsageFault("cli.practice.people")
    password = context.secret("cli.ask.new_password")
    if not password:
        raise UsageFault("cli.practice.password")
    unit, folder = sample_unit(), Path(options.out)
    folder.mkdir(parents=True, exist_ok=True)
    options.practice = True
    if unit.code not in {known.code for known in context.services.units()}:
        context.services.add_unit(unit)
    period = Period.of(filing_day(context.services.now()))
    written = [
        write_sample_workbook(folder / WORKBOOK, people=options.people, period=period, unit=unit),
        write_sample_key(folder / KEY_FILE, password=password, data=context.app.data),
    ]
    words = console.words(
        "cli.practice.sample",
        folder=str(folder),
        files=", ".join(path.name for path in written),
        code=unit.code,
    )
    document = {"unit": shapes.unit(unit), "written": [str(path) for path in written]}
    return Outcome({**document, "period": period.iso}, (words,))


def serve(context: Context) -> Outcome:
    """Runs until Ctrl+C; its authority's certificate is left beside its data."""
    from desktop.practice.gateway import PracticeGateway  # its web server is loaded here alone

    options, console = context.options, context.console
    folder = data_folder(practice=True, override=options.data) / GATEWAY_FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    gateway = PracticeGateway(folder, port=options.port)
    gateway.start()
    try:
        ca = folder / CA_FILE
        ca.write_text(gateway.ca_pem, encoding="ascii")
        console.announce(
            {"url": gateway.url, "ca": str(ca)},
            console.words("cli.practice.serving", url=gateway.url, ca=str(ca)),
        )
        console.wait_for_interrupt()
    finally:
        gateway.stop()
    return Outcome({}, (), 0, silent=True)
