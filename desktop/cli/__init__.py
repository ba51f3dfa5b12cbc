"""The ``tokhai`` command: the same use cases without a screen.

Exit codes: 0 done · 1 the data has errors · 2 wrong usage · 3 the surroundings failed, try
again · 4 our bug. With ``--json`` stdout holds exactly one JSON document.
"""

import sys
from collections.abc import Sequence

from desktop.cli.console import Console, chosen_language

CANCELLED = 3


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    console = Console(as_json="--json" in arguments, lang=chosen_language(arguments))
    try:
        # loaded here: it takes a second, in which Ctrl+C may be pressed as well
        from desktop.cli.running import run_command

        return run_command(arguments, console)
    except KeyboardInterrupt:
        return console.cancelled(CANCELLED)
