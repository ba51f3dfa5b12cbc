"""From status codes and JSON to what they mean. Nothing from outside is believed unread."""

import json
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

from sync.captive import is_portal
from sync.errors import Permanent, Transient
from sync.http import Reply

MOST_RETRY_AFTER = 24 * 3600.0
MOST_DIGITS = 15
BUSY = {429, 503}
LATER = {408, 425}
LOCKED = 423
HTTPS_PORT = 443
REFUSALS = {
    401: "gateway.unauthorised",
    403: "gateway.forbidden",
    404: "gateway.not_found",
    405: "gateway.not_found",
    407: "gateway.proxy_login",
    409: "gateway.conflict",
    410: "gateway.not_found",
    412: "gateway.protocol",
    413: "gateway.too_large",
    415: "gateway.protocol",
}


def expect(reply: Reply, statuses: Collection[int]) -> Reply:
    """The reply when its status is one of these; else the fault that the status means."""
    if is_portal(reply):
        raise Transient("gateway.captive", answer=reply.body)
    if reply.status in statuses:
        return reply
    if reply.status in BUSY:
        raise Transient("gateway.busy", retry_after=retry_after(reply), answer=reply.body)
    if reply.status == LOCKED:
        raise Transient("gateway.locked", retry_after=retry_after(reply), answer=reply.body)
    if reply.status >= 500 or reply.status in LATER:
        wait = retry_after(reply)
        raise Transient("gateway.server", retry_after=wait, answer=reply.body, status=reply.status)
    if reply.status < 400:  # something that no gateway says here
        raise Transient("gateway.rubbish", answer=reply.body)
    code = REFUSALS.get(reply.status, "gateway.refused")
    raise Permanent(code, answer=reply.body, status=reply.status)


def retry_after(reply: Reply, now: datetime | None = None) -> float | None:
    """Seconds asked for, said as such or as a date (RFC 9110 §10.2.3).

    A date counts from the gateway's own clock, which stands in the same answer; from ours alone
    where it does not.
    """
    said = reply.headers.get("retry-after", "")
    seconds: float | None = natural(said)
    if seconds is None and (until := moment(said)) is not None:
        told_at = moment(reply.headers.get("date", "")) or now or datetime.now(UTC)
        seconds = max(0.0, (until - told_at).total_seconds())
    return None if seconds is None else min(float(seconds), MOST_RETRY_AFTER)


def moment(text: str) -> datetime | None:
    """A date as a header says it (RFC 9110 §5.6.7); None for anything else."""
    try:
        read = parsedate_to_datetime(text)
        return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def natural(text: str) -> int | None:
    """A count as a header says it; None for anything else."""
    is_count = text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
    return int(text) if is_count else None


def address(base: str, given: str, reply: Reply) -> SplitResult:
    """The parts of an address that an answer gave, relative to ``base``.

    Raises Transient ``gateway.rubbish`` where it is none.
    """
    try:
        return urlsplit(urljoin(base, given))
    except ValueError as error:
        raise Transient("gateway.rubbish", answer=reply.body) from error


def same_gateway(base: str, given: str, reply: Reply) -> str:
    """The address that an answer gave, which must be on the gateway of ``base``, reached as
    ``base`` is: a server behind a TLS proxy may name itself ``http:`` and is still spoken to
    over TLS alone. Raises Transient ``gateway.rubbish``.
    """
    there, here = address(base, given, reply), urlsplit(base)
    if not is_same(there, here) or "@" in there.netloc:
        raise Transient("gateway.rubbish", answer=reply.body)
    return there._replace(scheme=here.scheme, netloc=here.netloc, fragment="").geturl()


def is_same(there: SplitResult, here: SplitResult) -> bool:
    """The same host and port; a port that is not named is the one of ``https:``."""
    try:
        ports = there.port or HTTPS_PORT, here.port or HTTPS_PORT
    except ValueError:
        return False
    web = there.scheme in {"http", "https"}
    return web and there.hostname == here.hostname and ports[0] == ports[1]


def json_object(reply: Reply) -> dict[str, Any]:
    """The JSON object of a reply. Raises Transient ``gateway.rubbish`` for anything else."""
    kind = content_type(reply.headers)
    try:
        parsed = json.loads(reply.body) if kind == "application/json" else None
    except (ValueError, RecursionError) as error:
        raise Transient("gateway.rubbish", answer=reply.body) from error
    if not isinstance(parsed, dict):
        raise Transient("gateway.rubbish", answer=reply.body)
    return parsed


def content_type(headers: Mapping[str, str]) -> str:
    return headers.get("content-type", "").partition(";")[0].strip().lower()
