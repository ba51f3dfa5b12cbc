"""The log file beside the data, and the trace of our own mistakes. No personal data in either.

What can name a person is taken out before it is written: long numbers, secrets that were
registered, and the message of any exception that is not a fault (a fault's parameters hold no
personal data, see ``resources.faults``; a library's message may).
"""

import faulthandler
import logging
import re
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from desktop.paths import data_folder
from resources.faults import Fault

FOLDER = "logs"
FILE = "tokhai.log"
SUDDEN = "sudden-end.log"
MOST_BYTES = 1024 * 1024
KEPT = 5
FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
TAKEN_OUT = "•••"

_LONG_NUMBER = re.compile(r"\d{9,}(?:-\d{3})?|\d{3,}(?:[ .]\d{3,}){2,}", re.ASCII)
"""nine digits or more, in one run or in groups: citizen ids, BHXH numbers, phones, MST"""
_SHORTEST_SECRET = 4
_secrets: set[str] = set()

ExceptionInfo = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


def register_secret(secret: str) -> None:
    """Never to be written from now on. Very short ones would only garble the log."""
    if len(secret) >= _SHORTEST_SECRET:
        _secrets.add(secret)


def forget_secrets() -> None:
    _secrets.clear()


def redacted(text: str) -> str:
    """``text`` without long numbers and registered secrets."""
    for secret in sorted(_secrets, key=len, reverse=True):
        text = text.replace(secret, TAKEN_OUT)
    return _LONG_NUMBER.sub(TAKEN_OUT, text)


def trace(error: BaseException) -> str:
    """Where it happened and what kind it was, causes included; messages of faults only."""
    return "\n".join(_chain(error)) + "\n"


class DiscreetFormatter(logging.Formatter):
    """Takes personal data out of the finished line, whatever part of the record it came from."""

    def __init__(self) -> None:
        super().__init__(FORMAT)

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None
        return redacted(super().format(record))

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802 - logging's own name
        return trace(ei[1]) if ei[1] else ""


def log_path(folder: Path) -> Path:
    return folder / FOLDER / FILE


@contextmanager
def logging_into(folder: Path) -> Iterator[Path]:
    """Writes the log of the program below ``folder`` while the block runs.

    A folder that cannot be written must not stop the work: then there is no log file.
    """
    path = log_path(folder)
    handler = _handler(path)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    try:
        yield path
    finally:
        root.setLevel(level)
        root.removeHandler(handler)
        handler.close()


@contextmanager
def sudden_ends_into(folder: Path) -> Iterator[None]:
    """Where a driver or a library ends the whole process, the places in the code are left below
    ``folder``: names of functions and lines, never what they worked on."""
    path = folder / FOLDER / SUDDEN
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a", encoding="utf-8")
    except OSError as error:
        logging.getLogger(__name__).info("no %s: %s", SUDDEN, error.strerror)
        yield
        return
    with file:
        faulthandler.enable(file)
        try:
            yield
        finally:
            faulthandler.disable()


def log_crash(error: BaseException, *, data: Path | None, practice: bool) -> Path:
    """Writes the trace of our mistake to a file of its own and returns where."""
    name = f"crash-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.log"
    content = redacted(trace(error))
    for folder in (_logs_of(data, practice), Path(tempfile.gettempdir())):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / name
            path.write_text(content, encoding="utf-8")
        except OSError:
            logging.getLogger(__name__).info("no crash log in %s", folder.name)
        else:
            return path
    return Path(name)


def _logs_of(data: Path | None, practice: bool) -> Path:
    return data_folder(practice=practice, override=data) / FOLDER


def _handler(path: Path) -> logging.Handler:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            path, maxBytes=MOST_BYTES, backupCount=KEPT, encoding="utf-8", delay=False
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(DiscreetFormatter())
    return handler


def _chain(error: BaseException) -> Iterator[str]:
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield _kind(current)
        yield from _frames(current.__traceback__)
        current = current.__cause__ or current.__context__


def _kind(error: BaseException) -> str:
    kind = type(error)
    name = f"{kind.__module__}.{kind.__qualname__}"
    return f"{name}: {error}" if isinstance(error, Fault) else name


def _frames(tb: TracebackType | None) -> Iterator[str]:
    for frame in traceback.extract_tb(tb):
        yield f"  {frame.filename}:{frame.lineno} {frame.name}: {frame.line or ''}"
