"""A key at a provider signs like one on the desk; whatever goes wrong is said, and said safely."""

import logging
import pickle
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from resources.faults import Fault
from resources.messages import catalogue
from signing.errors import CertificateFault, DeviceFault, PinFault
from signing.ports import Signer
from signing.remote import list_credentials, open_remote
from signing.remote_waiting import Patience
from signing.secret import Secret
from signing.verify import verify_own
from tests.fakes.certificates import unit_identity
from tests.fakes.csc import PIN, SAD, Answered, RemoteService
from tests.fakes.documents import FORM_NODE, form, signed_form

EC_256 = unit_identity(elliptic=True)
EC_384 = unit_identity(elliptic=True, curve=ec.SECP384R1)


@dataclass
class Watch:
    """A clock that only sleeping moves."""

    now: float = 0.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def patience(
        self, seconds: float = 30, cancelled: Callable[[], bool] = lambda: False
    ) -> Patience:
        return Patience(
            seconds=seconds, sleep=self.sleep, clock=lambda: self.now, cancelled=cancelled
        )


def signed(service: RemoteService, count: int = 1, **more: object) -> list[bytes]:
    patience = more.pop("patience", None) or Watch().patience()
    with open_remote(service, signatures=count, patience=patience, **more) as signer:  # type: ignore[arg-type]  # the tests name any
        return [signed_form(form(rows=rows), signer) for rows in range(1, count + 1)]


def fault_of(act: Callable[[], object]) -> Fault:
    with pytest.raises(Fault) as caught:
        act()
    assert caught.value.code in catalogue()
    return caught.value


