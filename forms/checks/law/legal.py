"""Where an answer is written, as parameters of a finding; rows that only the checks need."""

import hashlib
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

from forms.model import Period
from forms.rules import tables
from forms.rules.dated import Confidence, Entry, RulesBroken, Series, Source
from resources import read_bytes, read_text
from resources.faults import Param
from resources.messages import text

_FILE = "checks/law.toml"
_WORST = (Confidence.UNVERIFIED, Confidence.LIKELY, Confidence.CERTAIN)


@cache
def _rows() -> Mapping[str, Series[Any]]:
    return tables.load("law", read_text(_FILE))


def rule(key: str, month: Period) -> Entry[Any]:
    """A row of ``resources/checks/law.toml``. Raises RuleMissing and RulesBroken."""
    found = _rows().get(key)
    if found is None:
        raise RulesBroken("rules.broken", table="law", reason=f"no series {key}")
    return found.at(month)


@cache
def law_hash() -> str:
    """SHA-256 over all that drafts are held against: rule data and the rows of the checks."""
    return hashlib.sha256(tables.data_hash().encode() + read_bytes(_FILE)).hexdigest()


@lru_cache(maxsize=1024)
def cited(*sources: Source) -> Mapping[str, Param]:
    """``source``: documents with their articles; ``confidence``: the least certain of them.

    What is not certain says so in the text. Legal documents are named in Vietnamese everywhere.
    """
    named = "; ".join(dict.fromkeys(_named(source) for source in sources))
    worst = worst_of(sources)
    doubt = "" if worst is Confidence.CERTAIN else text(f"law.doubt.{worst}")
    return {"source": named + doubt, "confidence": worst.value}


def worst_of(sources: Iterable[Source]) -> Confidence:
    return min((source.confidence for source in sources), key=_WORST.index)


def _named(source: Source) -> str:
    """A row may name several documents and as many articles, in the same order."""
    documents = [part.strip() for part in source.document.split(";")]
    articles = [part.strip() for part in source.article.split(";")]
    if len(documents) != len(articles):
        documents, articles = [source.document], [source.article]
    pairs = zip(documents, articles, strict=True)
    return "; ".join(
        f"{document} ({article})" if article else document for document, article in pairs
    )
