#!/usr/bin/env python3
"""One command for every job: ``python3 dev.py setup|demo|run|test|bench|build``.

Standard library only; Python 3.11 or newer, on Debian and on Windows. Makes or reuses ``.venv``
beside this file, installs the pinned dependencies by hash, and on Debian as root the system
packages that the job needs. What it may not install, it names as a command to run.
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / ".tokhai-pins"
PINS = {"run": ROOT / ".pins" / "run.txt", "dev": ROOT / ".pins" / "dev.txt"}

QT_PACKAGES = """
    libegl1 libgl1 libglib2.0-0 libdbus-1-3 libfontconfig1 libxkbcommon0 libxkbcommon-x11-0
    libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-render-util0
    libxcb-shape0 libxcb-xinerama0 fonts-dejavu-core
""".split()  # noqa: SIM905  # a list a line long is easier to keep
TOKEN_PACKAGES = ["softhsm2", "libnss3-tools", "p11-kit"]
TEST_PACKAGES = [
    *QT_PACKAGES,
    *TOKEN_PACKAGES,
    *("xmlsec1", "poppler-utils", "gcc", "libc6-dev", "postgresql"),
]
BUILD_PACKAGES = [*QT_PACKAGES, "binutils"]


class Stop(Exception):
    """Ends the job with a sentence for the person at the keyboard."""


def say(text: str) -> None:
    print(f"• {text}", file=sys.stderr, flush=True)


def run(*command: str | Path, env: dict[str, str] | None = None) -> int:
    """Runs a child with our own streams and returns its exit code."""
    merged = {**os.environ, "PYTHONUTF8": "1", **(env or {})}
    return subprocess.run(
        [str(part) for part in command], cwd=ROOT, env=merged, check=False
    ).returncode


def must(*command: str | Path, env: dict[str, str] | None = None) -> None:
    code = run(*command, env=env)
    if code:
        raise Stop(f"'{' '.join(str(part) for part in command[:6])} …' ended with code {code}.")


# ---------------------------------------------------------------- set-up


def require_python() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036  # the person may start an older one
        raise Stop("Python 3.11 or newer is needed: https://www.python.org/downloads/")


def on_debian() -> bool:
    release = Path("/etc/os-release")
    if not release.exists() or shutil.which("dpkg-query") is None:
        return False
    text = release.read_text(encoding="utf-8")
    return "debian" in text.lower()


def missing_packages(packages: Sequence[str]) -> list[str]:
    """Debian packages of the list that are not installed; one call for all."""
    query = ["dpkg-query", "-W", "-f=${Package} ${db:Status-Status}\n", *packages]
    answer = subprocess.run(query, capture_output=True, text=True, check=False).stdout
    present = {line.split()[0] for line in answer.splitlines() if line.endswith(" installed")}
    return [name for name in packages if name not in present]


def install_packages(packages: Sequence[str]) -> None:
    missing = missing_packages(packages) if on_debian() and packages else []
    if not missing:
        return
    command = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if os.geteuid() != 0:  # type: ignore[attr-defined, unused-ignore]  # absent on Windows only
        raise Stop(f"System packages are missing. Run once:\n    sudo {' '.join(command)}")
    say(f"installing system packages: {' '.join(missing)}")
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    must("apt-get", "update", "-qq", env=quiet)
    must(*command[:2], "-qq", *command[2:], env=quiet)


def make_venv() -> None:
    if PYTHON.exists():
        return
    say("making .venv")
    try:
        venv.create(VENV, with_pip=True, clear=True)
    except (subprocess.CalledProcessError, OSError) as error:
        install_packages(["python3-venv"])
        if not on_debian():
            raise Stop(f"python3 -m venv failed: {error}") from error
        venv.create(VENV, with_pip=True, clear=True)


def wanted_stamp(kind: str) -> str:
    """Changes whenever the pins, the package's own data or the interpreter change."""
    digest = hashlib.sha256(sys.version.encode())
    for path in (PINS[kind], ROOT / "pyproject.toml"):
        digest.update(path.read_bytes())
    return f"{kind} {digest.hexdigest()}"


def pinned(kind: str) -> bool:
    """Whether .venv holds what ``kind`` needs; ``dev`` includes ``run``."""
    have = STAMP.read_text(encoding="utf-8") if STAMP.exists() else ""
    return have == wanted_stamp(kind) or have == wanted_stamp("dev")


