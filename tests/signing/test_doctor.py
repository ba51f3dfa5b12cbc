"""What the explained check tries, in which order, what it says of each, and the cure it gives."""

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from resources.faults import Fault
from resources.messages import LANGUAGES, catalogue, text
from signing.certificates import read_certificate
from signing.doctor.certificates import Judge
from signing.doctor.examination import Examine
from signing.doctor.model import Check, Examination, Status
from signing.errors import DeviceFault, SigningBug
from signing.finding.drivers import System
from signing.finding.places import Reader, Service
from signing.model import TokenCertificate
from tests.fakes.certificates import (
    NOW,
    TAX_CODE,
    UNIT,
    as_if_issued_with_sha1,
    authority,
    unit_identity,
)
from tests.fakes.computer import Computer
from tests.fakes.doctor import (
    DRIVER,
    TOKEN_STATE,
    FakeBench,
    SlotState,
    computer,
    examine,
    held,
    only,
    slot,
)
from tests.fakes.libraries import MODULE_ENTRY, dll
from tests.fakes.softhsm import LABEL, MODULE, SoftToken


def said(found: Examination) -> list[tuple[str, str]]:
    """Every check in its words too: a word that is missing or a hole left open fails here."""
    for check in found.checks:
        for language in LANGUAGES:
            assert "{" not in text(check.code, language, **check.params)
        assert check.cure is None or check.cure in catalogue()
        assert check.status is not Status.FAIL or check.cure or "verdict" in check.code
    return [(check.code, check.status.value) for check in found.checks]


def test_when_all_is_well_it_can_be_read_from_top_to_bottom() -> None:
    found = examine()
    assert said(found) == [
        ("doctor.system", "ok"),
        ("doctor.service_running", "ok"),
        ("doctor.reader", "ok"),
        ("doctor.driver", "ok"),
        ("doctor.driver_file", "ok"),
        ("doctor.driver_loads", "ok"),
        ("doctor.driver_initialises", "ok"),
        ("doctor.token", "ok"),
        ("doctor.certificate_usable", "ok"),
        ("doctor.verdict_usable", "ok"),
    ]
    assert found.usable
    assert [check.cure for check in found.checks] == [None] * 10


class TestSurroundings:
    @pytest.mark.parametrize(
        ("system", "state", "code", "status", "cure"),
        [
            (System.WINDOWS, Service.STOPPED, "service_stopped", "fail", "cure.restart_service"),
            (System.LINUX, Service.STOPPED, "service_stopped", "warn", "cure.start_pcscd"),
            (System.LINUX, Service.ABSENT, "service_absent", "skipped", None),
        ],
    )
    def test_the_service(
        self, system: System, state: Service, code: str, status: str, cure: str | None
    ) -> None:
        found = examine(desk=Computer(system=system, state=state, variables={}))
        check = only(found, f"doctor.{code}")
        assert (check.status.value, check.cure) == (status, cure)
        said(found)

    def test_the_way_to_the_service_is_told_click_by_click(self) -> None:
        assert "Services" in text("cure.restart_service")
        assert "Smart Card" in text("cure.restart_service")

    @pytest.mark.parametrize(
        ("plugged", "code"), [((), "doctor.readers_none"), (None, "doctor.readers_unknown")]
    )
    def test_no_readers(self, plugged: tuple[Reader, ...] | None, code: str) -> None:
        assert code in dict(said(examine(desk=Computer(plugged=plugged))))

    def test_remote_desktop_is_explained(self) -> None:
        check = only(examine(desk=computer(remote=True)), "doctor.remote_desktop")
        assert (check.status, check.cure) == (Status.WARN, "cure.remote_desktop")

    def test_a_stopped_service_does_not_matter_when_a_token_works(self) -> None:
        found = examine(desk=computer(state=Service.STOPPED, plugged=()))
        for code in ("doctor.service_stopped", "doctor.readers_none"):
            assert (only(found, code).status, only(found, code).cure) == (Status.SKIPPED, None)