@pytest.mark.parametrize(
    ("service", "kind"),
    [
        (RemoteService(), "rsa"),
        (RemoteService(algorithms=("1.2.840.113549.1.1.1",)), "rsa with a hash of its own"),
        (RemoteService(identity=EC_256, algorithms=("1.2.840.10045.4.3.2",)), "p256"),
        (RemoteService(identity=EC_384, algorithms=("1.2.840.10045.4.3.3",)), "p384"),
        (
            RemoteService(identity=EC_256, algorithms=("1.2.840.10045.4.3.2",), side_by_side=True),
            "p256, r and s",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_it_signs_a_form(service: RemoteService, kind: str) -> None:
    (document,) = signed(service)
    assert verify_own(document, FORM_NODE, service.identity.der)


def test_one_confirmation_is_enough_for_a_batch() -> None:
    service = RemoteService()
    assert len(signed(service, 4)) == 4
    assert service.methods().count("credentials/authorize") == 1
    assert service.asked[2][1]["numSignatures"] == 4


def test_a_permission_for_named_hashes_is_renewed_without_a_second_confirmation() -> None:
    service = RemoteService(scal="2")
    signed(service, 3)
    assert service.methods().count("credentials/authorize") == 1
    assert service.methods().count("credentials/extendTransaction") == 2


def test_more_signatures_than_a_confirmation_allows_are_confirmed_again() -> None:
    service = RemoteService(multisign=2)
    signed(service, 3)
    assert service.methods().count("credentials/authorize") == 2


def test_a_session_that_is_a_permission_already_asks_for_none() -> None:
    service = RemoteService(mode="oauth2code")
    signed(service)
    assert "credentials/authorize" not in service.methods()


def test_it_waits_for_the_phone() -> None:
    watch = Watch()
    service = RemoteService(rounds=3)
    signed(service, patience=watch.patience())
    assert service.methods().count("credentials/authorizeCheck") == 3
    assert watch.slept == [2.0, 2.0, 2.0]


def test_it_fetches_a_signature_that_takes_its_time() -> None:
    service = RemoteService(slow_signing=3)
    signed(service)
    assert service.methods().count("signatures/signPolling") == 3


def test_it_does_not_wait_for_ever() -> None:
    fault = fault_of(lambda: signed(RemoteService(rounds=99), patience=Watch().patience(9)))
    assert isinstance(fault, DeviceFault)
    assert (fault.code, fault.params) == ("remote.not_confirmed", {"seconds": 9})


def test_waiting_can_be_cancelled() -> None:
    watch = Watch()
    service = RemoteService(rounds=99)
    patience = watch.patience(cancelled=lambda: watch.now > 3)
    assert fault_of(lambda: signed(service, patience=patience)).code == "remote.cancelled"
    assert service.methods().count("credentials/authorizeCheck") == 1
    assert "signatures/signHash" not in service.methods()


def test_a_rejection_on_the_phone_is_said_as_such() -> None:
    assert fault_of(lambda: signed(RemoteService(rounds=1, rejected=True))).code == (
        "remote.rejected"
    )


def test_after_a_failure_the_next_signature_is_confirmed_anew() -> None:
    service = RemoteService(scal="2")
    with open_remote(service, signatures=2, patience=Watch().patience()) as signer:
        signer.sign(b"a")
        service.scal, extend = "1", service._extend
        service._extend = lambda _body: (400, {"error": "invalid_request"})  # type: ignore[method-assign]  # a bad day
        assert fault_of(lambda: signer.sign(b"b")).code == "remote.refused"
        service._extend = extend  # type: ignore[method-assign]  # over
        assert signer.sign(b"c")
    assert service.methods().count("credentials/authorize") == 2


def test_a_wrong_code_is_tried_once() -> None:
    service = RemoteService(mode="explicit")
    fault = fault_of(lambda: signed(service, typed={"PIN": Secret("111111")}))
    assert isinstance(fault, PinFault)
    assert fault.code == "remote.secret"
    assert service.methods().count("credentials/authorize") == 1


def test_the_right_code_signs() -> None:
    service = RemoteService(mode="explicit")
    (credential,) = list_credentials(service)
    assert credential.wants == ("PIN",)
    assert signed(service, typed={"PIN": Secret(PIN)})


def test_a_signature_that_is_not_right_is_not_taken() -> None:
    assert fault_of(lambda: signed(RemoteService(spoilt=True))).code == "remote.wrong_signature"


@pytest.mark.parametrize(
    "service",
    [
        RemoteService(status="disabled"),
        RemoteService(algorithms=("1.2.840.113549.1.1.5",)),
        RemoteService(identity=unit_identity(elliptic=True, curve=ec.SECP521R1)),
    ],
    ids=["disabled", "sha1 only", "p521"],
)
def test_a_key_that_is_no_use_here_is_left_out(service: RemoteService) -> None:
    assert list_credentials(service) == ()
    fault = fault_of(lambda: signed(service))
    assert isinstance(fault, CertificateFault)
    assert fault.code == "remote.no_credential"


def test_the_certificate_wanted_is_named_by_its_serial() -> None:
    service = RemoteService()
    assert signed(service, serial=service.identity.serial.lower())
    assert fault_of(lambda: signed(service, serial="0BAD")).code == "remote.no_credential"


def test_of_two_keys_one_must_be_named() -> None:
    service = RemoteService()
    service._list = lambda _body: (200, {"credentialIDs": ["khoa-1", "khoa-1"]})  # type: ignore[method-assign]  # two
    assert fault_of(lambda: signed(service)).code == "certificate.several"


@dataclass
class Saying:
    """Answers every question the same."""

    status: int
    body: dict[str, object]

    def ask(self, method: str, body: Mapping[str, object]) -> Answered:
        return Answered(self.status, self.body)


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (401, {}, "remote.session"),
        (403, {"error": "invalid_token"}, "remote.session"),
        (500, {}, "remote.refused"),
        (400, {"error": "Nguyễn Văn A <script>"}, "remote.refused"),
        (200, {}, "remote.rubbish"),
        (200, {"credentialIDs": "khoa-1"}, "remote.rubbish"),
        (200, {"credentialIDs": ["a"], "cert": {"certificates": ["?"]}}, "remote.no_credential"),
        (
            200,
            {
                "credentialIDs": ["a"],
                "key": {"status": "enabled"},
                "cert": {"certificates": ["?"]},
            },
            "remote.rubbish",
        ),
    ],
)
def test_answers_that_help_nobody(status: int, body: dict[str, object], code: str) -> None:
    def use() -> None:
        with open_remote(Saying(status, body)):
            pytest.fail("it must not open")

    fault = fault_of(use)
    assert fault.code == code
    assert "Nguyễn" not in str(fault)


@pytest.mark.parametrize(
    "reply",
    [
        (200, {"signatures": []}),
        (200, {"signatures": ["a", "b"]}),
        (200, {"signatures": [7]}),
        (202, {}),
    ],
)
def test_signatures_that_make_no_sense(reply: tuple[int, dict[str, object]]) -> None:
    service = RemoteService()
    service._sign = lambda _body: reply  # type: ignore[method-assign]  # a service gone mad
    assert fault_of(lambda: signed(service)).code in {"remote.rubbish", "remote.wrong_signature"}


def test_no_secret_is_seen_anywhere(caplog: pytest.LogCaptureFixture) -> None:
    service = RemoteService(mode="explicit", spoilt=True)
    typed = {"PIN": Secret(PIN)}
    shown: list[str] = [repr(typed)]

    def use(signer: Signer) -> None:
        shown.append(repr(signer))
        signer.sign(b"x")

    with caplog.at_level(logging.DEBUG), open_remote(service, typed=typed) as signer:
        try:
            use(signer)
        except Fault as fault:
            shown += traceback.format_exception(fault)
        shown.append(repr(signer))
    everything = "\n".join([*shown, caplog.text])
    assert "remote.wrong_signature" in everything
    assert PIN not in everything
    assert SAD not in everything


def test_a_secret_cannot_be_written_down() -> None:
    with pytest.raises(TypeError):
        pickle.dumps(Secret(PIN))
    assert PIN not in f"{Secret(PIN)} {Secret(PIN)!r}"
