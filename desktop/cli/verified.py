"""What ``tokhai verify`` says of each signature, in words."""

from collections.abc import Iterator
from datetime import datetime

from desktop.cli.context import Context
from desktop.services.api import VerifiedFile
from signing.model import CertificateInfo, SignatureReport

DAY, MOMENT = "%d/%m/%Y", "%d/%m/%Y %H:%M:%S"


def verified_lines(context: Context, checked: VerifiedFile, now: datetime) -> list[str]:
    words = context.console.words
    if checked.fault:
        return [f"{checked.file}: {words(checked.fault, file=checked.file.name)}"]
    told = (line for each in checked.signatures for line in signature_lines(context, each, now))
    return [f"{checked.file}:", *told]


def signature_lines(context: Context, signature: SignatureReport, now: datetime) -> Iterator[str]:
    """Verdict first; then who, how, when, and what is unusual."""
    words = context.console.words
    yield f"  {signature.node}: {words(f'cli.intact.{signature.intact.value}')}"
    if signature.certificate:
        yield f"    {certificate_line(context, signature.certificate, signature, now)}"
    yield f"    {words('cli.verify.algorithms', names=', '.join(signature.algorithms) or '?')}"
    yield f"    {time_line(context, signature)}"
    quirks = [f"quirk.{name}" for name in signature.quirks]
    for code in (*quirks, *(f"weak.{name}" for name in signature.weak)):
        yield f"    ! {words(code)}"


def certificate_line(
    context: Context, known: CertificateInfo, signature: SignatureReport, now: datetime
) -> str:
    return context.console.words(
        "cli.verify.signer",
        name=known.common_name,
        tax_code=known.tax_code or "–",
        first=known.not_before.astimezone().strftime(DAY),
        last=known.not_after.astimezone().strftime(DAY),
        then=validity(context, known, signature.signing_time),
        now=validity(context, known, now),
    )


def validity(context: Context, known: CertificateInfo, moment: datetime | None) -> str:
    if moment is None:
        return context.console.words("cli.verify.valid.unknown")
    answer = "yes" if known.valid_at(moment) else "no"
    return context.console.words(f"cli.verify.valid.{answer}")


def time_line(context: Context, signature: SignatureReport) -> str:
    words = context.console.words
    if signature.signing_time is None:
        return words("cli.verify.time.none")
    kind = "protected" if signature.signing_time_protected else "unprotected"
    told = signature.signing_time.astimezone().strftime(MOMENT)
    return words(f"cli.verify.time.{kind}", time=told)
