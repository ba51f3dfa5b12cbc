"""What a chain gives reason to say before a certificate signs; never a reason to refuse."""

from signing.certificates import CertificateNotice
from signing.standing import Chain, ChainStatus

CODES = {
    ChainStatus.BROKEN: "trust.notice.broken",
    ChainStatus.UNKNOWN_ROOT: "trust.notice.unknown_root",
    ChainStatus.EXPIRED_ISSUER: "trust.notice.expired_issuer",
}


def chain_notices(chain: Chain) -> tuple[CertificateNotice, ...]:
    """Nothing where an issuer's certificate is not at hand, which is so for most tokens."""
    code = CODES.get(chain.status)
    if code is None:
        return ()
    issuer = chain.path[1] if len(chain.path) > 1 else chain.path[0]
    return (CertificateNotice(code=code, params=(("issuer", issuer),)),)
