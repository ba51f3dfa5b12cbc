"""What the check finds. Values; their words stand in resources/messages/doctor.toml."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from resources.faults import Fault, Param
from signing.agent.outcome import cure_of


class Status(StrEnum):
    OK = "ok"
    WARN = "warn"
    """works, or may not matter; to be known"""
    FAIL = "fail"
    SKIPPED = "skipped"
    """does not apply here, or could not be tried after what failed before"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was tried. ``params`` may name a person's certificate: they are for the
    screen, and go through ``bundle.without_persons`` before anybody else gets them."""

    code: str
    status: Status
    params: Mapping[str, Param] = field(default_factory=dict)
    cure: str | None = None
    """code of what the person can do"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    checks: tuple[Check, ...]
    usable: bool
    """there is a token here that can sign"""


def ok(code: str, **params: Param) -> Check:
    return Check(code=code, status=Status.OK, params=params)


def warn(code: str, cure: str | None = None, **params: Param) -> Check:
    return Check(code=code, status=Status.WARN, params=params, cure=cure)


def fail(code: str, cure: str, **params: Param) -> Check:
    return Check(code=code, status=Status.FAIL, params=params, cure=cure)


def skipped(code: str, **params: Param) -> Check:
    return Check(code=code, status=Status.SKIPPED, params=params)


def of_fault(fault: Fault, **more: Param) -> Check:
    """The fault's own sentence, and the cure that is known for it."""
    return Check(
        code=fault.code,
        status=Status.FAIL,
        params={**fault.params, **more},
        cure=cure_of(fault) or "cure.report",
    )
