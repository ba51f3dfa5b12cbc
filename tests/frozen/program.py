"""The built program as a child process, far from the source it was built from."""

import json
import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SUFFIX = ".exe" if os.name == "nt" else ""
PATIENCE = 180
"""seconds for one command on a slow machine"""
BUG = 4


class Unlike(Exception):
    """What was found is not what a whole program would have shown."""


@dataclass(kw_only=True)
class Program:
    folder: Path
    place: Path
    """an empty folder, gone after the trial"""
    variables: dict[str, str] = field(default_factory=dict)

    @property
    def console(self) -> Path:
        return self.folder / f"tokhai{SUFFIX}"

    @property
    def window(self) -> Path:
        return self.folder / f"tokhai-app{SUFFIX}"

    @property
    def environment(self) -> dict[str, str]:
        """Nothing of ours: no PYTHONPATH, no virtual environment."""
        kept = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "LOCALAPPDATA", "DISPLAY", "USERPROFILE")
        ours = {name: os.environ[name] for name in kept if name in os.environ}
        return {**ours, "HOME": str(self.place), "LANG": "C.UTF-8", **self.variables}

    def run(
        self, *arguments: str | Path, given: str = "", codes: tuple[int, ...] = (0,)
    ) -> subprocess.CompletedProcess[str]:
        """Raises Unlike for another exit code."""
        return self.start(self.console, *arguments, given=given, codes=codes)

    def json(self, *arguments: str | Path, given: str = "") -> Any:
        return json.loads(self.run("--json", *arguments, given=given).stdout)

    def start(
        self, program: Path, *arguments: str | Path, given: str = "", codes: tuple[int, ...] = (0,)
    ) -> subprocess.CompletedProcess[str]:
        ended = subprocess.run(
            [str(program), *map(str, arguments)],
            input=given,
            env=self.environment,
            cwd=self.place,
            timeout=PATIENCE,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        if ended.returncode not in codes:
            raise Unlike(f"{arguments[:3]} ended with {ended.returncode}: {ended.stderr[-2000:]}")
        return ended


def expect(true: bool, otherwise: str) -> None:
    if not true:
        raise Unlike(otherwise)
