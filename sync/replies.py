"""From status codes and JSON to what they mean. Nothing from outside is believed unread."""

import json
from collections.abc import Collection
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

from sync.errors import Permanent, Transient
from sync.http import Reply

MOST_RETRY_AFTER = 24 * 3600.0
MOST_DIGITS = 15
BUSY = {429, 503}
LATER = {408, 423, 425}


def expect(reply: Reply, statuses: Collection[int]) -> Reply:
    """The reply when its status is one of these; else the fault that the status means."""
    if reply.status in statuses:
        return reply
    if reply.status in BUSY:
        raise Transient("gateway.busy", retry_after=retry_after(reply), answer=reply.body)
    if reply.status >= 500 or reply.status in LATER:
        wait = retry_after(reply)
        raise Transient("gateway.server", retry_after=wait, answer=reply.body, status=reply.status)
    if reply.status < 400:  # a redirect or something else that no gateway says here
        raise Transient("gateway.rubbish", answer=reply.body)
    raise Permanent("gateway.refused", answer=reply.body, status=reply.status)


def retry_after(reply: Reply) -> float | None:
    """Seconds asked for. A date is not used: it would need the gateway's clock."""
    seconds = natural(reply.headers.get("retry-after", ""))
    return None if seconds is None else min(float(seconds), MOST_RETRY_AFTER)


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


def json_object(reply: Reply) -> dict[str, Any]:
    """The JSON object of a reply. Raises Transient ``gateway.rubbish`` for anything else."""
    kind = reply.headers.get("content-type", "").partition(";")[0].strip().lower()
    try:
        parsed = json.loads(reply.body) if kind == "application/json" else None
    except (ValueError, RecursionError) as error:
        raise Transient("gateway.rubbish", answer=reply.body) from error
    if not isinstance(parsed, dict):
        raise Transient("gateway.rubbish", answer=reply.body)
    return parsed
