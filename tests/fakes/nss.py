"""NSS softokn as a second token: a certificate database made by NSS's own tools."""

import os
import shutil
import subprocess
from pathlib import Path

from tests.fakes.certificates import Identity, write_key_file
from tests.fakes.softhsm import PIN

LIBRARIES = (
    Path("/usr/lib/x86_64-linux-gnu/libsoftokn3.so"),
    Path("/usr/lib/aarch64-linux-gnu/libsoftokn3.so"),
    Path("/usr/lib64/libsoftokn3.so"),
)
SOURCE = Path(__file__).parents[1] / "data" / "pkcs11" / "nss.c"
TOOLS = ("gcc", "certutil", "pk12util")


def softokn() -> Path | None:
    """The library, where it and NSS's tools are installed."""
    if any(shutil.which(tool) is None for tool in TOOLS):
        return None
    return next((library for library in LIBRARIES if library.exists()), None)


def build_nss_module(library: Path, folder: Path) -> Path:
    """``nss.so``; its database is named by the environment variable NSS_DATABASE."""
    module = folder / "nss.so"
    real = f'-DREAL_MODULE="{library}"'
    command = ["gcc", "-shared", "-fPIC", "-Wall", real, "-o", str(module), str(SOURCE), "-ldl"]
    subprocess.run(command, check=True, capture_output=True)
    return module


def make_database(folder: Path, identity: Identity) -> Path:
    """A database that holds the identity, locked with ``PIN``."""
    database = folder / "db"
    database.mkdir(parents=True)
    pin = folder / "pin"
    pin.write_text(f"{PIN}\n")
    key_file = write_key_file(folder / "key.p12", identity, "carried")
    place = ("-d", f"sql:{database}")
    _run("certutil", "-N", *place, "-f", str(pin))
    _run("pk12util", "-i", str(key_file), *place, "-k", str(pin), "-W", "carried")
    return database


def _run(*command: str) -> None:
    environment = {"PATH": os.environ["PATH"]}
    subprocess.run(command, check=True, capture_output=True, env=environment)
