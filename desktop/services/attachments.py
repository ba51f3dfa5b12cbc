"""Papers that go beside the forms. What kinds they may be of is said by ``forms``."""

from collections.abc import Callable, Sequence
from pathlib import Path

from forms.model import FormFile
from resources.faults import DataFault, SurroundingsFault

TOTAL_LIMIT = 20 * 1024 * 1024
"""bytes of all papers together; the largest package that senders are known to take"""

Wrap = Callable[[str, bytes], FormFile]


def read_attachments(paths: Sequence[Path], wrap: Wrap) -> tuple[FormFile, ...]:
    """The files in the order given. Faults name a paper by its place, not by its name.

    Raises DataFault ``attachment.missing``, ``attachment.twice``, ``attachment.too_large`` and
    as ``wrap``; SurroundingsFault ``files.disk``.
    """
    _refuse_twice(paths)
    left = TOTAL_LIMIT
    files = []
    for place, path in enumerate(paths, 1):
        content = _bytes(path, place, left)
        left -= len(content)
        files.append(wrap(path.name, content))
    return tuple(files)


def _bytes(path: Path, place: int, limit: int) -> bytes:
    if path.is_dir():  # Windows calls opening one a lack of permission
        raise DataFault("attachment.missing", place=place)
    try:
        with path.open("rb") as stream:
            content = stream.read(limit + 1)
    except FileNotFoundError as error:
        raise DataFault("attachment.missing", place=place) from error
    except OSError as error:
        raise SurroundingsFault("files.disk", cause=error.strerror or "") from error
    if len(content) > limit:
        raise DataFault("attachment.too_large", place=place, limit=TOTAL_LIMIT // 1024 // 1024)
    return content


def _refuse_twice(paths: Sequence[Path]) -> None:
    seen: set[str] = set()
    for place, path in enumerate(paths, 1):
        name = path.name.casefold()
        if name in seen:
            raise DataFault("attachment.twice", place=place)
        seen.add(name)
