"""``tokhai send``, ``outbox``, ``status``, ``export`` and ``receipt``."""

import ssl
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from desktop.cli import shapes
from desktop.cli.console import Outcome
from desktop.cli.context import Context
from desktop.cli.reading import dossier_document, dossier_line
from desktop.services.moments import in_vietnam
from forms.clocks import Clock
from forms.model import DossierState
from forms.states import FILED
from resources.faults import UsageFault
from sync.model import OWN_ADAPTER, Destination, Parcel, ParcelState, Settlement
from sync.pinning import read_pin

EXIT_CODES = {
    ParcelState.ACCEPTED: 0,
    ParcelState.REFUSED: 1,
    ParcelState.FAILED: 1,
    ParcelState.WAITING: 3,
    ParcelState.SENDING: 3,
    ParcelState.SENT: 3,
}
"""of a SHA-256"""
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
    if context.services.outbox.paused:
        return held_back(context)
    settled = drain_all(context)
    lines = settled_lines(context, settled) or [context.console.words("cli.outbox.empty")]
    worst = max((EXIT_CODES[each.state] for each in settled), default=0)
    return Outcome({"attempts": settled_documents(context, settled)}, lines, worst)


def held_back(context: Context) -> Outcome:
    """Nobody named a dossier, and the outbox is paused."""
    parcels = context.services.parcels()
    waiting = any(each.state in UNSETTLED and not each.handed_over for each in parcels)
    words = context.console.words("cli.outbox.paused")
    return Outcome({"attempts": []}, [words], EXIT_CODES[ParcelState.WAITING] if waiting else 0)


def drain_all(context: Context) -> list[Settlement]:
    """Every due parcel, then those that would wait for a later round: who asks does not wait."""
    services, progress = context.services, context.console.progress()
    settled = list(services.drain(None, progress))
    tried = {each.parcel_id for each in settled}
    for parcel in services.parcels():
        if parcel.state in UNSETTLED and parcel.id not in tried and not parcel.handed_over:
            settled += services.drain(parcel.dossier_id, progress)
    return settled


def chosen_destination(context: Context) -> Destination | None:
    options = context.options
    if options.gateway is None:
        if options.ca is not None:
            raise UsageFault("cli.ca_needs_gateway")
        if options.adapter or options.client_id or options.server_key:
            raise UsageFault("cli.needs_gateway")
        return None
    return Destination(
        url=options.gateway.rstrip("/"),
        ca_pem=read_ca(options.ca) if options.ca else "",
        adapter=options.adapter or OWN_ADAPTER,
        client_id=options.client_id or "",
        pins=tuple(map(read_pin, options.server_key or ())),
    )


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
    """Parcels, what is awaited of the agency, and whether anything goes out by itself."""
    box, options = context.services.outbox, context.options
    if options.pause or options.resume:
        box.paused = options.pause
    parcels, clocks, paused = context.services.parcels(), box.clocks(), box.paused
    words = context.console.words
    lines = [words("cli.outbox.paused")] if paused else []
    for each in parcels:
        lines.append(parcel_line(context, each))
        lines += clock_lines(context, clocks.get(each.dossier_id, ()))
    for carried in clocks.keys() - {each.dossier_id for each in parcels}:
        lines += [carried, *clock_lines(context, clocks[carried])]
    document = {
        "parcels": [shapes.parcel(each) for each in parcels],
        "paused": paused,
        "awaited": [
            clock_document(context, dossier, clock)
            for dossier, awaited in clocks.items()
            for clock in awaited
        ],
    }
    return Outcome(document, lines or [words("cli.outbox.empty")])


def parcel_line(context: Context, parcel: Parcel) -> str:
    words = context.console.words
    code = "parcel.handed_over" if parcel.handed_over else f"parcel.{parcel.state.value}"
    line = f"{parcel.dossier_id}: {words(code)} · {parcel.size} B"
    if parcel.state is ParcelState.WAITING and parcel.attempts and not parcel.handed_over:
        when = local(parcel.next_try)
        line += f" · {words('cli.outbox.tried', attempts=parcel.attempts, when=when)}"
    return line


def clock_lines(context: Context, clocks: Sequence[Clock]) -> list[str]:
    words = context.console.words
    lines = []
    for clock in clocks:
        lines += [f"  {words(clock.code, **clock.params)}"]
        lines += [f"    {words(clock.advice, **clock.params)}"]
    return lines


def clock_document(context: Context, dossier_id: str, clock: Clock) -> shapes.Json:
    words = context.console.words
    return {
        "dossier": dossier_id,
        "awaited": clock.awaited.value,
        "due": shapes.moment(clock.due) if clock.due else None,
        "overdue": clock.overdue,
        "late": clock.late,
        "code": clock.code,
        "message": words(clock.code, **clock.params),
        "advice": words(clock.advice, **clock.params),
        "source": clock.source,
        "confidence": clock.confidence.value if clock.confidence else None,
    }


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
    return f"{in_vietnam(moment):%d/%m/%Y %H:%M:%S}"


def take_receipt(context: Context) -> Outcome:
    """Exit code 1 when the receipt could not be believed."""
    taken = context.services.take_receipt(context.options.file)
    code = "cli.receipt.verified" if taken.verified else "cli.receipt.unverified"
    lines = [context.console.words(code), dossier_line(context, taken.dossier)]
    document = {**dossier_document(context, taken.dossier), "verified": taken.verified}
    return Outcome(document, lines, 0 if taken.verified else 1)
