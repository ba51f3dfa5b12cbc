"""What was typed on the first run and is not a unit yet, kept when the window closes. No Qt."""

import json
from collections.abc import Mapping
from pathlib import Path

FILE = "unit-begun.json"


class Begun:
    """A small file beside the data: it goes when the unit is stored."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def keep(self, said: Mapping[str, str]) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._file.write_text(json.dumps(dict(said), ensure_ascii=False), encoding="utf-8")

    def read(self) -> dict[str, str]:
        """Empty where there is none, and where somebody else wrote into it."""
        try:
            found = json.loads(self._file.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return {}
        texts = found.items() if isinstance(found, dict) else ()
        return {key: text for key, text in texts if isinstance(text, str)}

    def forget(self) -> None:
        self._file.unlink(missing_ok=True)
