"""``tokhai sign``, ``verify`` and ``token list``."""

from collections.abc import Sequence
from contextlib import AbstractContextManager

from desktop.cli import shapes
from desktop.cli.console import Outcome
from desktop.cli.context import Context
from desktop.cli.reading import dossier_document, dossier_line
from desktop.services.api import Remark, VerifiedFile
from desktop.services.signing_batch import SignedBatch
from desktop.services.signing_cases import require_built
from desktop.signature_words import verified_lines
from resources.faults import UsageFault
from signing.model import Intact, SignatureReport, TokenSlot
from signing.ports import Signer
from signing.standing import ChainStatus, RevocationStatus, Standing


def sign(context: Context) -> Outcome:
    """One PIN for everything; the summary is said before it is asked for.

    What cannot be signed is said before that: no PIN is spent on it.
    """
    ids = tuple(dict.fromkeys(context.options.dossier))
    for each in ids:
        require_built(context.services.dossier(each))
    return sign_one(context, ids[0]) if len(ids) == 1 else sign_several(context, ids)


def sign_one(context: Context, dossier_id: str) -> Outcome:
    services, console = context.services, context.console
    unproven = say_summary(context, dossier_id)
    with open_key(context) as signer:
        notices = say_remarks(context, services.check_signer(dossier_id, signer))
        dossier = services.sign(dossier_id, signer, console.progress())
    document = {
        **dossier_document(context, dossier),
        "notices": shapes.remarks(notices, console.lang),
        "unproven": shapes.remarks(unproven, console.lang),
    }
    return Outcome(document, (dossier_line(context, dossier),))


def sign_several(context: Context, ids: Sequence[str]) -> Outcome:
    """What was signed before a failure stays signed, and is said."""
    services, console = context.services, context.console
    unproven = [remark for each in ids for remark in say_summary(context, each)]
    with open_key(context) as signer:
        told = {each.code: each for at in ids for each in services.check_signer(at, signer)}
        notices = say_remarks(context, tuple(told.values()))
        batch = services.sign_batch(ids, signer, console.progress())
    document = {
        "signed": [dossier_document(context, each) for each in batch.signed],
        "failed": shapes.failure(batch.failed, batch.fault, console.lang),
        "untried": list(batch.untried),
        "notices": shapes.remarks(notices, console.lang),
        "unproven": shapes.remarks(unproven, console.lang),
    }
    return Outcome(
        document, batch_lines(context, batch), batch.fault.exit_code if batch.fault else 0
    )


def batch_lines(context: Context, batch: SignedBatch) -> list[str]:
    words = context.console.words
    lines = [dossier_line(context, each) for each in batch.signed]
    if batch.fault is not None:
        why = words(batch.fault.code, **batch.fault.params)
        lines.append(words("cli.sign.stopped", dossier=str(batch.failed), why=why))
    if batch.untried:
        lines.append(words("cli.sign.untried", dossiers=", ".join(batch.untried)))
    return lines


def open_key(context: Context) -> AbstractContextManager[Signer]:
    options = context.options
    if options.p12:
        if options.serial:
            raise UsageFault("cli.serial_needs_module")
        return context.services.open_key_file(options.p12, context.secret("cli.ask.password"))
    pin = "" if options.pin_pad else context.secret("cli.ask.pin")
    return context.services.open_token(
        options.module, pin, options.serial, last_try=options.last_try
    )


def say_remarks(context: Context, remarks: Sequence[Remark]) -> Sequence[Remark]:
    """At once, before anything is signed."""
    for each in remarks:
        context.console.say(context.console.words(each.code, **each.params))
    return remarks


def say_summary(context: Context, dossier_id: str) -> Sequence[Remark]:
    """What is about to be signed. The forms whose format is not confirmed."""
    summary = context.services.sign_summary(dossier_id)
    context.console.say(
        context.console.words(
            "cli.sign.summary",
            unit=summary.unit.name,
            tax_code=summary.unit.tax_code,
            procedure=summary.procedure_name,
            forms=", ".join(summary.forms),
            people=summary.people,
            wage=f"{summary.total_wage:,}".replace(",", "."),
        )
    )
    say_remarks(context, summary.papers)
    return say_remarks(context, summary.unproven)


def verify(context: Context) -> Outcome:
    """Exit code 0 only when every file has signatures, every one is intact, and nothing speaks
    against a certificate."""
    services, lang, options = context.services, context.console.lang, context.options
    checked = services.verify(
        options.files, online=options.online, progress=context.console.progress()
    )
    now = services.now()
    lines = [line for each in checked for line in verified_lines(context.console.words, each, now)]
    document = {"files": [shapes.verified_file(each, now, lang) for each in checked]}
    return Outcome(document, lines, 0 if all(map(wholly_intact, checked)) else 1)


def wholly_intact(checked: VerifiedFile) -> bool:
    signatures = checked.signatures
    right = all(intact(each) and not refuted(each.standing) for each in signatures)
    return checked.fault is None and bool(signatures) and right


def intact(signature: SignatureReport) -> bool:
    return signature.intact is Intact.YES


def refuted(standing: Standing | None) -> bool:
    """What cannot be told is no refusal; what is false or taken back is."""
    if standing is None:
        return False
    broken = ChainStatus.BROKEN in (standing.chain.status, standing.chain_now)
    return broken or standing.revocation.status is RevocationStatus.REVOKED


def list_tokens(context: Context) -> Outcome:
    slots = context.services.tokens(context.options.module)
    now = context.services.now()
    lines = [line for slot in slots for line in slot_lines(slot)]
    if not lines:
        lines = [context.console.words("token.none")]
    document = {"slots": [shapes.slot(slot, now) for slot in slots]}
    return Outcome(document, lines, 0 if slots else 3)


def slot_lines(slot: TokenSlot) -> list[str]:
    lines = [f"[{slot.slot}] {slot.label} · {slot.manufacturer} {slot.model}".rstrip()]
    for each in slot.certificates:
        known = each.certificate
        until = known.not_after.strftime("%d/%m/%Y")
        lines.append(f"    {known.serial}  {known.common_name}  MST {known.tax_code}  → {until}")
    return lines
