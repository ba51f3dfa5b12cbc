"""What the protocols need of HTTP, so that they can be tried without a network."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from sync.model import Destination

Body = bytes | memoryview
"""a part of a package is looked at where it lies and never copied"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer as it came; header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Http(Protocol):
    """One verified connection to one gateway. Raises ``sync.errors`` when nothing came back."""

    def request(
        self, method: str, url: str, *, headers: Mapping[str, str], body: Body = b""
    ) -> Reply: ...


Connect = Callable[[Destination], AbstractContextManager[Http]]
"""opens the connection to a gateway and closes it at the end"""
