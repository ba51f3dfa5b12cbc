"""A fresh program over stand-ins for each test."""

import pytest

from tests.fakes.desk import Desk


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def real_desk() -> Desk:
    """Not in practice mode."""
    return Desk(practice=False)