def install_pins(kind: str) -> None:
    if pinned(kind):
        return
    say("installing the pinned Python packages")
    pip = (PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    must(*pip, "--require-hashes", "-r", PINS[kind])
    must(*pip, "--no-deps", "--no-build-isolation", "--editable", ".")
    STAMP.write_text(wanted_stamp(kind), encoding="utf-8")


def set_up(kind: str, packages: Sequence[str] = ()) -> None:
    require_python()
    install_packages(packages)
    make_venv()
    install_pins(kind)


# ---------------------------------------------------------------- jobs


def job_setup(_: Sequence[str]) -> int:
    set_up("dev", TEST_PACKAGES)
    say("ready: python3 dev.py demo · run · test · bench · build")
    return 0


def job_demo(rest: Sequence[str]) -> int:
    set_up("run")
    return run(PYTHON, "-m", "desktop.cli", "demo", *rest)


def job_run(rest: Sequence[str]) -> int:
    set_up("run", QT_PACKAGES)
    return run(PYTHON, "-m", "desktop", *rest)


def job_test(rest: Sequence[str]) -> int:
    set_up("dev", TEST_PACKAGES)
    headless = {"QT_QPA_PLATFORM": "offscreen"}
    if rest:
        return run(PYTHON, "-m", "pytest", *rest, env=headless)
    must(PYTHON, "-m", "ruff", "check", ".")
    must(PYTHON, "-m", "ruff", "format", "--check", ".")
    must(PYTHON, "-m", "mypy")
    must(BIN / "lint-imports")
    must(PYTHON, "-m", "pytest", "-n", "2", "--cov", "--cov-report=json", env=headless)
    check_floors()
    return 0


def check_floors() -> None:
    """Coverage of lines and branches per room, against ``[tool.tokhai.coverage-floors]``."""
    import tomllib  # here, so that an older Python gets as far as our own message

    floors = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["tokhai"]
    measured = json.loads((ROOT / "coverage.json").read_text(encoding="utf-8"))["files"]
    low = []
    for room, floor in floors["coverage-floors"].items():
        share = covered_percent(room, measured)
        say(f"coverage {room}: {share:.1f} % (floor {floor} %)")
        if share < floor:
            low.append(room)
    if low:
        raise Stop(f"Coverage fell below its floor in: {', '.join(low)}")


def covered_percent(room: str, files: dict[str, dict[str, dict[str, int]]]) -> float:
    prefix = room.replace(".", "/")
    mine = [
        entry["summary"]
        for name, entry in files.items()
        if name.replace(os.sep, "/").startswith((f"{prefix}/", f"{prefix}.py"))
    ]
    whole = sum(each["num_statements"] + each.get("num_branches", 0) for each in mine)
    hit = sum(each["covered_lines"] + each.get("covered_branches", 0) for each in mine)
    return 100.0 * hit / whole if whole else 0.0


def job_bench(rest: Sequence[str]) -> int:
    set_up("dev", TEST_PACKAGES)
    return run(PYTHON, "-m", "tests.bench", *rest)


def job_shots(_: Sequence[str]) -> int:
    set_up("run", QT_PACKAGES)
    headless = {"QT_QPA_PLATFORM": "offscreen"}
    with tempfile.TemporaryDirectory() as data:
        pictures = ("--shots", ROOT / "docs" / "screens")
        options = ("--practice", "--data", data, "--every-look")
        return run(PYTHON, "-m", "desktop", *options, *pictures, env=headless)


def job_build(rest: Sequence[str]) -> int:
    set_up("dev", [*BUILD_PACKAGES, *TOKEN_PACKAGES])
    must(PYTHON, "-m", "PyInstaller", "--noconfirm", "--clean", "build.spec", *rest)
    folder = ROOT / "dist" / "tokhai"
    must(PYTHON, "-m", "tests.frozen", folder)
    say(f"built and tried: {folder}")
    return 0


JOBS = {
    "setup": (job_setup, "set up .venv and what the tests need, nothing else"),
    "demo": (job_demo, "the whole way in practice mode, without a window"),
    "run": (job_run, "open the window"),
    "test": (job_test, "lint, types, import rules, tests, coverage floors"),
    "bench": (job_bench, "measure speed as ratios against a yardstick in the same run"),
    "shots": (job_shots, "take the pictures of docs/screens from the running program"),
    "build": (job_build, "make the program folder with PyInstaller and try it"),
}


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="dev.py",
        description="\n".join(f"{name:6} {about}" for name, (_, about) in JOBS.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("job", choices=JOBS)
    chosen, rest = parser.parse_known_args(arguments)
    try:
        return JOBS[chosen.job][0](rest)
    except Stop as reason:
        print(f"dev.py: {reason}", file=sys.stderr)
        return 3


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
