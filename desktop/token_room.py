"""This computer's tokens, put together from ``signing.finding`` and ``signing.doctor``."""

import time
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from desktop.services.token_cases import TokenRoom
from resources.faults import Param
from resources.messages import text
from resources.messages.tongue import Tongue, tongue_of
from signing.doctor.bundle import write_bundle
from signing.doctor.certificates import Judge
from signing.doctor.examination import Examine
from signing.doctor.model import Examination
from signing.finding.local import this_computer
from signing.finding.search import find_modules
from signing.tokens import count_tokens, list_tokens


def token_room(lang: str | Tongue) -> TokenRoom:
    places = this_computer()
    return TokenRoom(
        find=partial(find_modules, places),
        count_tokens=count_tokens,
        list_tokens=list_tokens,
        readers=places.readers.readers,
        seconds=time.monotonic,
        examine=_examine,
        write_bundle=partial(_write_bundle, tongue_of(lang)),
    )


def _examine(module: Path | None, *, now: datetime, tax_code: str | None) -> Examination:
    return Examine(
        places=this_computer(),
        judge=Judge(now=now, tax_code=tax_code),
        chosen=str(module.absolute()) if module else None,
    )()


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
