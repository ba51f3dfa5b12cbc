"""This computer's tokens, put together from ``signing.finding`` and ``signing.doctor``."""

import time
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from desktop.services.token_cases import TokenRoom
from desktop.services.trust_api import TrustCase, TrustRoom
from resources.faults import Param
from resources.messages import text
from resources.messages.tongue import Tongue, tongue_of
from signing.doctor.bundle import write_bundle
from signing.doctor.certificates import Judge
from signing.doctor.examination import Examine, Hear, Tell
from signing.doctor.model import Examination
from signing.finding.local import this_computer
from signing.finding.search import find_modules
from signing.standing import ChainStatus
from signing.tokens import count_tokens, list_tokens


def token_room(lang: str | Tongue, trust: TrustRoom | None = None) -> TokenRoom:
    places = this_computer()
    return TokenRoom(
        find=partial(find_modules, places),
        count_tokens=count_tokens,
        list_tokens=list_tokens,
        readers=places.readers.readers,
        seconds=time.monotonic,
        examine=partial(_examine, trust),
        write_bundle=partial(_write_bundle, tongue_of(lang)),
    )


def _examine(
    trust: TrustRoom | None,
    module: Path | None,
    *,
    now: datetime,
    tax_code: str | None,
    tell: Tell,
    hear: Hear,
) -> Examination:
    chain = partial(leads_to_trust, trust.open(now=now, online=False)) if trust else None
    return Examine(
        places=this_computer(),
        judge=Judge(now=now, tax_code=tax_code, chain=chain),
        chosen=str(module.absolute()) if module else None,
        tell=tell,
        hear=hear,
    )()


def leads_to_trust(case: TrustCase, der: bytes) -> bool | None:
    """None where it cannot be told: an issuer's certificate is not at hand, or out of date, or
    the root is known by its name alone."""
    standing = case.standing(der, (), None)
    if standing is None or standing.chain.status is ChainStatus.BROKEN:
        return False
    if standing.chain.status is ChainStatus.UNKNOWN_ROOT:
        return None if standing.chain.anchor else False
    return True if standing.chain.status is ChainStatus.TRUSTED else None


def _write_bundle(tongue: Tongue, examination: Examination, out: Path) -> None:
    def words(code: str, params: Mapping[str, Param]) -> str:
        return text(code, tongue.lang, **params)

    write_bundle(examination, out, version=_version(), words=words)


def _version() -> str:
    """Empty where the program runs without having been installed."""
    try:
        return version("tokhai")
    except PackageNotFoundError:
        return ""
