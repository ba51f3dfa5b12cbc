"""The collector rests while a month is worked out, and is afterwards as it was before."""

import gc
from collections.abc import Iterator

import pytest

from forms.quiet import collector_waiting


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    was_on = gc.isenabled()
    gc.enable()
    yield
    (gc.enable if was_on else gc.disable)()


def test_it_rests_until_the_last_is_done() -> None:
    with collector_waiting():
        with collector_waiting():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_a_failure_wakes_it() -> None:
    with pytest.raises(ValueError, match="no"), collector_waiting():
        raise ValueError("no")
    assert gc.isenabled()


def test_who_turned_it_off_finds_it_off() -> None:
    gc.disable()
    with collector_waiting(), collector_waiting():
        pass
    assert not gc.isenabled()
