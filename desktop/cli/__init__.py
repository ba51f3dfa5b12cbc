"""The ``tokhai`` command: the same use cases without a screen.

Exit codes: 0 done · 1 the data has errors · 2 wrong usage · 3 the surroundings failed, try
again · 4 our bug. With ``--json`` stdout holds exactly one JSON document.
"""

import sys
from collections.abc import Sequence

from desktop.cli.console import Console, chosen_language
from desktop.cli.context import Context
from desktop.cli.parser import WrongUsage, build_parser
from resources.faults import Fault

CANCELLED = 3
BUG = 4


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    console = Console(as_json="--json" in arguments, lang=chosen_language(arguments))
    try:
        options = build_parser(console.lang).parse_args(arguments)
    except WrongUsage as wrong:
        return console.wrong_usage(str(wrong), wrong.usage)
    return run(Context(options, console), console)


def run(context: Context, console: Console) -> int:
    try:
        with context:
            outcome = context.options.handler(context)
        return console.finish(outcome)
    except Fault as fault:
        if fault.exit_code == BUG:
            return console.bug(context.log_crash(fault))
        return console.fault(fault)
    except KeyboardInterrupt:
        return console.cancelled(CANCELLED)
    except Exception as error:  # noqa: BLE001  # the last door: logged with its trace, told as ours
        return console.bug(context.log_crash(error))
