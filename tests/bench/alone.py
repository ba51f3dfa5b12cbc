"""One job in a process of its own, for its peak of memory.

``python -m tests.bench.alone JOB FILE``: nothing but the job is loaded; the bare read loads the
reading library alone.
"""

import re
import resource
import sys
from pathlib import Path


def bare_read(path: Path) -> None:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(str(path))
    for _ in book.get_sheet_by_index(0).iter_rows():
        pass


def read_alone(path: Path) -> None:
    from tests.bench import importing

    importing.read_alone(path)


def import_check_save(path: Path) -> None:
    from tests.bench import importing

    importing.import_check_save(path, importing.new_data())


JOBS = {"bare_read": bare_read, "read_alone": read_alone, "import_check_save": import_check_save}


_HIGH_WATER = re.compile(r"^VmHWM:\s+(\d+) kB$", re.MULTILINE)


def peak_bytes() -> int:
    """Of this program alone: on Linux the system's count goes on from the one that started it."""
    if sys.platform.startswith("linux"):
        found = _HIGH_WATER.search(Path("/proc/self/status").read_text())
        return int(found[1]) * 1024 if found else 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    JOBS[sys.argv[1]](Path(sys.argv[2]))
    sys.stdout.write(f"{peak_bytes() / 1e6:.1f}")
