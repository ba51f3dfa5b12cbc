"""Tries the built program from end to end: ``python -m tests.frozen dist/tokhai``.

Every step stands for something that a freezer leaves out without a word: data files, modules found
by name, metadata, the program started again as its own child. Each says what it found; the first
that finds something else ends the trial with code 1. Part of ``python3 dev.py build``.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.frozen.program import Program, Unlike
from tests.frozen.trials import TRIALS


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0]).absolute()
    with TemporaryDirectory(prefix="tokhai-trial-") as place:
        program = Program(folder=folder, place=Path(place))
        for name, trial in TRIALS.items():
            try:
                said = trial(program)
            except Unlike as found:
                sys.stderr.write(f"✗ {name}: {found}\n")
                return 1
            sys.stdout.write(f"✓ {name}: {said}\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
