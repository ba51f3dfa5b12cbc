"""What is said of each signature of a file, on the command line and in the window. No Qt."""

from collections.abc import Callable, Iterator
from datetime import datetime

from desktop.services.api import VerifiedFile
from resources.faults import Param
from signing.model import CertificateInfo, Intact, SignatureReport
from signing.standing import ChainStatus, Revocation, RevocationStatus, Standing

Words = Callable[..., str]
"""(code, **params) → the sentence in the language of the moment"""
DAY, MOMENT = "%d/%m/%Y", "%d/%m/%Y %H:%M:%S"


def verified_lines(words: Words, checked: VerifiedFile, now: datetime) -> list[str]:
    if checked.fault:
        return [f"{checked.file}: {words(checked.fault, **fault_params(checked))}"]
    told = (line for each in checked.signatures for line in signature_lines(words, each, now))
    return [f"{checked.file}:", *told]


def fault_params(checked: VerifiedFile) -> dict[str, Param]:
    return {"file": checked.file.name, **checked.params}


def signature_lines(words: Words, signature: SignatureReport, now: datetime) -> Iterator[str]:
    """Verdict first; then who, how, when, and what is unusual."""
    yield f"  {signature.node}: {words(f'cli.intact.{signature.intact.value}')}"
    if signature.intact is Intact.YES and not signature.strict:
        yield f"    ! {words('cli.verify.not_strict')}"
    if signature.certificate:
        yield f"    {certificate_line(words, signature.certificate, signature, now)}"
    yield from (f"    {line}" for line in standing_lines(words, signature))
    yield f"    {words('cli.verify.algorithms', names=', '.join(signature.algorithms) or '?')}"
    yield f"    {time_line(words, signature)}"
    if signature.whole_file and signature.intact is Intact.YES:
        yield f"    {words('cli.verify.covers_all')}"
    quirks = [f"quirk.{name}" for name in signature.quirks]
    for code in (*quirks, *(f"weak.{name}" for name in weak_points(signature))):
        yield f"    ! {words(code)}"


def certificate_line(
    words: Words, known: CertificateInfo, signature: SignatureReport, now: datetime
) -> str:
    return words(
        "cli.verify.signer",
        name=known.common_name,
        tax_code=known.tax_code or "–",
        first=known.not_before.astimezone().strftime(DAY),
        last=known.not_after.astimezone().strftime(DAY),
        then=validity(words, known, signature.signing_time),
        now=validity(words, known, now),
    )


def standing_lines(words: Words, signature: SignatureReport) -> Iterator[str]:
    """Chain and revocation of the certificate, if there is one."""
    if signature.standing is None:
        return
    yield chain_line(words, signature.standing)
    if signature.standing.chain_now is not signature.standing.chain.status:
        now = signature.standing.chain_now.value
        yield words("cli.verify.chain_now", status=short(words, now))
    yield from revocation_lines(words, signature.standing.revocation, signature.signing_time)


def short(words: Words, status: str) -> str:
    return words(f"cli.verify.chain_short.{status}")


def chain_line(words: Words, standing: Standing) -> str:
    chain = standing.chain
    way = " → ".join(chain.path)
    if chain.status is ChainStatus.UNKNOWN_ROOT and chain.anchor:
        return words("cli.verify.chain.only_named", path=way, anchor=chain.anchor)
    anchored = chain.status in (ChainStatus.TRUSTED, ChainStatus.EXPIRED_ISSUER)
    if not anchored:
        return words(f"cli.verify.chain.{chain.status.value}", path=way)
    group = words(f"trust.group.{chain.group.value}") if chain.group else ""
    return words(
        f"cli.verify.chain.{chain.status.value}", path=way, anchor=chain.anchor or "", group=group
    )


def revocation_lines(words: Words, found: Revocation, signed_at: datetime | None) -> Iterator[str]:
    if found.status is RevocationStatus.UNKNOWN:
        why = words(f"trust.why.{found.reason}")
        yield words("cli.verify.revocation.unknown", why=why)
    elif found.status is RevocationStatus.GOOD:
        yield words("cli.verify.revocation.good", by=by(found), at=told(found.at))
        if found.issuers is not RevocationStatus.GOOD:
            yield words("cli.verify.revocation.issuers_unknown")
    else:
        yield from revoked_lines(words, found, signed_at)


def revoked_lines(words: Words, found: Revocation, signed_at: datetime | None) -> Iterator[str]:
    whose = "issuer" if found.reason == "issuer_revoked" else "own"
    since = told(found.revoked_at)
    yield words(f"cli.verify.revocation.revoked.{whose}", since=since, by=by(found))
    if signed_at and found.revoked_at and signed_at < found.revoked_at:
        yield words("cli.verify.revocation.after_signing")


def by(found: Revocation) -> str:
    return (found.checked_by or "").upper()


def told(moment: datetime | None) -> str:
    return moment.astimezone().strftime(MOMENT) if moment else "?"


def validity(words: Words, known: CertificateInfo, moment: datetime | None) -> str:
    if moment is None:
        return words("cli.verify.valid.unknown")
    answer = "yes" if known.valid_at(moment) else "no"
    return words(f"cli.verify.valid.{answer}")


def time_line(words: Words, signature: SignatureReport) -> str:
    if signature.signing_time is None:
        return words("cli.verify.time.none")
    kind = "protected" if signature.signing_time_protected else "unprotected"
    told = signature.signing_time.astimezone().strftime(MOMENT)
    if signature.stamped_by:
        return words("cli.verify.time.stamped", time=told, by=signature.stamped_by)
    return words(f"cli.verify.time.{kind}", time=told)


def weak_points(value: SignatureReport) -> tuple[str, ...]:
    """Of the signature, its certificate and its chain."""
    chained = value.standing is not None and value.standing.chain.sha1
    return (*value.weak, "chain-sha1") if chained else value.weak
