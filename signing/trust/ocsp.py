"""Questions to an issuer's responder and its answers (RFC 6960), judged by pyhanko-certvalidator.

The issuer itself is the anchor: an answer is as good as the key that signed the certificate.
Whether that issuer is trusted is the chain's matter.
"""

import asyncio
from datetime import datetime, timedelta

from asn1crypto import ocsp as wire
from asn1crypto import x509 as asn1
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.ocsp import OCSPRequestBuilder
from pyhanko_certvalidator.authority import CertTrustAnchor
from pyhanko_certvalidator.context import ValidationContext
from pyhanko_certvalidator.errors import (
    OCSPValidationError,
    PathError,
    RevokedError,
    ValidationError,
)
from pyhanko_certvalidator.path import ValidationPath
from pyhanko_certvalidator.revinfo.validate_ocsp import verify_ocsp_response

from signing.standing import Revocation, RevocationStatus
from signing.trust.crl import TOLERANCE
from signing.trust.papers import Paper

QUERY_TYPE = "application/ocsp-request"
LONGEST = timedelta(days=8)
"""an answer older than this is too old, whatever it says of itself"""


def ocsp_query(one: Paper, issuer: Paper) -> bytes:
    """DER of a question about one certificate. SHA-1 names the issuer only, as all responders
    understand it; without a nonce, which many refuse: freshness is judged by the times."""
    builder = OCSPRequestBuilder().add_certificate(
        one.certificate,
        issuer.certificate,
        SHA1(),  # noqa: S303 - a name, not a proof
    )
    return builder.build().public_bytes(Encoding.DER)


def judge_ocsp(content: bytes, one: Paper, issuer: Paper, now: datetime) -> Revocation | None:
    """None when the answer says nothing that may be believed: about another certificate, not
    signed by the issuer or its responder, not in date, not readable."""
    try:
        answer = wire.OCSPResponse.load(content, strict=True)
        return asyncio.run(_judge(answer, one, issuer, now))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError):
        return None  # what hostile bytes make of the reader's structures


async def _judge(
    answer: wire.OCSPResponse, one: Paper, issuer: Paper, now: datetime
) -> Revocation | None:
    if answer["response_status"].native != "successful":
        return None
    (told,) = answer.response_data["responses"]
    at: datetime = told["this_update"].native
    if at < now - LONGEST or _signed_by_itself(answer, one):
        return None
    leaf, anchor = asn1.Certificate.load(one.der), asn1.Certificate.load(issuer.der)
    path = ValidationPath(CertTrustAnchor(anchor), [], leaf)
    context = ValidationContext(
        trust_roots=[anchor],
        ocsps=[answer],
        moment=now,
        allow_fetching=False,
        time_tolerance=TOLERANCE,
    )
    try:
        await verify_ocsp_response(leaf, path, context)
    except RevokedError as error:
        return _revoked(error, at)
    except (OCSPValidationError, ValidationError, PathError):
        return None
    return Revocation(status=RevocationStatus.GOOD, checked_by="ocsp", at=at)


def _signed_by_itself(answer: wire.OCSPResponse, one: Paper) -> bool:
    """Certificates of persons have been issued that may sign answers (tokens §2): none may answer
    for itself."""
    sent = answer.basic_ocsp_response["certs"]
    return any(each.dump() == one.der for each in sent or ())


def _revoked(error: RevokedError, at: datetime) -> Revocation:
    return Revocation(
        status=RevocationStatus.REVOKED,
        checked_by="ocsp",
        at=at,
        reason=str(error.reason.native),
        revoked_at=error.revocation_dt,
    )
