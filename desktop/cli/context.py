"""What a command works with: options, console, and the program, opened when first needed."""

import argparse
import getpass
import sys
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from desktop.cli.console import Console
from desktop.compose import App, compose, upkeep_alone
from desktop.logs import log_crash
from desktop.services.api import Services
from desktop.services.upkeep import UpkeepApi
from resources.faults import UsageFault


class Context:
    """Opens the data folder on first use and closes it with the block."""

    def __init__(self, options: argparse.Namespace, console: Console) -> None:
        self.options = options
        self.console = console
        self._stack = ExitStack()
        self._app: App | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    @property
    def app(self) -> App:
        if self._app is None:
            opening = compose(
                data=self.options.data, practice=self.options.practice, lang=self.console.lang
            )
            self._app = self._stack.enter_context(opening)
        return self._app

    @property
    def services(self) -> Services:
        return self.app.services

    @property
    def upkeep_alone(self) -> UpkeepApi:
        """For data that cannot be opened."""
        return upkeep_alone(data=self.options.data, practice=self.options.practice)

    def secret(self, prompt_code: str) -> str:
        """A PIN or password: a line of stdin when asked so, else typed unseen at the terminal.

        Raises UsageFault ``cli.pin_source`` when neither is there.
        """
        if self.options.pin_stdin:
            return sys.stdin.readline().rstrip("\r\n")
        if not sys.stdin.isatty():
            raise UsageFault("cli.pin_source")
        return getpass.getpass(self.console.words(prompt_code) + " ")

    def log_crash(self, error: BaseException) -> Path:
        return log_crash(error, data=self.options.data, practice=self.options.practice)
