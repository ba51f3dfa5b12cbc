"""``tokhai send``, ``outbox``, ``status``, ``export`` and ``receipt``."""

import ssl
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from desktop.cli import shapes
from desktop.cli.console import Outcome
from desktop.cli.context import Context
from desktop.cli.reading import dossier_document, dossier_line
from forms.model import DossierState
from forms.states import FILED
from resources.faults import UsageFault
from sync.model import Destination, ParcelState, Settlement

EXIT_CODES = {
    ParcelState.ACCEPTED: 0,
    ParcelState.REFUSED: 1,
    ParcelState.FAILED: 1,
    ParcelState.WAITING: 3,
    ParcelState.SENDING: 3,
    ParcelState.SENT: 3,
}
UNSETTLED = {ParcelState.WAITING, ParcelState.SENDING, ParcelState.SENT}
DOSSIER_EXIT_CODES = {
    **dict.fromkeys(FILED, 0),
    DossierState.SUPPLEMENT: 1,
    DossierState.REJECTED: 1,
    DossierState.SEND_FAILED: 1,
}


def send(context: Context) -> Outcome:
    destination = chosen_destination(context)
    dossier_id = context.options.dossier
    if dossier_id is None:
        return send_all(context)
    context.services.enqueue(dossier_id, destination)
    settled = context.services.drain(dossier_id, context.console.progress())
    dossier = context.services.dossier(dossier_id)
    told = settled_lines(context, settled)
    if not settled and dossier.state is DossierState.SENDING:
        told = [context.console.words("cli.send.elsewhere")]
    lines = [*told, dossier_line(context, dossier)]
    document = {
        **dossier_document(context, dossier),
        "attempts": settled_documents(context, settled),
    }
    return Outcome(document, lines, DOSSIER_EXIT_CODES.get(dossier.state, 3))


def send_all(context: Context) -> Outcome:
    settled = drain_all(context)
    lines = settled_lines(context, settled) or [context.console.words("cli.outbox.empty")]
    worst = max((EXIT_CODES[each.state] for each in settled), default=0)
    return Outcome({"attempts": settled_documents(context, settled)}, lines, worst)


def drain_all(context: Context) -> list[Settlement]:
    """Every due parcel, then those that would wait for a later round: who asks does not wait."""
    services, progress = context.services, context.console.progress()
    settled = list(services.drain(None, progress))
    tried = {each.parcel_id for each in settled}
    for parcel in services.parcels():
        if parcel.state in UNSETTLED and parcel.id not in tried:
            settled += services.drain(parcel.dossier_id, progress)
    return settled


def chosen_destination(context: Context) -> Destination | None:
    url, ca_file = context.options.gateway, context.options.ca
    if url is None:
        if ca_file is not None:
            raise UsageFault("cli.ca_needs_gateway")
        return None
    return Destination(url=url.rstrip("/"), ca_pem=read_ca(ca_file) if ca_file else "")


def read_ca(path: Path) -> str:
    """Raises UsageFault ``cli.ca_unreadable``, before anything is enqueued for its sake."""
    try:
        pem = path.read_text(encoding="ascii")
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cadata=pem)
    except (OSError, ValueError) as error:  # SSLError is an OSError, UnicodeError a ValueError
        raise UsageFault("cli.ca_unreadable", file=path.name) from error
    return pem


def settled_lines(context: Context, settled: Sequence[Settlement]) -> list[str]:
    return [context.console.words(each.outcome) for each in settled]


def settled_documents(context: Context, settled: Sequence[Settlement]) -> list[shapes.Json]:
    return [
        {
            "parcel": each.parcel_id,
            "state": each.state.value,
            "outcome": each.outcome,
            "message": context.console.words(each.outcome),
            "next_try": shapes.moment(each.next_try),
        }
        for each in settled
    ]


def outbox(context: Context) -> Outcome:
    parcels = context.services.parcels()
    words = context.console.words
    lines = [
        f"{each.dossier_id}: {words(f'parcel.{each.state.value}')} · {each.size} B"
        for each in parcels
    ]
    document = {"parcels": [shapes.parcel(each) for each in parcels]}
    return Outcome(document, lines or [words("cli.outbox.empty")])


def status(context: Context) -> Outcome:
    dossier = context.services.dossier(context.options.dossier)
    entries = context.services.journal(dossier.id)
    words = context.console.words
    lines = [dossier_line(context, dossier)]
    lines += [f"  {local(entry.at)}  {words(entry.event)}" for entry in entries]
    document = {
        **dossier_document(context, dossier),
        "journal": shapes.journal(entries, context.console.lang),
    }
    return Outcome(document, lines)


def local(moment: datetime) -> str:
    """As the clock on the wall says."""
    return f"{moment.astimezone():%d/%m/%Y %H:%M:%S}"


def export(context: Context) -> Outcome:
    written = context.services.export(context.options.dossier, context.options.out)
    dossier = context.services.dossier(context.options.dossier)
    document = {**dossier_document(context, dossier), "written": [str(path) for path in written]}
    return Outcome(document, [str(path) for path in written])


def take_receipt(context: Context) -> Outcome:
    """Exit code 1 when the receipt could not be believed."""
    taken = context.services.take_receipt(context.options.file)
    code = "cli.receipt.verified" if taken.verified else "cli.receipt.unverified"
    lines = [context.console.words(code), dossier_line(context, taken.dossier)]
    document = {**dossier_document(context, taken.dossier), "verified": taken.verified}
    return Outcome(document, lines, 0 if taken.verified else 1)
