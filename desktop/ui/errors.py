"""The one place that turns a failure into words. No Qt."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.ui.texts import tr, words
from resources.faults import Fault, Sort

CrashLog = Callable[[BaseException], Path]
"""writes the trace of our mistake and says where"""

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Explained:
    """A failure as a person reads it."""

    sort: Sort
    title: str
    text: str
    code: str
    details: str
    """for whoever helps; no personal data: of a file its name alone, for folders name people"""


def explain(error: BaseException, crash_log: CrashLog) -> Explained:
    """A fault in its own words; anything else, and a fault of ours, as a bug that was logged."""
    if isinstance(error, Fault) and error.sort is not Sort.BUG:
        _LOG.info("told: %s", error)
        return Explained(
            sort=error.sort,
            title=tr(f"ui.error.{error.sort.value}"),
            text=words(error.code, error.params),
            code=error.code,
            details=str(error),
        )
    return _our_mistake(error, crash_log(error))


def _our_mistake(error: BaseException, log: Path) -> Explained:
    kind = str(error) if isinstance(error, Fault) else type(error).__name__
    code = error.code if isinstance(error, Fault) else "ui.error.bug"
    return Explained(
        sort=Sort.BUG,
        title=tr("ui.error.bug"),
        text=tr("ui.error.bug_text", log=str(log)),
        code=code,
        details=f"{kind}\n{log.name}",
    )
