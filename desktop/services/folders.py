"""Writing a dossier's files into a folder of the user's: whole or not at all, file by file."""

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from desktop.services.progress import Progress, silent
from resources.faults import SurroundingsFault, UsageFault

_SIGNATURE_NAMESPACE = b"http://www.w3.org/2000/09/xmldsig#"
_LOOK_AT = 64 * 1024 * 1024


def usable_folder(folder: Path) -> Path:
    """The folder, made when missing.

    Raises UsageFault ``files.not_a_folder``, SurroundingsFault ``files.disk``.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageFault("files.not_a_folder", name=folder.name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _disk(error) from error
    return folder


def write_files(
    folder: Path, files: Iterable[tuple[str, bytes]], progress: Progress | None = None
) -> tuple[Path, ...]:
    """Puts each file in place in one step; what a cut leaves behind is never half a file.

    ``progress``: files written, of how many; when it raises, those that were not there before go.
    Raises UsageFault ``files.not_a_folder``, SurroundingsFault ``files.disk``.
    """
    usable_folder(folder)
    wanted = [(folder / plain_name(name), content) for name, content in files]
    new: list[Path] = []
    try:
        for number, (path, content) in enumerate(wanted):
            (progress or silent)(number, len(wanted))
            fresh = not path.exists()
            write_file(path, content)
            new += [path] if fresh else []
    except BaseException:
        _take_away(new)
        raise
    return tuple(path for path, _ in wanted)


def _take_away(files: Iterable[Path]) -> None:
    for path in files:
        with suppress(OSError):  # why the writing ended is what must be told
            path.unlink()


def write_file(path: Path, content: bytes) -> Path:
    """Raises SurroundingsFault ``files.disk``."""
    try:
        with NamedTemporaryFile(dir=path.parent, prefix=".tokhai-", delete=False) as beside:
            _fill(beside, content)
        _put_in_place(Path(beside.name), path)
    except OSError as error:
        raise _disk(error) from error
    return path


def refuse_signed(folder: Path, names: Sequence[str]) -> None:
    """Unsigned forms must not take the place of signed ones.

    Raises UsageFault ``files.signed_there``.
    """
    for name in names:
        if _is_signed(folder / plain_name(name)):
            raise UsageFault("files.signed_there", name=name)


def plain_name(name: str) -> str:
    """The last part of a name, so that nothing is written outside the folder."""
    return name.replace("\\", "/").rsplit("/", 1)[-1]


def _is_signed(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return _SIGNATURE_NAMESPACE in stream.read(_LOOK_AT)
    except FileNotFoundError:
        return False
    except OSError as error:
        raise _disk(error) from error


def _fill(beside: IO[bytes], content: bytes) -> None:
    """A full disk leaves nothing of it there."""
    try:
        beside.write(content)
        beside.flush()
        os.fsync(beside.fileno())
    except OSError:
        with suppress(OSError):
            beside.close()
        _take_away([Path(beside.name)])
        raise


def _put_in_place(beside: Path, path: Path) -> None:
    try:
        beside.replace(path)
    except OSError:
        _take_away([beside])
        raise


def _disk(error: OSError) -> SurroundingsFault:
    return SurroundingsFault("files.disk", cause=error.strerror or type(error).__name__)
