"""Secrets stand in the system's store or nowhere."""

from collections.abc import Callable

import keyring
import pytest
from keyring.backends.chainer import ChainerBackend
from keyring.errors import KeyringLocked, PasswordDeleteError

from desktop.keystore import KeyStore, system_store
from resources.faults import SurroundingsFault
from resources.messages import text
from sync.model import Destination
from sync.proxies import ProxyLogin
from tests.fakes.key_store import MemoryStore

HERE = Destination(url="https://cong.example", ca_pem="", client_id="may-1")
THERE = Destination(url="https://khac.example", ca_pem="", client_id="may-1")
SECRET = "bí mật không có thật"
PROXY = "proxy.example:3128"


class LockedStore(MemoryStore):
    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked("the collection is locked")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise ValueError(f"cannot keep {password}")


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def keys(store: MemoryStore) -> KeyStore:
    return KeyStore(lambda: store)


def test_a_secret_is_kept_for_its_client_at_its_gateway(keys: KeyStore, store: MemoryStore) -> None:
    keys.put(HERE, SECRET)
    assert keys.get(HERE) == SECRET
    assert keys.get(THERE) is None
    assert store.kept == {("tokhai", "may-1@https://cong.example"): SECRET}


def test_an_empty_secret_forgets_it(keys: KeyStore, store: MemoryStore) -> None:
    keys.put(HERE, SECRET)
    keys.put(HERE, "")
    assert (keys.get(HERE), store.kept) == (None, {})


def test_forgetting_what_was_never_kept_is_no_fault(keys: KeyStore) -> None:
    keys.put(HERE, "")
    assert keys.get(HERE) is None


def test_a_secret_that_cannot_be_forgotten_is_told() -> None:
    class Stubborn(MemoryStore):
        def delete_password(self, service: str, username: str) -> None:
            raise PasswordDeleteError(username)

    stubborn = Stubborn()
    keys = KeyStore(lambda: stubborn)
    keys.put(HERE, SECRET)
    assert fault_of(lambda: keys.put(HERE, "")).code == "secrets.unavailable"


def test_the_login_of_a_proxy_is_kept_for_its_host_and_port(keys: KeyStore) -> None:
    login = ProxyLogin(user="ke-toan", password="m:ậ@t")
    keys.put_login(PROXY, login)
    assert keys.login(PROXY) == login
    assert keys.login("proxy.example:8080") is None
    keys.put_login(PROXY, None)
    assert keys.login(PROXY) is None


@pytest.mark.parametrize("other", ["not ours", "7", '"ab"', '["a"]', '["a", 1]', "{}", "[[]]"])
def test_what_somebody_else_left_there_is_no_login(
    keys: KeyStore, store: MemoryStore, other: str
) -> None:
    store.kept["tokhai", f"proxy@{PROXY}"] = other
    assert keys.login(PROXY) is None


@pytest.mark.parametrize(
    "act",
    [
        lambda keys: keys.get(HERE),
        lambda keys: keys.put(HERE, SECRET),
        lambda keys: keys.put(HERE, ""),
        lambda keys: keys.login(PROXY),
        lambda keys: keys.put_login(PROXY, ProxyLogin(user="a", password=SECRET)),
    ],
)
@pytest.mark.parametrize("there", [None, LockedStore()])
def test_a_system_without_a_store_or_with_a_locked_one_is_told(
    act: Callable[[KeyStore], object], there: LockedStore | None
) -> None:
    """And the fault does not carry the secret that a store put into its own words."""
    fault = fault_of(lambda: act(KeyStore(lambda: there)))
    assert fault.code == "secrets.unavailable"
    assert fault.params == {}
    assert fault.__suppress_context__
    assert text(fault.code, "vi") != text(fault.code, "en")


def fault_of(act: Callable[[], object]) -> SurroundingsFault:
    with pytest.raises(SurroundingsFault) as caught:
        act()
    return caught.value


def test_a_store_that_the_system_does_not_lock_is_passed_by(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Such as one that writes plain text, which a user may have installed."""
    monkeypatch.setattr(keyring, "get_keyring", MemoryStore)
    assert system_store() is None


def own_store() -> MemoryStore:
    return type("Own", (MemoryStore,), {"__module__": "keyring.backends.SecretService"})()


def test_the_systems_own_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    mine = own_store()
    monkeypatch.setattr(keyring, "get_keyring", lambda: mine)
    assert system_store() is mine


def test_also_from_among_several(monkeypatch: pytest.MonkeyPatch) -> None:
    mine = own_store()

    class Several(ChainerBackend):
        backends = (MemoryStore(), mine)  # type: ignore[assignment]  # a stand-in

    monkeypatch.setattr(keyring, "get_keyring", Several)
    assert system_store() is mine
