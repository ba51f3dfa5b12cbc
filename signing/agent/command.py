"""How the child process is started, from source and from a frozen program alike."""

import os
import sys
from pathlib import Path

import signing

AGENT_FLAG = "--token-agent"
"""first argument with which a frozen program is to run ``signing.agent.child.main``"""


def agent_command(module: Path) -> list[str]:
    """The command line of the agent for one PKCS#11 module. Nothing secret is ever in it."""
    if getattr(sys, "frozen", False):
        return [sys.executable, AGENT_FLAG, str(module)]
    return [sys.executable, "-P", "-m", "signing.agent", str(module)]


def agent_arguments(arguments: list[str]) -> list[str] | None:
    """What to hand to ``signing.agent.child.main`` when this run of the program is the agent."""
    return arguments[1:] if arguments[:1] == [AGENT_FLAG] else None


def agent_environment() -> dict[str, str]:
    """The parent's, with the place this package was loaded from in front."""
    root = str(Path(signing.__file__).parents[1])
    known = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": os.pathsep.join([root, known] if known else [root])}
