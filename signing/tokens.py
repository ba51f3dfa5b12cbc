"""Tokens on the desk: what they hold, and a Signer from one login. Never loads a driver itself."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from signing.agent.client import DEADLINES, TokenAgent
from signing.agent.protocol import Message, to_bytes, to_text
from signing.certificates import read_certificate
from signing.errors import DeviceFault
from signing.key_kind import key_kind
from signing.model import TokenCertificate, TokenSlot
from signing.module_file import check_module
from signing.ports import Signer


def list_tokens(
    module: Path, *, deadlines: Mapping[str, float] = DEADLINES
) -> tuple[TokenSlot, ...]:
    """Tokens and certificates, without a PIN. A slot that cannot be read is left out.

    Raises DeviceFault.
    """
    check_module(module)
    with TokenAgent(module, deadlines) as agent:
        agent.ask("probe")
        return slots_of(agent.ask("list"))


def count_tokens(module: Path, *, deadlines: Mapping[str, float] = DEADLINES) -> int:
    """How many tokens this driver sees now, without reading what they hold.

    Raises DeviceFault.
    """
    check_module(module)
    with TokenAgent(module, deadlines) as agent:
        return sum(each["state"] == "token" for each in agent.ask("survey")["slots"])


@contextmanager
def open_token(
    module: Path,
    pin: str,
    serial: str | None = None,
    *,
    last_try: bool = False,
    deadlines: Mapping[str, float] = DEADLINES,
) -> Iterator[Signer]:
    """One login for everything signed inside the block; the PIN is not kept here.

    ``pin`` is empty where it is typed on the device. ``last_try``: the person was told that a
    wrong PIN may lock the token now, and said yes. ``serial``: the certificate's, hex; None
    where only one can be meant. Raises PinFault, CertificateFault ``certificate.none``,
    ``certificate.several``, ``certificate.no_private_key``, ``certificate.key_type``, and
    DeviceFault.
    """
    check_module(module)
    with TokenAgent(module, deadlines) as agent:
        agent.ask("probe")
        wanted = _bare_serial(serial) if serial else None
        yes = "yes" if last_try else None
        answer = agent.ask("login", pin=pin, serial=wanted, last_try=yes)
        certificate = to_bytes(answer["certificate"])
        yield TokenSigner(certificate=certificate, agent=agent)
        with suppress(DeviceFault):  # the process is killed at once; what was signed stands
            agent.ask("logout")


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenSigner:
    """A Signer whose private key never leaves the token."""

    certificate: bytes
    agent: TokenAgent

    def sign(self, octets: bytes) -> bytes:
        digest = key_kind(self.certificate).digest(octets)
        return to_bytes(self.agent.ask("sign", digest=to_text(digest))["value"])


def _bare_serial(serial: str) -> str:
    """As CertificateInfo has it, from any usual way of writing: ``54:01:…``, lower case."""
    return serial.replace(":", "").replace(" ", "").upper().lstrip("0")


def slots_of(answer: Message) -> tuple[TokenSlot, ...]:
    """What the agent's verb ``list`` says."""
    return tuple(_slot(each) for each in answer["slots"])


def _slot(answer: Message) -> TokenSlot:
    certificates = tuple(_certificate(each) for each in answer["certificates"])
    return TokenSlot(**{**answer, "certificates": certificates})


def _certificate(answer: Message) -> TokenCertificate:
    return TokenCertificate(
        certificate=read_certificate(to_bytes(answer["der"])),
        key_id=answer["key_id"],
        has_private_key=answer["has_private_key"],
    )
