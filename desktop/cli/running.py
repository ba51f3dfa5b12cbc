"""One command, from its arguments to its exit code; whatever ends it is said in words."""

from collections.abc import Sequence

from desktop.cli.console import Console
from desktop.cli.context import Context
from desktop.cli.parser import WrongUsage, build_parser
from resources.faults import Fault

BUG = 4


def run_command(arguments: Sequence[str], console: Console) -> int:
    try:
        options = build_parser(console.lang).parse_args(arguments)
    except WrongUsage as wrong:
        return console.wrong_usage(str(wrong), wrong.usage)
    return run(Context(options, console), console)


def run(context: Context, console: Console) -> int:
    """Ctrl+C is left to the caller."""
    try:
        with context:
            outcome = context.options.handler(context)
        return console.finish(outcome)
    except Fault as fault:
        if fault.exit_code == BUG:
            return console.bug(context.log_crash(fault))
        return console.fault(fault)
    except Exception as error:  # noqa: BLE001  # the last door: logged with its trace, told as ours
        return console.bug(context.log_crash(error))
