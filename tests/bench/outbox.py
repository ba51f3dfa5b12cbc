"""The proof of the outbox at its full size: 200 parcels, a client that is killed at every step."""

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.measure import Measure
from tests.fakes.kills import prove

PARCELS = 200
SEED = 200


def measure_outbox() -> Iterator[Measure]:
    """Lost and twice, against none; says the figures of the run itself beside them."""
    with TemporaryDirectory() as folder:
        proof = prove(Path(folder), parcels=PARCELS, seed=SEED)
    sys.stdout.write(proof.line() + "\n")
    yield Measure(
        name="kill -9: parcels not accepted exactly once",
        yardstick="parcels",
        job=float(PARCELS - proof.once),
        bare=float(PARCELS),
        target=0.0,
        unit="",
    )
