"""Loads ``resources/rules/*.toml``; refuses gaps, overlaps, missing sources, unknown words."""

import hashlib
import itertools
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from forms.model import Period
from forms.rules.dated import Confidence, Entry, RulesBroken, Series, Source
from resources import children, read_bytes, read_text

FOLDER = "rules"
ROW_KEYS = {"from", "to", "value", "document", "article", "confidence", "note"}
REQUIRED = {"from", "value", "document", "confidence"}


@cache
def table(name: str) -> Mapping[str, Series[Any]]:
    """key → series of one file. Raises RulesBroken ``rules.broken``."""
    return load(name, read_text(f"{FOLDER}/{name}.toml"))


def series(name: str, key: str) -> Series[Any]:
    """Raises RulesBroken when there is no such series."""
    found = table(name).get(key)
    if found is None:
        raise RulesBroken("rules.broken", table=name, reason=f"no series {key}")
    return found


def names() -> tuple[str, ...]:
    """Every rule table."""
    return tuple(name[: -len(".toml")] for name in children(FOLDER) if name.endswith(".toml"))


@cache
def newest() -> date:
    """The last date from which a rule in the data begins to hold, the future included."""
    return max(
        date(entry.valid_from.year, entry.valid_from.month, 1)
        for name in names()
        for found in table(name).values()
        for entry in found.entries
    )


@cache
def data_hash() -> str:
    """SHA-256 over all rule data, stored with a dossier: by what it was checked."""
    digest = hashlib.sha256()
    for name in names():
        digest.update(name.encode() + b"\0" + read_bytes(f"{FOLDER}/{name}.toml") + b"\0")
    return digest.hexdigest()


def load(name: str, text: str) -> Mapping[str, Series[Any]]:
    """Parses one table. Decimals stay decimal. Raises RulesBroken."""
    document = tomllib.loads(text, parse_float=Decimal)
    return {key: _series(name, key, body) for key, body in document.items()}


def _series(name: str, key: str, body: Mapping[str, Any]) -> Series[Any]:
    if set(body) != {"rows"} or not body["rows"]:
        raise RulesBroken("rules.broken", table=name, reason=f"{key}: rows expected")
    entries = [_entry(name, key, row) for row in body["rows"]]
    for problem in _problems(entries):
        raise RulesBroken("rules.broken", table=name, reason=f"{key}: {problem}")
    return Series(name, key, tuple(entries))


def _entry(name: str, key: str, row: Mapping[str, Any]) -> Entry[Any]:
    unknown, absent = set(row) - ROW_KEYS, REQUIRED - set(row)
    if unknown or absent or not str(row["document"]).strip():
        reason = f"{key}: unknown {sorted(unknown)}, missing {sorted(absent)} or no source"
        raise RulesBroken("rules.broken", table=name, reason=reason)
    first = Period.parse(row["from"])
    source = Source(
        table=name,
        key=key,
        valid_from=first,
        document=row["document"],
        article=row.get("article", "").strip("; "),
        confidence=Confidence(row["confidence"]),
        note=row.get("note", ""),
    )
    last = Period.parse(row["to"]) if "to" in row else None
    return Entry(value=row["value"], valid_from=first, valid_to=last, source=source)


def _problems(entries: Sequence[Entry[Any]]) -> Iterator[str]:
    """A row begins where the one before it ends, and ends after it begins."""
    for before, after in itertools.pairwise(entries):
        earliest = (before.valid_to or before.valid_from).next()
        if after.valid_from < earliest:
            yield f"{after.valid_from.iso} overlaps"
        elif before.valid_to and after.valid_from > earliest:
            yield f"gap before {after.valid_from.iso}"
    for entry in entries:
        if entry.valid_to and entry.valid_to < entry.valid_from:
            yield f"{entry.valid_from.iso} ends before it begins"
