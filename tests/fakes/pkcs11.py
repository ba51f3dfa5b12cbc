"""PKCS#11 modules that misbehave, built from C on first use."""

import subprocess
from pathlib import Path

from tests.fakes.softhsm import MODULE, PIN

SOURCE = Path(__file__).parents[1] / "data" / "pkcs11" / "misbehaving.c"


def build_misbehaving_module(folder: Path) -> Path:
    """``misbehaving.so``; how it misbehaves is said by the environment variable MISBEHAVE."""
    module = folder / "misbehaving.so"
    real = f'-DREAL_MODULE="{MODULE}"'
    pad = f'-DTYPED_ON_THE_PAD="{PIN}"'
    command = [
        "gcc",
        "-shared",
        "-fPIC",
        "-Wall",
        real,
        pad,
        "-o",
        str(module),
        str(SOURCE),
        "-ldl",
    ]
    subprocess.run(command, check=True, capture_output=True)
    return module