class TestDriver:
    def test_none_is_found(self) -> None:
        found = examine(desk=Computer())
        assert only(found, "doctor.driver_none").cure == "cure.install_driver"
        assert not found.usable
        said(found)

    @pytest.mark.parametrize(
        ("content", "code", "cure"),
        [
            (dll(MODULE_ENTRY, bits=32), "doctor.driver_bitness", "cure.other_bitness"),
            (dll("CPAcquireContext"), "doctor.driver_no_module", "cure.right_driver"),
            (b"#!/bin/sh", "doctor.driver_no_library", "cure.choose_file"),
        ],
    )
    def test_a_chosen_file_that_cannot_be_used_is_not_loaded(
        self, content: bytes, code: str, cure: str
    ) -> None:
        bench = FakeBench()
        desk = Computer(content={r"D:\a.dll": content})
        found = examine(bench, desk, chosen=r"D:\a.dll")
        assert (only(found, code).status, only(found, code).cure) == (Status.FAIL, cure)
        assert bench.steps == []
        said(found)

    @pytest.mark.parametrize(
        ("step", "fault", "cure"),
        [
            ("load", DeviceFault("token.module_dependency"), "cure.runtime"),
            ("load", DeviceFault("token.crashed"), "cure.reinstall_driver"),
            ("open", DeviceFault("token.timeout"), "cure.hidden_window"),
            ("open", DeviceFault("token.device", ckr="CKR_FUNCTION_FAILED"), "cure.replug"),
            ("survey", DeviceFault("token.timeout"), "cure.hidden_window"),
            ("tokens", DeviceFault("token.removed", ckr="CKR_DEVICE_REMOVED"), "cure.other_port"),
            ("tokens", SigningBug("token.agent_bug", where="KeyError in x:1"), "cure.report"),
        ],
    )
    def test_a_step_that_fails_is_the_last_one(self, step: str, fault: Fault, cure: str) -> None:
        bench = FakeBench(failing={step: fault})
        found = examine(bench)
        assert only(found, fault.code).cure == cure
        assert bench.steps[-1] == step
        assert found.checks[-2].code == fault.code
        assert not found.usable
        said(found)

    def test_one_bad_driver_does_not_stop_the_next(self) -> None:
        other = r"C:\Windows\System32\vnptca_p11_v8.dll"
        desk = Computer(content={DRIVER: dll(MODULE_ENTRY), other: dll(MODULE_ENTRY)})
        found = examine(FakeBench(failing={"load": DeviceFault("token.crashed")}), desk)
        assert [check.code for check in found.checks].count("token.crashed") == 2

    def test_a_32_bit_twin_does_not_matter_when_a_token_works(self) -> None:
        twin = r"C:\Windows\SysWOW64\viettel-ca_v6.dll"
        desk = Computer(content={DRIVER: dll(MODULE_ENTRY), twin: dll(MODULE_ENTRY, bits=32)})
        assert only(examine(desk=desk), "doctor.driver_bitness").status is Status.SKIPPED


class TestSlots:
    @pytest.mark.parametrize(
        ("state", "fault", "code", "status"),
        [
            ("virtual", None, "doctor.slot_virtual", "skipped"),
            ("unset", None, "doctor.slot_unset", "warn"),
            ("unreadable", "token.not_recognized", "doctor.slot_unknown_device", "skipped"),
            ("unreadable", "token.device", "doctor.slot_unreadable", "fail"),
        ],
    )
    def test_an_odd_slot_is_told_and_the_token_found(
        self, state: str, fault: str | None, code: str, status: str
    ) -> None:
        odd = SlotState(slot=7, reader="Reader 7", state=state, fault=fault)
        found = examine(FakeBench(slots=(odd, TOKEN_STATE)))
        check = only(found, code)
        assert (check.status.value, check.params["slot"]) == (status, 7)
        assert found.usable
        said(found)

    def test_empty_slots_are_one_line(self) -> None:
        empty = tuple(SlotState(slot=at, reader="", state="empty") for at in range(3))
        bench = FakeBench(slots=empty)
        found = examine(bench)
        check = only(found, "doctor.slots_empty")
        assert (check.params["count"], check.cure) == (3, "cure.other_port")
        assert "tokens" not in bench.steps
        assert not found.usable
        said(found)

    @pytest.mark.parametrize(
        ("flag", "code", "usable"),
        [
            ("pin_locked", "doctor.pin_locked", False),
            ("pin_final_try", "doctor.pin_final_try", True),
            ("pin_count_low", "doctor.pin_count_low", True),
            ("has_pin_pad", "doctor.pin_pad", True),
        ],
    )
    def test_what_a_token_says_of_its_pin(self, flag: str, code: str, usable: bool) -> None:
        found = examine(FakeBench(listed=(slot(held(), **{flag: True}),)))
        assert code in dict(said(found))
        assert found.usable is usable

    def test_a_token_that_shows_nothing_before_the_pin_is_fit(self) -> None:
        found = examine(FakeBench(listed=(slot(needs_login_to_list=True),)))
        assert only(found, "doctor.token_hides").status is Status.WARN
        assert found.usable
        said(found)

    def test_an_empty_token_is_not(self) -> None:
        found = examine(FakeBench(listed=(slot(),)))
        assert only(found, "doctor.token_without_certificates").cure == "cure.ask_provider"
        assert not found.usable
        said(found)


