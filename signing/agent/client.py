"""The parent's side of the token agent: one request at a time, each with its deadline."""

import queue
import subprocess
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from resources.faults import Fault
from signing.agent.command import agent_command, agent_environment
from signing.agent.outcome import fault
from signing.agent.protocol import MAX_LINE, Message, decode, encode
from signing.errors import DeviceFault, SigningBug

DEADLINES: Mapping[str, float] = {
    "load": 8,
    "open": 8,
    "probe": 8,
    "survey": 15,
    "list": 15,
    "login": 60,
    "sign": 60,
    "logout": 5,
}
"""seconds a verb may take before the agent is killed"""
TICK = 0.1
"""seconds between two looks at whether the answer is still wanted"""


def wanted() -> None:
    return None


class TokenAgent:
    """A running child process for one PKCS#11 module. Leaving the block kills it.

    ``pulse`` is called again and again while an answer is waited for; what it raises ends the
    waiting and the agent, also in the middle of a driver's call.
    """

    def __init__(
        self,
        module: Path,
        deadlines: Mapping[str, float] = DEADLINES,
        pulse: Callable[[], None] = wanted,
    ) -> None:
        self._module = module
        self._deadlines = {**DEADLINES, **deadlines}
        self._pulse = pulse
        self._lock = threading.Lock()
        self._lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            agent_command(self._module.absolute()),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=agent_environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        if self._process.stdout is not None:
            arguments = (self._process.stdout, self._lines)
            threading.Thread(target=_collect, args=arguments, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.kill()

    @property
    def pid(self) -> int:
        return self._process.pid

    def ask(self, verb: str, **arguments: str | None) -> Message:
        """The agent's answer.

        Raises the fault it answered with; DeviceFault ``token.timeout`` when it is late and
        ``token.crashed`` when it is gone; what ``pulse`` raises; after any of these it is dead.
        """
        with self._lock:
            self._send(encode({"verb": verb, **arguments}))
            return self._understood(self._receive(self._deadlines[verb]))

    def kill(self) -> None:
        """Never asked to finish: drivers deadlock when they are unloaded (tokens §3)."""
        self._process.kill()
        self._process.wait()
        if self._process.stdin is not None:
            _close(self._process.stdin)

    def _send(self, line: bytes) -> None:
        pipe = self._process.stdin
        if pipe is None or pipe.closed:
            raise self._gone("token.crashed")
        try:
            pipe.write(line)
            pipe.flush()
        except OSError as error:
            raise self._gone("token.crashed") from error

    def _receive(self, deadline: float) -> bytes:
        line = self._awaited(time.monotonic() + deadline)
        if line is None:
            raise self._gone("token.timeout")
        if not line.endswith(b"\n"):
            raise self._gone("token.crashed")
        return line

    def _awaited(self, end: float) -> bytes | None:
        """None: it did not come by ``end``, a moment of the clock that only grows."""
        while (left := end - time.monotonic()) > 0:
            self._still_wanted()
            try:
                return self._lines.get(timeout=min(TICK, left))
            except queue.Empty:
                continue
        return None

    def _still_wanted(self) -> None:
        try:
            self._pulse()
        except BaseException:
            self.kill()
            raise

    def _gone(self, code: str) -> Fault:
        self.kill()
        return DeviceFault(code, module=self._module.name)

    def _understood(self, line: bytes) -> Message:
        try:
            answer = decode(line)
        except ValueError as error:
            raise self._gone("token.crashed") from error
        if "fault" in answer:
            raise fault(answer["fault"], {"module": self._module.name, **answer["params"]})
        if "bug" in answer:
            raise SigningBug("token.agent_bug", where=answer["bug"])
        ok: Message = answer["ok"]
        return ok


def _collect(stream: IO[bytes], lines: queue.SimpleQueue[bytes]) -> None:
    """Runs in a thread: a pipe cannot be waited for with a deadline on every system.

    The line that ends the thread, the empty one, tells that the process is gone.
    """
    with stream:
        while line := stream.readline(MAX_LINE):
            lines.put(line)
    lines.put(b"")


def _close(stream: IO[bytes]) -> None:
    """What could not be written to a process that is dead does not matter any more."""
    try:
        stream.close()
    except BrokenPipeError:
        return
