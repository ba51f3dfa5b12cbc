"""The practice gateway as a process of its own, on a fixed folder and port, until it is ended.

The address is printed as soon as it answers. For tests that kill it and for ``tokhai``.
"""

import argparse
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from desktop.practice.gateway.faults import Faults
from desktop.practice.gateway.script import DEFAULT, load_script
from desktop.practice.gateway.server import PracticeGateway


def main(arguments: Sequence[str] | None = None) -> None:
    """Raises SurroundingsFault ``gateway.port`` when the port is taken."""
    parser = argparse.ArgumentParser(prog="desktop.practice.gateway")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--officer", default=DEFAULT)
    parser.add_argument("--fault", action="append", default=[])
    chosen = parser.parse_args(arguments)
    faults = Faults()
    for fault in chosen.fault:
        faults.plan_text(fault)
    script = load_script(chosen.officer)
    with PracticeGateway(chosen.folder, port=chosen.port, faults=faults, script=script) as gateway:
        sys.stdout.write(gateway.url + "\n")
        sys.stdout.flush()
        threading.Event().wait()


if __name__ == "__main__":
    main()
