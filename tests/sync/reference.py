"""The reference server of tus (npm) for our tests, where node and the packages are there.

``python -m tests.sync.reference`` brings the packages, of these versions, into a folder of the
user's cache; ``TOKHAI_TUS_PACKAGES`` names another.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.sync.tls import server_paper

VERSIONS = {"@tus/server": "2.4.5", "@tus/file-store": "2.1.1"}
PACKAGES = Path(
    os.environ.get("TOKHAI_TUS_PACKAGES", Path.home() / ".cache" / "tokhai-tests" / "tus")
)
SCRIPT = Path(__file__).with_name("reference_server.mjs")


def missing() -> str:
    """Why the server cannot be run; empty when it can."""
    if shutil.which("node") is None:
        return "no node on this computer"
    for name, version in VERSIONS.items():
        if installed(name) != version:
            return f"no {name} {version}: python -m tests.sync.reference"
    return ""


def installed(name: str) -> str:
    about = PACKAGES / "node_modules" / name / "package.json"
    return str(json.loads(about.read_bytes())["version"]) if about.exists() else ""


@contextmanager
def reference(folder: Path, **options: object) -> Iterator[int]:
    """The port of a server that keeps uploads below ``folder``, until the end of the block."""
    store = folder / "uploads"
    store.mkdir(parents=True)
    pem = server_paper().write(folder)
    command = ["node", SCRIPT, PACKAGES, store, pem, json.dumps(options)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdin
        assert process.stdout
        try:
            yield int(process.stdout.readline())
        finally:
            process.stdin.close()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()


def install() -> None:
    PACKAGES.mkdir(parents=True, exist_ok=True)
    wanted = [f"{name}@{version}" for name, version in VERSIONS.items()]
    npm = shutil.which("npm") or sys.exit("no npm on this computer")
    options = ["--no-audit", "--no-fund", "--ignore-scripts"]
    subprocess.run([npm, "install", "--prefix", PACKAGES, *options, *wanted], check=True)


if __name__ == "__main__":
    install()
