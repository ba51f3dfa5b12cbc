"""A driver is asked only after something was plugged in or pulled out, and is left in peace."""

from dataclasses import dataclass, field

import pytest

from signing.finding.places import Reader
from signing.finding.presence import Presence

TOKEN = (Reader(name="Token 0", state=0x10022),)
OTHER = (Reader(name="Token 0", state=0x20012),)


@dataclass
class Desk:
    """Readers, a clock and a driver that counts how often it is asked."""

    plugged: tuple[Reader, ...] | None = ()
    now: float = 1000.0
    asked: int = 0
    fails: bool = False
    presence: Presence[int] = field(init=False)

    def __post_init__(self) -> None:
        self.presence = Presence(look=lambda: self.plugged, ask=self.ask, clock=lambda: self.now)

    def ask(self) -> int:
        self.asked += 1
        if self.fails:
            raise OSError("driver")
        return self.asked

    def after(self, seconds: float) -> int:
        self.now += seconds
        return self.presence.answer()


def test_the_first_question_goes_to_the_driver() -> None:
    assert Desk().after(0) == 1


def test_an_hour_of_looking_asks_once() -> None:
    desk = Desk(plugged=TOKEN)
    assert {desk.after(1) for _ in range(3600)} == {1}


@pytest.mark.parametrize("then", [(), OTHER, (*TOKEN, Reader(name="Token 1", state=1))])
def test_a_change_asks_again(then: tuple[Reader, ...]) -> None:
    desk = Desk(plugged=TOKEN)
    desk.after(0)
    desk.plugged = then
    assert desk.after(11) == 2
    assert desk.after(11) == 2


def test_never_twice_within_ten_seconds_and_the_change_is_not_forgotten() -> None:
    desk = Desk()
    desk.after(0)
    desk.plugged = TOKEN
    assert [desk.after(1) for _ in range(9)] == [1] * 9
    assert desk.after(1) == 2


def test_a_loose_contact_asks_at_most_every_ten_seconds() -> None:
    desk = Desk()
    for second in range(100):
        desk.plugged = TOKEN if second % 2 else ()
        desk.after(1)
    assert desk.asked <= 11


def test_where_nobody_says_the_driver_is_asked_after_each_rest() -> None:
    desk = Desk(plugged=None)
    assert [desk.after(5) for _ in range(4)] == [1, 1, 2, 2]


def test_the_person_may_have_it_asked_at_once() -> None:
    desk = Desk(plugged=TOKEN)
    desk.after(0)
    assert desk.presence.again() == 2
    assert desk.after(1) == 2


def test_a_failure_is_told_and_not_kept() -> None:
    desk = Desk(plugged=TOKEN, fails=True)
    with pytest.raises(OSError, match="driver"):
        desk.after(0)
    desk.fails = False
    assert desk.after(0) == 2
