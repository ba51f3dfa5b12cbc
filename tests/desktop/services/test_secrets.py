"""Secrets: put in and asked about, never read back."""

import pytest

from desktop.keystore import KeyStore
from desktop.services.secrets_api import SecretCases
from resources.faults import SurroundingsFault, UsageFault
from sync.model import Destination
from tests.fakes.key_store import MemoryStore

CLIENT = Destination(url="https://cong.example", ca_pem="", client_id="don-vi-1")
PROXY = "proxy.example:8080"


def test_what_is_kept_is_found_where_sending_looks_for_it() -> None:
    backend = MemoryStore()
    store = KeyStore(lambda: backend)
    cases = SecretCases(store)
    assert not cases.knows_client(CLIENT)
    cases.keep_client(CLIENT, "bí mật")
    cases.keep_proxy(PROXY, "mây", "mật khẩu")
    assert cases.knows_client(CLIENT)
    assert store.get(CLIENT) == "bí mật"
    login = store.login(PROXY)
    assert login is not None
    assert (login.user, login.password) == ("mây", "mật khẩu")
    assert cases.proxy_user("http://Proxy.example:8080/") == "mây"
    cases.keep_client(CLIENT, "")
    cases.keep_proxy(PROXY, "", "")
    assert cases.proxy_user(PROXY) == ""
    assert backend.kept == {}


def test_without_a_key_store_nothing_is_kept_anywhere() -> None:
    cases = SecretCases(None)
    assert not cases.knows_client(CLIENT)
    assert cases.proxy_user(PROXY) == ""
    with pytest.raises(SurroundingsFault, match=r"secrets\.unavailable"):
        cases.keep_client(CLIENT, "bí mật")
    with pytest.raises(SurroundingsFault, match=r"secrets\.unavailable"):
        cases.keep_proxy(PROXY, "mây", "mật khẩu")


def test_a_proxy_that_names_no_port_is_refused_and_nothing_is_kept() -> None:
    backend = MemoryStore()
    cases = SecretCases(KeyStore(lambda: backend))
    with pytest.raises(UsageFault, match=r"secret\.bad_proxy"):
        cases.keep_proxy("proxy.example", "mây", "mật khẩu")
    assert backend.kept == {}
    assert cases.proxy_user("proxy.example") == ""
