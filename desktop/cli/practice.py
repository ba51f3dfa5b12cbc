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
from desktop.practice.switchboard import turn
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
    from desktop.practice.gateway.access import client_secret, known_secret
    from desktop.practice.gateway.faults import Faults
    from desktop.practice.gateway.script import load_script

    options, console = context.options, context.console
    folder = gateway_folder(context)
    folder.mkdir(parents=True, exist_ok=True)
    faults = Faults()
    for fault in options.fault:
        faults.plan_text(fault)
    clients = {client: known_secret(folder, client) for client in options.client}
    gateway = PracticeGateway(
        folder,
        port=options.port,
        faults=faults,
        clients=clients,
        script=load_script(options.officer),
    )
    gateway.start()
    try:
        ca = folder / CA_FILE
        ca.write_text(gateway.ca_pem, encoding="ascii")
        told = {client: str(client_secret(folder, client)) for client in clients}
        lines = [console.words("cli.practice.serving", url=gateway.url, ca=str(ca))]
        lines += [console.words("cli.practice.client", client=c, file=f) for c, f in told.items()]
        document = {"url": gateway.url, "ca": str(ca), "clients": told}
        console.announce(document, "\n".join(lines))
        console.wait_for_interrupt()
    finally:
        gateway.stop()
    return Outcome({}, (), 0, silent=True)


def gateway_folder(context: Context) -> Path:
    return data_folder(practice=True, override=context.options.data) / GATEWAY_FOLDER


def month(context: Context) -> Outcome:
    """Of one unit, or of every one that filed at the practice gateway."""
    options = context.options
    asked = {"period": options.period.iso, "unit_code": options.unit}
    count = turn(gateway_folder(context), "month", asked).count
    words = context.console.words("cli.practice.month", count=count, month=options.period.wire)
    return Outcome({"count": count, "period": options.period.iso}, (words,))


def step(context: Context) -> Outcome:
    count = turn(gateway_folder(context), "step", {}).count
    return Outcome({"count": count}, (context.console.words("cli.practice.step", count=count),))


def fault(context: Context) -> Outcome:
    """At the gateway that runs over this data folder."""
    options = context.options
    asked = {"faults": options.faults, "clear": options.clear}
    turned = turn(gateway_folder(context), "faults", asked)
    words = context.console.words("cli.practice.fault", url=turned.url, count=turned.count)
    return Outcome({"url": turned.url, "count": turned.count}, (words,))
