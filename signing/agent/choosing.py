"""Which certificate is meant, and what is said when none can be."""

from collections.abc import Sequence

from resources.faults import Fault
from signing.agent.objects import Found
from signing.agent.protocol import Message
from signing.errors import CertificateFault, DeviceFault


def no_token(unreadable: Sequence[Message]) -> Fault:
    for slot in unreadable:
        return DeviceFault(slot["fault"], **slot["params"])
    return DeviceFault("token.none")


def usable(found: Sequence[Found], serial: str | None) -> list[Found]:
    """Certificates that could be meant: not an authority's, not known to be without a key."""
    return [
        each
        for each in found
        if not each.is_authority
        and each.has_private_key is not False
        and serial in (None, each.serial)
    ]


def nothing_usable(found: Sequence[Found], serial: str | None) -> str:
    """Whether the certificate is missing or only its private key."""
    meant = [each for each in found if not each.is_authority and serial in (None, each.serial)]
    return "certificate.no_private_key" if meant else "certificate.none"


def choose(found: Sequence[Found], serial: str | None) -> Found:
    """The certificate to sign with, now that the private keys can be seen."""
    meant = [each for each in found if not each.is_authority and serial in (None, each.serial)]
    with_key = [each for each in meant if each.key is not None]
    if len(with_key) > 1:
        raise CertificateFault("certificate.several")
    if not meant:
        raise CertificateFault("certificate.none")
    return (with_key or meant)[0]
