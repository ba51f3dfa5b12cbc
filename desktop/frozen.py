"""What a frozen program does before anything else: be the token agent when it was started as that,
and look for what other programs brought.

A source checkout never comes here with the flag; it starts ``python -m signing.agent``.
"""

import sys
from pathlib import Path

from signing.agent.command import agent_arguments

PLUG_INS = "gateways"
"""the folder beside the program into which ways of sending are installed"""


def serve_agent_if_asked(arguments: list[str]) -> None:
    """Returns unless this process is the agent; then it never returns."""
    wanted = agent_arguments(arguments)
    if wanted is not None:
        from signing.agent.child import main  # the driver may be loaded in this process alone

        main(wanted)


def look_beside_the_program() -> None:
    """Ways of sending that were installed with ``pip install --target gateways``.

    Last in line, so that nothing there takes the place of what the program is made of.
    """
    beside = Path(sys.executable).parent / PLUG_INS
    if getattr(sys, "frozen", False) and beside.is_dir():
        sys.path.append(str(beside))
