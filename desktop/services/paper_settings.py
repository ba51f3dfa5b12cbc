"""How attached papers are signed: what the office chose, kept among the settings."""

from dataclasses import dataclass

from desktop.services.ports import Reading, UnitOfWork
from resources.faults import UsageFault

SIGN_PAPERS = "signing.papers"
TIMESTAMP_URL = "signing.timestamp.url"
TIMESTAMP_REQUIRED = "signing.timestamp.required"
WEB = ("https://", "http://")
"""most timestamp authorities have no TLS: what they sign is proof enough"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperSettings:
    """Until something is chosen: PDFs are signed, without a timestamp."""

    sign: bool = True
    timestamp_url: str = ""
    """of an authority (RFC 3161); empty: no timestamp"""
    timestamp_required: bool = False
    """without a timestamp nothing is signed; else it is signed without, and that is told"""


def refuse_bad_address(settings: PaperSettings) -> None:
    """Raises UsageFault ``papers.bad_address``."""
    url = settings.timestamp_url
    if url and not url.startswith(WEB):
        raise UsageFault("papers.bad_address", url=url)


def read_settings(work: Reading) -> PaperSettings:
    return PaperSettings(
        sign=work.settings.get(SIGN_PAPERS) != "no",
        timestamp_url=work.settings.get(TIMESTAMP_URL) or "",
        timestamp_required=work.settings.get(TIMESTAMP_REQUIRED) == "yes",
    )


def keep_settings(work: UnitOfWork, settings: PaperSettings) -> None:
    work.settings.put(SIGN_PAPERS, "yes" if settings.sign else "no")
    work.settings.put(TIMESTAMP_URL, settings.timestamp_url)
    work.settings.put(TIMESTAMP_REQUIRED, "yes" if settings.timestamp_required else "no")