LONG_AGO = NOW - timedelta(days=900)
BRANCH = unit_identity(user_ids=(f"MST:{TAX_CODE}-001",))
HOUSEHOLD = unit_identity(user_ids=("MST:001076021271",))
REFUSED: list[tuple[str, Callable[[], TokenCertificate], str]] = [
    ("expired", lambda: held(unit_identity(not_before=LONG_AGO, not_after=NOW)), "cure.renew"),
    ("not_yet_valid", lambda: held(unit_identity(not_before=NOW + timedelta(9))), "cure.clock"),
    ("other_unit", lambda: held(unit_identity(user_ids=("MST:0100000000",))), "cure.right_token"),
    ("no_tax_code", lambda: held(unit_identity(user_ids=())), "cure.right_token"),
    ("no_private_key", lambda: held(key=False), "cure.original_token"),
    ("key_usage", lambda: held(unit_identity(may_sign=False)), "cure.signing_certificate"),
    (
        "key_type",
        lambda: held(unit_identity(elliptic=True, curve=ec.SECP521R1)),
        "cure.ask_provider",
    ),
]
DOUBTED: list[tuple[str, Callable[[], TokenCertificate], str]] = [
    ("short_key", lambda: held(unit_identity(bits=1024, key_name="short")), "cure.renew"),
    ("elliptic", lambda: held(unit_identity(elliptic=True)), "cure.ask_agency"),
    ("branch", lambda: held(BRANCH), "cure.confirm_owner"),
    ("twelve_digits", lambda: held(HOUSEHOLD), "cure.confirm_owner"),
]


class TestCertificates:
    @pytest.mark.parametrize(("reason", "made", "cure"), REFUSED, ids=[row[0] for row in REFUSED])
    def test_refused_and_why(
        self, reason: str, made: Callable[[], TokenCertificate], cure: str
    ) -> None:
        found = examine(FakeBench(listed=(slot(made()),)), days=1 if reason == "expired" else 0)
        check = only(found, f"doctor.certificate_{reason}")
        assert (check.status, check.cure) == (Status.FAIL, cure)
        assert not found.usable
        said(found)

    @pytest.mark.parametrize(("reason", "made", "cure"), DOUBTED, ids=[row[0] for row in DOUBTED])
    def test_usable_with_a_doubt(
        self, reason: str, made: Callable[[], TokenCertificate], cure: str
    ) -> None:
        found = examine(FakeBench(listed=(slot(made()),)))
        check = only(found, f"doctor.certificate_{reason}")
        assert (check.status, check.cure) == (Status.WARN, cure)
        assert found.usable
        said(found)

    def test_one_issued_with_sha1(self) -> None:
        old = read_certificate(as_if_issued_with_sha1(unit_identity()).certificate)
        kept = TokenCertificate(certificate=old, key_id="01", has_private_key=True)
        found = examine(FakeBench(listed=(slot(kept),)))
        assert only(found, "doctor.certificate_sha1").status is Status.WARN
        said(found)

    def test_every_reason_is_told_not_the_first_alone(self) -> None:
        bad = unit_identity(
            not_before=LONG_AGO, not_after=NOW - timedelta(1), user_ids=("MST:0100000000",)
        )
        codes = dict(said(examine(FakeBench(listed=(slot(held(bad, key=False)),)))))
        for reason in ("expired", "no_private_key", "other_unit"):
            assert codes[f"doctor.certificate_{reason}"] == "fail"

    def test_a_key_that_cannot_be_seen_before_the_pin_is_no_reason(self) -> None:
        found = examine(FakeBench(listed=(slot(held(key=None)),)))
        assert only(found, "doctor.certificate_usable_unproven").status is Status.OK
        assert found.usable
        said(found)

    def test_the_authoritys_own_is_left_out(self) -> None:
        found = examine(FakeBench(listed=(slot(held(authority()), held()),)))
        assert only(found, "doctor.certificate_authority").status is Status.SKIPPED
        assert found.usable

    def test_without_a_unit_nobodys_tax_code_is_compared(self) -> None:
        bench = FakeBench(listed=(slot(held(unit_identity(user_ids=("MST:0100000000",)))),))
        assert examine(bench, tax_code=None).usable

    @pytest.mark.parametrize(
        ("known", "told"),
        [
            (True, set()),
            (None, {"doctor.certificate_chain_unknown"}),
            (False, {"doctor.certificate_chain_untrusted"}),
        ],
    )
    def test_a_chain_that_leads_nowhere_is_told(self, known: bool | None, told: set[str]) -> None:
        found = examine(chain=lambda _der: known)
        codes = {check.code for check in found.checks}
        assert {code for code in codes if code.startswith("doctor.certificate_chain")} == told
        assert found.usable
        said(found)

    def test_the_line_names_it(self) -> None:
        check = only(examine(), "doctor.certificate_usable")
        line = text(check.code, **check.params)
        for part in (UNIT, TAX_CODE, unit_identity().serial):
            assert part in line


