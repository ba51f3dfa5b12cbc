"""Writing a workbook whole or not at all."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from resources.faults import SurroundingsFault


def replace_file(out: Path, save: Callable[[Path], None]) -> None:
    """Lets ``save`` write a neighbour of ``out`` and puts it in place only when it is complete.

    Raises SurroundingsFault ``workbook.cannot_write``.
    """
    partial = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        save(partial)
        partial.replace(out)
    except OSError as error:
        raise SurroundingsFault("workbook.cannot_write", file=out.name) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
