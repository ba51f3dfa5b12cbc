"""What runs in the child process: reads a request, asks the driver, writes the answer.

The pipe of the protocol is taken away from the file descriptors 0 to 2 before the vendor's
driver is loaded, so that nothing it prints can reach the parent. The process ends without
asking the driver: some deadlock when they are unloaded (tokens §3).
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, NoReturn

from resources.faults import Fault
from signing.agent.driver import Driver
from signing.agent.protocol import MAX_LINE, Message, decode, encode, to_bytes, to_text

BUG_EXIT = 70
_FAIL_CRITICAL, _NO_CRASH_BOX, _NO_OPEN_FILE_BOX = 0x0001, 0x0002, 0x8000
"""of SetErrorMode"""


def main(arguments: list[str]) -> NoReturn:
    """Serves one PKCS#11 module, ``arguments[0]``, until the parent closes the pipe."""
    status = BUG_EXIT
    try:
        requests, answers = take_pipes()
        _let_no_window_of_windows_wait()
        serve(Driver(Path(arguments[0])), requests, answers)
        status = 0
    finally:
        os._exit(status)


def take_pipes() -> tuple[BinaryIO, BinaryIO]:
    """(requests, answers); standard input, output and error lead nowhere afterwards."""
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    _point_windows_handles_nowhere()
    return requests, answers


def _point_windows_handles_nowhere() -> None:
    """A DLL with a C library of its own looks at the process's handles, not at descriptors."""
    if sys.platform == "win32":
        import ctypes
        import msvcrt

        for number, descriptor in ((-10, 0), (-11, 1), (-12, 2)):
            handle = ctypes.c_void_p(msvcrt.get_osfhandle(descriptor))
            ctypes.windll.kernel32.SetStdHandle(number, handle)


def _let_no_window_of_windows_wait() -> None:
    """A driver that crashes or lacks a DLL would else open a dialog that nobody sees, and this
    process would wait for its button until the deadline: "hangs" in place of what happened."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.kernel32.SetErrorMode(_FAIL_CRITICAL | _NO_CRASH_BOX | _NO_OPEN_FILE_BOX)


def serve(driver: Driver, requests: BinaryIO, answers: BinaryIO) -> None:
    while line := requests.readline(MAX_LINE):
        answers.write(encode(answer(driver, decode(line))))
        answers.flush()


def answer(driver: Driver, request: Message) -> Message:
    try:
        return {"ok": VERBS[request["verb"]](driver, request)}
    except Fault as fault:
        return {"fault": fault.code, "params": dict(fault.params)}
    except Exception as error:  # noqa: BLE001 - whatever it is, the parent must learn where
        return {"bug": _where(error)}


def _where(error: Exception) -> str:
    """Kind and line only: a message could repeat what was asked."""
    traceback = error.__traceback__
    while traceback is not None and traceback.tb_next is not None:
        traceback = traceback.tb_next
    place = traceback.tb_frame.f_code.co_name if traceback else "?"
    line = traceback.tb_lineno if traceback else 0
    return f"{type(error).__name__} in {place}:{line}"


def _load(driver: Driver, _request: Message) -> Message:
    driver.load()
    return {}


def _open(driver: Driver, _request: Message) -> Message:
    driver.open()
    return {}


def _survey(driver: Driver, _request: Message) -> Message:
    return {"slots": driver.survey()}


def _probe(driver: Driver, _request: Message) -> Message:
    return {"slots": driver.probe()}


def _list(driver: Driver, _request: Message) -> Message:
    return driver.scan()


def _login(driver: Driver, request: Message) -> Message:
    return {"certificate": to_text(_entered(driver, request))}


def _entered(driver: Driver, request: Message) -> bytes:
    return driver.login(request["pin"], request["serial"], last_try=bool(request.get("last_try")))


def _sign(driver: Driver, request: Message) -> Message:
    return {"value": to_text(driver.sign(to_bytes(request["digest"])))}


def _logout(driver: Driver, _request: Message) -> Message:
    driver.logout()
    return {}


VERBS: dict[str, Callable[[Driver, Message], Message]] = {
    "load": _load,
    "open": _open,
    "survey": _survey,
    "probe": _probe,
    "list": _list,
    "login": _login,
    "sign": _sign,
    "logout": _logout,
}
