"""Where the program keeps its data for the user who runs it. Nothing is created here."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

NAME = "ToKhai"
PRACTICE = "ToKhai-luyen-tap"
"""practice data stand beside the real ones, never inside them"""


def data_folder(
    *,
    practice: bool,
    override: Path | None = None,
    platform: str = sys.platform,
    environment: Mapping[str, str] | None = None,
) -> Path:
    """The folder of database and logs, absolute: ``override`` (``--data DIR``) or the user's own.

    Windows: ``%LOCALAPPDATA%`` (not roaming: a database must not be copied while in use).
    macOS: ``~/Library/Application Support``. Elsewhere: ``$XDG_DATA_HOME``, as the XDG base
    directory specification says (a relative one is ignored), else ``~/.local/share``.
    """
    if override is not None:
        return override.expanduser().absolute()
    variables = os.environ if environment is None else environment
    return _base(platform, variables) / (PRACTICE if practice else NAME)


def _base(platform: str, variables: Mapping[str, str]) -> Path:
    home = Path.home()
    if platform == "win32":
        return _absolute(variables.get("LOCALAPPDATA")) or home / "AppData" / "Local"
    if platform == "darwin":
        return home / "Library" / "Application Support"
    return _absolute(variables.get("XDG_DATA_HOME")) or home / ".local" / "share"


def _absolute(text: str | None) -> Path | None:
    path = Path(text) if text else None
    return path if path and path.is_absolute() else None
