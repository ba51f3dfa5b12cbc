"""A claim is kept while its parcel is on its way."""

from threading import Event

import pytest

from resources.faults import SurroundingsFault
from sync.keeping import kept


def test_it_is_renewed_while_nothing_else_happens() -> None:
    renewed, thrice = [], Event()

    def renew() -> None:
        renewed.append(1)
        if len(renewed) == 1:
            raise SurroundingsFault("store.busy")
        if len(renewed) == 3:
            thrice.set()

    with kept(renew, every=0.001):
        assert thrice.wait(10)
    after = len(renewed)
    assert not Event().wait(0.02)
    assert len(renewed) == after


def test_what_goes_wrong_inside_ends_it_too() -> None:
    renewed: list[int] = []
    with pytest.raises(ValueError, match="inside"), kept(lambda: renewed.append(1), every=60):
        raise ValueError("inside")
    assert renewed == []
