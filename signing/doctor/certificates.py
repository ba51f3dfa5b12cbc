"""Which certificates of a token could sign for a unit today, and why the others cannot."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from resources.faults import Param
from signing.certificates import MIN_KEY_BITS, check_for_unit, is_authority, may_sign
from signing.doctor.model import Check, Status, ok, skipped
from signing.errors import CertificateFault
from signing.key_kind import key_kind
from signing.model import CertificateInfo, TokenCertificate

WEAK_HASHES = {"sha1", "md5"}
Chain = Callable[[bytes], bool | None]
"""DER → whether it comes from a root that is known; None: cannot be told"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """``tax_code``: the unit's; None where no unit was named."""

    now: datetime
    tax_code: str | None = None
    chain: Chain | None = None

    def checks(self, held: TokenCertificate) -> tuple[Check, ...]:
        """One line when all is well, else one for each reason, refusals first."""
        info = held.certificate
        about = _about(info)
        if is_authority(info.der):
            return (skipped("doctor.certificate_authority", **about),)
        found = (*self._refusals(held), *self._warnings(info))
        if any(check.status is Status.FAIL for check in found):
            return found
        code = "usable" if held.has_private_key else "usable_unproven"
        return (ok(f"doctor.certificate_{code}", **about), *found)

    def _refusals(self, held: TokenCertificate) -> Iterator[Check]:
        info = held.certificate
        if self.now > info.not_after:
            yield _refusal(info, "expired", "cure.renew")
        if self.now < info.not_before:
            yield _refusal(info, "not_yet_valid", "cure.clock")
        if held.has_private_key is False:
            yield _refusal(info, "no_private_key", "cure.original_token")
        if not may_sign(info.der):
            yield _refusal(info, "key_usage", "cure.signing_certificate")
        elif _kind_of(info) is None:
            yield _refusal(info, "key_type", "cure.ask_provider")
        else:
            yield from self._whose(info)

    def _whose(self, info: CertificateInfo) -> Iterator[Check]:
        """As signing itself judges, at a moment when the certificate was valid."""
        if self.tax_code is None:
            return
        try:
            notices = check_for_unit(info, self.tax_code, info.not_before)
        except CertificateFault as fault:
            yield _refusal(info, fault.code.rpartition(".")[2], "cure.right_token")
            return
        for notice in notices:
            if notice.code in ("certificate.branch", "certificate.twelve_digits"):
                yield _warning(info, notice.code.rpartition(".")[2], "cure.confirm_owner")

    def _warnings(self, info: CertificateInfo) -> Iterator[Check]:
        elliptic = _kind_of(info)
        if elliptic:
            yield _warning(info, "elliptic", "cure.ask_agency")
        elif elliptic is False and info.key_bits < MIN_KEY_BITS:
            yield _warning(info, "short_key", "cure.renew", bits=info.key_bits)
        if info.signature_hash in WEAK_HASHES:
            yield _warning(info, "sha1", "cure.renew")
        chain = self.chain(info.der) if self.chain is not None else True
        if chain is None:
            yield _warning(info, "chain_unknown", "cure.ask_provider")
        elif not chain:
            yield _warning(info, "chain_untrusted", "cure.ask_provider")


def _kind_of(info: CertificateInfo) -> bool | None:
    """Whether its key is elliptic; None for a kind that cannot sign here."""
    try:
        return key_kind(info.der).elliptic
    except CertificateFault:
        return None


def _refusal(info: CertificateInfo, reason: str, cure: str) -> Check:
    return Check(
        code=f"doctor.certificate_{reason}", status=Status.FAIL, params=_about(info), cure=cure
    )


def _warning(info: CertificateInfo, reason: str, cure: str, **more: Param) -> Check:
    return Check(
        code=f"doctor.certificate_{reason}",
        status=Status.WARN,
        params={**_about(info), **more},
        cure=cure,
    )


def _about(info: CertificateInfo) -> dict[str, Param]:
    return {
        "serial": info.serial,
        "name": info.common_name,
        "tax_code": info.tax_code or "–",
        "from_date": info.not_before.strftime("%d/%m/%Y"),
        "date": info.not_after.strftime("%d/%m/%Y"),
    }