@pytest.mark.token
class TestRealDrivers:
    def examined(self, module: Path) -> Examination:
        desk = Computer(system=System.LINUX, content={}, variables={})
        desk.content[str(module)] = module.read_bytes()
        judge = Judge(now=NOW, tax_code=TAX_CODE)
        return Examine(places=desk.places, judge=judge, chosen=str(module), release="Linux")()

    def test_a_token(self, token: SoftToken) -> None:
        found = self.examined(MODULE)
        assert found.usable
        assert only(found, "doctor.token").params["label"] == LABEL
        assert "doctor.certificate_usable_unproven" in dict(said(found))

    @pytest.mark.parametrize(
        ("behaviour", "code"),
        [
            ("crashes-in-initialize", "token.crashed"),
            ("crashes-in-list", "token.crashed"),
            ("has-many-slots", "doctor.slot_virtual"),
            ("has-many-slots", "doctor.slot_unknown_device"),
            ("locked-from-the-start", "doctor.pin_locked"),
            ("has-one-try-left-from-the-start", "doctor.pin_final_try"),
            ("needs-login-to-list", "doctor.token_hides"),
        ],
    )
    def test_one_that_misbehaves(
        self,
        behaviour: str,
        code: str,
        misbehaving: Path,
        token: SoftToken,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setenv("MISBEHAVE", behaviour)
        assert code in dict(said(self.examined(misbehaving)))


def test_a_check_without_a_known_cure_sends_to_support() -> None:
    from signing.doctor.model import of_fault

    assert of_fault(SigningBug("sign.unverified", node="a")).cure == "cure.report"
    assert isinstance(of_fault(DeviceFault("token.none")), Check)


class Enough(Exception):
    """The person cancelled."""


class TestProgress:
    def test_each_driver_is_told_before_it_is_tried(self) -> None:
        told: list[tuple[int, int]] = []
        examine(tell=lambda tried, whole: told.append((tried, whole)))
        assert told == [(0, 1), (1, 1)]

    def test_each_step_is_heard_as_it_is_made(self) -> None:
        bench = FakeBench()
        heard: list[tuple[str, int]] = []
        found = examine(bench, hear=lambda check: heard.append((check.code, len(bench.steps))))
        assert [code for code, _ in heard] == [check.code for check in found.checks]
        assert ("doctor.service_running", 0) in heard
        assert ("doctor.driver_loads", 1) in heard
        assert ("doctor.driver_initialises", 2) in heard

    def test_what_turns_out_not_to_matter_was_heard_as_it_seemed(self) -> None:
        heard: list[Check] = []
        found = examine(desk=computer(plugged=()), hear=heard.append)
        assert found.usable
        seemed = next(each for each in heard if each.code == "doctor.readers_none")
        assert (seemed.status, only(found, seemed.code).status) == (Status.WARN, Status.SKIPPED)

    @pytest.mark.token
    def test_it_ends_in_the_middle_of_a_driver_that_hangs(
        self, misbehaving: Path, token: SoftToken, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Long before the deadline of the call, and the driver's process is gone."""
        monkeypatch.setenv("MISBEHAVE", "hangs-in-initialize")
        desk = Computer(system=System.LINUX, variables={})
        desk.content[str(misbehaving)] = misbehaving.read_bytes()
        started, heard = time.monotonic(), list[str]()

        def stop_when_loaded(_tried: int, _whole: int) -> None:
            if "doctor.driver_loads" in heard and time.monotonic() - started > 1:
                raise Enough

        check = Examine(
            places=desk.places,
            judge=Judge(now=NOW),
            chosen=str(misbehaving),
            tell=stop_when_loaded,
            hear=lambda check: heard.append(check.code),
        )
        with pytest.raises(Enough):
            check()
        assert heard[-1] == "doctor.driver_loads"

    def test_it_ends_before_the_next_driver(self) -> None:
        bench = FakeBench()

        def stop(_tried: int, _whole: int) -> None:
            raise Enough

        with pytest.raises(Enough):
            examine(bench, tell=stop)
        assert bench.steps == []
