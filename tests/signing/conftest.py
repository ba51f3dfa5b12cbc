"""A software token holding the invented unit's certificate, and a driver that misbehaves."""

import shutil
from pathlib import Path

import pytest

from tests.fakes.certificates import authority, unit_identity
from tests.fakes.pkcs11 import build_misbehaving_module
from tests.fakes.softhsm import MODULE, SoftToken, soft_token


@pytest.fixture
def empty_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SoftToken:
    """SoftHSM2 with no token set up."""
    if not MODULE.exists():
        pytest.skip("SoftHSM2 is not installed")
    token = soft_token(tmp_path / "softhsm")
    monkeypatch.setenv("SOFTHSM2_CONF", str(token.settings))
    return token


@pytest.fixture
def token(empty_token: SoftToken) -> SoftToken:
    """A token with the unit's certificate and key, and the authority's certificate beside it."""
    empty_token.add_token()
    empty_token.put(unit_identity())
    empty_token.put(authority(), key_id=b"\x09", with_key=False)
    return empty_token


@pytest.fixture(scope="session")
def misbehaving(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not MODULE.exists() or shutil.which("gcc") is None:
        pytest.skip("SoftHSM2 or gcc is not installed")
    return build_misbehaving_module(tmp_path_factory.mktemp("driver"))
