"""What the person or the calling program sees: words on the screen or one JSON document."""

import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from resources.faults import Fault, Param
from resources.messages import LANGUAGES, text

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command yields: the JSON document, the same in words, and the exit code."""

    document: Document
    lines: Sequence[str] = field(default_factory=tuple)
    exit_code: int = 0
    silent: bool = False
    """the document was printed already"""


def chosen_language(arguments: Sequence[str]) -> str:
    """``--lang`` read ahead of the parser, whose own help needs it."""
    for position, argument in enumerate(arguments):
        name, _, value = argument.partition("=")
        if name == "--lang":
            value = value or "".join(arguments[position + 1 : position + 2])
            return value if value in LANGUAGES else LANGUAGES[0]
    return LANGUAGES[0]


def utf8(stream: TextIO) -> TextIO:
    """Vietnamese on any console, also where Windows still has a legacy code page."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="replace")
    return stream


class Console:
    """Words go to stdout, or to stderr when stdout belongs to JSON."""

    def __init__(self, *, as_json: bool, lang: str) -> None:
        self.as_json = as_json
        self.lang = lang
        self._out = utf8(sys.stdout)
        self._err = utf8(sys.stderr)

    def words(self, code: str, /, **params: Param) -> str:
        return text(code, self.lang, **params)

    def say(self, line: str) -> None:
        """A line for the person while the work goes on."""
        print(line, file=self._err if self.as_json else self._out, flush=True)

    def progress(self) -> Callable[[int, int], None] | None:
        """A counter on a terminal's stderr; None where nobody watches."""
        if not self._err.isatty():
            return None
        return lambda done, whole: print(
            f"\r{percent(done, whole)} % ", end="", file=self._err, flush=True
        )

    def announce(self, document: Document, line: str) -> None:
        """What a command that stays running has to say, at once."""
        if self.as_json:
            self._print_document(document)
            self._out.flush()
        else:
            self.say(line)

    def wait_for_interrupt(self) -> None:
        """Returns when the person presses Ctrl+C or the program is asked to end."""
        ended = threading.Event()
        signal.signal(signal.SIGTERM, lambda *_: ended.set())
        try:
            while not ended.wait(timeout=0.5):
                pass
        except KeyboardInterrupt:
            return

    def finish(self, outcome: Outcome) -> int:
        try:
            self._print_outcome(outcome)
        except BrokenPipeError:  # the reader had enough, as ``| head`` does
            os.dup2(os.open(os.devnull, os.O_WRONLY), self._out.fileno())
        return outcome.exit_code

    def _print_outcome(self, outcome: Outcome) -> None:
        if self.as_json and not outcome.silent:
            self._print_document(outcome.document)
        if not self.as_json:
            for line in outcome.lines:
                print(line, file=self._out)
        self._out.flush()

    def fault(self, fault: Fault) -> int:
        message = self.words(fault.code, **fault.params)
        self._print_error(fault.code, message, fault.sort.value)
        return fault.exit_code

    def wrong_usage(self, detail: str, usage: str) -> int:
        print(usage, file=self._err)
        self._print_error("cli.usage", self.words("cli.usage", detail=detail), "mend")
        return 2

    def cancelled(self, exit_code: int) -> int:
        self._print_error("cli.cancelled", self.words("cli.cancelled"), "retry")
        return exit_code

    def bug(self, log: Path) -> int:
        self._print_error("cli.bug", self.words("cli.bug", log=str(log)), "bug")
        return 4

    def _print_error(self, code: str, message: str, sort: str) -> None:
        print(message, file=self._err)
        if self.as_json:
            self._print_document({"error": {"code": code, "message": message, "sort": sort}})

    def _print_document(self, document: Document) -> None:
        self._out.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def percent(done: int, whole: int) -> int:
    """Nothing to do is done."""
    return 100 * done // whole if whole else 100
