"""Speed as ratios against a yardstick measured in the same run: ``python3 dev.py bench [NAME]…``.

Seconds differ from machine to machine; a ratio against the same file read by the bare library,
or the same bytes hashed, holds. Nothing here is asserted: a person reads the table, in which each
target stands beside what was measured.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from tests.bench import months, roster
from tests.bench.error_workbook import measure_error_workbook
from tests.bench.grids import measure_grids
from tests.bench.importing import MIDDLE, measure_import
from tests.bench.measure import Measure, say
from tests.bench.outbox import measure_outbox
from tests.bench.paper import measure_paper
from tests.bench.signing import measure_long, measure_render, measure_sign, measure_token
from tests.bench.storm import measure_storm
from tests.bench.upload import measure_upload


def measure_months() -> Iterator[Measure]:
    for timed, target in zip(months.measure(), (1.0, None, 1.0), strict=True):
        yield Measure(
            name=timed.name, yardstick="bare read", job=timed.job, bare=timed.bare, target=target
        )


BENCHES: dict[str, Callable[[], Iterable[Measure]]] = {
    "error-workbook": measure_error_workbook,
    "grids": measure_grids,
    "import": measure_import,
    "months": measure_months,
    "outbox": measure_outbox,
    "paper": measure_paper,
    "render": measure_render,
    "roster": partial(roster.measure, MIDDLE),
    "sign": measure_sign,
    "sign-long": measure_long,
    "sign-token": measure_token,
    "storm": measure_storm,
    "upload": measure_upload,
}


def main(names: list[str]) -> int:
    unknown = set(names) - set(BENCHES)
    if unknown:
        sys.stderr.write(f"bench: {', '.join(sorted(BENCHES))}\n")
        return 2
    for name in names or BENCHES:
        for measure in BENCHES[name]():
            say(measure)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
