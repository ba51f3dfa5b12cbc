"""One driver on the bench: each step in the agent's process, under its own deadline."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from resources.faults import Param
from signing.agent.client import DEADLINES, TokenAgent, wanted
from signing.model import TokenSlot
from signing.tokens import slots_of


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotState:
    """``state``: ``token``, ``unset``, ``empty``, ``virtual``, ``unreadable``."""

    slot: int
    reader: str
    state: str
    fault: str | None = None
    params: Mapping[str, Param] = field(default_factory=dict)


class Bench(Protocol):
    """Every step raises DeviceFault; after ``token.timeout`` or ``token.crashed`` the rest do too.
    A PIN is never asked for."""

    def load(self) -> None: ...

    def open(self) -> None: ...

    def survey(self) -> Sequence[SlotState]: ...

    def tokens(self) -> Sequence[TokenSlot]: ...


Pulse = Callable[[], None]
"""called while a driver is waited for; what it raises ends the driver there"""
OpenBench = Callable[[Path, Pulse], AbstractContextManager[Bench]]


@dataclass(frozen=True, slots=True)
class AgentBench:
    agent: TokenAgent

    def load(self) -> None:
        self.agent.ask("load")

    def open(self) -> None:
        self.agent.ask("open")

    def survey(self) -> Sequence[SlotState]:
        return tuple(SlotState(**each) for each in self.agent.ask("survey")["slots"])

    def tokens(self) -> Sequence[TokenSlot]:
        return slots_of(self.agent.ask("list"))


@contextmanager
def agent_bench(
    module: Path, pulse: Pulse = wanted, deadlines: Mapping[str, float] = DEADLINES
) -> Iterator[Bench]:
    with TokenAgent(module, deadlines, pulse) as agent:
        yield AgentBench(agent)
