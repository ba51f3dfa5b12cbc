"""What signs with SoftHSM2 signs with modules by other hands: NSS softokn, and p11-kit's proxy."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from resources.faults import Fault
from signing.tokens import list_tokens, open_token
from signing.verify import verify_own
from tests.fakes.certificates import Identity, unit_identity
from tests.fakes.documents import FORM_NODE, signed_form
from tests.fakes.nss import build_nss_module, make_database, softokn
from tests.fakes.softhsm import LABEL, PIN, SoftToken

pytestmark = pytest.mark.token
PROXIES = (
    Path("/usr/lib/x86_64-linux-gnu/libp11-kit.so.0"),
    Path("/usr/lib/aarch64-linux-gnu/libp11-kit.so.0"),
    Path("/usr/lib64/p11-kit-proxy.so"),
)
REGISTERED = Path("/usr/share/p11-kit/modules/softhsm2.module")
IDENTITIES = {
    "RSA-2048": unit_identity(),
    "RSA-3072": unit_identity(bits=3072, key_name="longer"),
    "P-256": unit_identity(elliptic=True),
    "P-384": unit_identity(elliptic=True, curve=ec.SECP384R1),
}
each_key = pytest.mark.parametrize("identity", IDENTITIES.values(), ids=IDENTITIES)


@pytest.fixture(scope="session")
def nss(tmp_path_factory: pytest.TempPathFactory) -> Path:
    library = softokn()
    if library is None:
        pytest.skip("NSS softokn, its tools or gcc are not installed")
    return build_nss_module(library, tmp_path_factory.mktemp("nss"))


def accepted(module: Path, identity: Identity) -> bool:
    with open_token(module, PIN) as signer:
        return verify_own(signed_form(signer=signer), FORM_NODE, identity.der).strict


@each_key
def test_softhsm_signs(identity: Identity, empty_token: SoftToken) -> None:
    empty_token.add_token()
    empty_token.put(identity)
    assert accepted(empty_token.module, identity)


@each_key
def test_nss_signs(
    identity: Identity, nss: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NSS_DATABASE", str(make_database(tmp_path / "nss", identity)))
    assert accepted(nss, identity)


def test_nss_lists_its_certificate_without_a_pin(
    nss: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    identity = unit_identity()
    monkeypatch.setenv("NSS_DATABASE", str(make_database(tmp_path / "nss", identity)))
    found = [each for slot in list_tokens(nss) for each in slot.certificates]
    assert [each.certificate.serial for each in found] == [identity.serial]
    assert found[0].has_private_key is None


def test_nss_refuses_a_wrong_pin(
    nss: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NSS_DATABASE", str(make_database(tmp_path / "nss", unit_identity())))
    with pytest.raises(Fault) as caught, open_token(nss, "13579135"):
        pass
    assert caught.value.code == "pin.wrong"


def test_the_proxy_of_p11_kit_passes_everything_through(token: SoftToken) -> None:
    proxy = next((path for path in PROXIES if path.exists()), None)
    if proxy is None or not REGISTERED.exists():
        pytest.skip("p11-kit does not know SoftHSM2 here")
    assert LABEL in [slot.label for slot in list_tokens(proxy)]
    assert accepted(proxy, unit_identity())
