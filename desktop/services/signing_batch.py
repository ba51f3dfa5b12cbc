"""Several dossiers with one PIN: in the order given, stopping at the first that fails."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop.services.progress import Progress
from forms.model import Dossier
from resources.faults import Fault
from signing.ports import Signer

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedBatch:
    """What is signed and what is not; ``fault`` is None where nothing went wrong: then either all
    of them are, or the person stopped before the ``untried`` ones."""

    signed: tuple[Dossier, ...]
    failed: str | None
    """id of the dossier at which it stopped"""
    fault: Fault | None
    untried: tuple[str, ...]


Stopped = Callable[[], bool]
"""whether the person wants no further dossier to be begun"""


def never() -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class SignBatch:
    """``sign``: one dossier, as ``desktop.services.signing_cases.SignDossier`` does it."""

    sign: Callable[[str, Signer, Progress | None], Dossier]

    def __call__(
        self,
        dossier_ids: Sequence[str],
        signer: Signer,
        progress: Progress | None = None,
        stopped: Stopped = never,
    ) -> SignedBatch:
        """Every dossier is a transaction of its own: what was signed before a failure stays, and
        one that was begun is ended before the person's stop counts."""
        signed: list[Dossier] = []
        for place, dossier_id in enumerate(dossier_ids):
            if stopped():
                untried = tuple(dossier_ids[place:])
                return SignedBatch(signed=tuple(signed), failed=None, fault=None, untried=untried)
            try:
                signed.append(self.sign(dossier_id, signer, _part(progress, place, dossier_ids)))
            except Fault as fault:
                _LOG.info("batch stopped at %s: %s", dossier_id, fault.code)
                return SignedBatch(
                    signed=tuple(signed),
                    failed=dossier_id,
                    fault=fault,
                    untried=tuple(dossier_ids[place + 1 :]),
                )
        return SignedBatch(signed=tuple(signed), failed=None, fault=None, untried=())


def _part(progress: Progress | None, place: int, ids: Sequence[str]) -> Progress | None:
    """Each dossier counts a thousand: how many files it has is known only once it is opened."""
    if progress is None:
        return None
    tell = progress

    def told(done: int, total: int) -> None:
        tell(place * 1000 + done * 1000 // max(total, 1), len(ids) * 1000)

    return told
