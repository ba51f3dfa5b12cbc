"""Writing a workbook whole or not at all."""

import os
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from resources.faults import SurroundingsFault


def replace_file(out: Path, save: Callable[[BinaryIO], None]) -> None:
    """Writes what ``save`` gives beside ``out`` and puts it in place only when it is complete.

    It is packed in memory first: a zip file that meets a full disk complains once more, with a
    trace, when it is thrown away. Raises SurroundingsFault ``workbook.cannot_write``.
    """
    partial = out.with_name(f".{out.name}.{os.getpid()}.part")
    packed = BytesIO()
    try:
        save(packed)
        partial.write_bytes(packed.getbuffer())
        partial.replace(out)
    except OSError as error:
        raise SurroundingsFault("workbook.cannot_write", file=out.name) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
