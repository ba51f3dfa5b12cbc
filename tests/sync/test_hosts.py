"""What the parcels of one program share about a gateway."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from sync.breaker import FAILURES, REST_SECONDS
from sync.errors import Permanent, Transient
from sync.hosts import Hosts, Watched
from sync.http import Reply
from tests.sync.servers import Scripted, fault_code, reply

URL = "https://cong.example/v1/x"


class Time:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def hosts(time: Time) -> Hosts:
    return Hosts(connections=2, clock=time)


def ask(hosts: Hosts, answer: Reply | Exception, url: str = URL) -> str | None:
    wire = Watched(Scripted([answer]), hosts.of(url))
    return fault_code(lambda: wire.request("GET", url, headers={}))


@pytest.mark.parametrize(
    "trouble",
    [
        reply(500),
        reply(503),
        reply(429),
        *(
            Transient(f"gateway.{word}")
            for word in ("unreachable", "timeout", "cut", "tls", "rubbish")
        ),
    ],
)
def test_a_gateway_that_fails_again_and_again_is_left_in_peace(
    hosts: Hosts, time: Time, trouble: Reply | Exception
) -> None:
    for _ in range(FAILURES):
        assert ask(hosts, trouble) != "gateway.resting"
    with pytest.raises(Transient) as caught:
        Watched(Scripted([]), hosts.of(URL)).request("GET", URL, headers={})
    assert (caught.value.code, caught.value.retry_after) == ("gateway.resting", REST_SECONDS)
    time.now += REST_SECONDS
    assert ask(hosts, reply(200)) is None
    assert ask(hosts, reply(200)) is None


@pytest.mark.parametrize(
    "trouble", [reply(404), reply(511), Transient("gateway.captive"), Transient("gateway.pin")]
)
def test_what_says_nothing_of_the_gateway_does_not_count(
    hosts: Hosts, trouble: Reply | Exception
) -> None:
    for _ in range(FAILURES * 2):
        assert ask(hosts, trouble) != "gateway.resting"


def test_a_program_that_ends_in_the_middle_leaves_the_way_open(hosts: Hosts, time: Time) -> None:
    for _ in range(FAILURES):
        ask(hosts, reply(500))
    time.now += REST_SECONDS
    for cause in (KeyboardInterrupt(), Permanent("gateway.proxy_login")):
        with pytest.raises(type(cause)):
            ask(hosts, cause)  # type: ignore[arg-type]  # raised as it is
    assert ask(hosts, reply(200)) is None


def test_one_gateway_does_not_suffer_for_another(hosts: Hosts) -> None:
    for _ in range(FAILURES):
        ask(hosts, reply(500))
    assert ask(hosts, reply(200)) == "gateway.resting"
    assert ask(hosts, reply(200), "https://cong.example:8443/v1/x") is None
    assert hosts.of("https://CONG.example:443") is hosts.of(URL)


def test_the_user_may_want_it_tried_at_once(hosts: Hosts) -> None:
    for _ in range(FAILURES):
        ask(hosts, reply(500))
    hosts.forgive(URL)
    assert ask(hosts, reply(200)) is None


def test_no_more_connections_than_allowed_stand_at_once(hosts: Hosts) -> None:
    together, leave = Barrier(3), Event()

    def stay() -> None:
        with hosts.of(URL).connection():
            together.wait(5)
            leave.wait(5)

    with ThreadPoolExecutor(2) as pool:
        staying = [pool.submit(stay) for _ in range(2)]
        together.wait(5)
        with pytest.raises(Transient) as caught, hosts.of(URL).connection(seconds=0.05):
            pass
        assert caught.value.code == "gateway.crowded"
        leave.set()
        for each in staying:
            each.result()
    with hosts.of(URL).connection(seconds=0.05):
        pass


def test_the_pieces_of_an_upload_are_remembered_for_the_next(hosts: Hosts) -> None:
    hosts.of(URL).pace.broke()
    assert hosts.of(URL).pace.size < hosts.of("https://khac.example").pace.size
