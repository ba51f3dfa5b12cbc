"""The signing time a signature states, and whether the signature covers it."""

from datetime import datetime, timedelta, timezone

from signing.algorithms import ENVELOPED
from signing.parts import Parts, Reference

VIETNAM = timezone(timedelta(hours=7))


def read_time(text: str | None) -> tuple[datetime | None, list[str]]:
    """The moment with its zone and the quirks of its writing. Without a zone: Vietnam's."""
    if text is None:
        return None, []
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None, ["time-unreadable"]
    if moment.tzinfo is None:
        return moment.replace(tzinfo=VIETNAM), ["time-without-zone"]
    return moment, []


def time_covered(parts: Parts) -> bool:
    """Whether some reference covers the element that states the time.

    A reference into the signature that takes the signature away covers nothing of it.
    """
    return any(_covers(reference, parts) for reference in parts.references)


def _covers(reference: Reference, parts: Parts) -> bool:
    if parts.time_element is None or reference.target is None:
        return False
    if ENVELOPED in reference.transforms:
        return False
    return reference.target in (parts.time_element, *parts.time_element.iterancestors())
