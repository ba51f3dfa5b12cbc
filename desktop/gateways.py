"""Ways of sending that are installed: our own, and those of other programs by entry points.

Group ``tokhai.gateways``: a name, and a function that takes a destination and the ``Line`` (TLS,
pins, proxy, limits) and returns a ``sync.ports.Gateway``; ``docs/gateway.md`` tells how to write
one. Our own are known without any metadata, so that a frozen program has them, and no other
program can take their names. What goes wrong in somebody else's code is a named fault of the
parcel concerned; it never ends the program.
"""

import logging
from collections.abc import Callable, Iterable
from hashlib import sha256
from importlib.metadata import EntryPoint, entry_points
from typing import Any, TypeVar

from resources.faults import Fault, UsageFault
from sync.errors import Permanent, Transient
from sync.line import Line
from sync.model import OWN_ADAPTER, Answer, Destination, Parcel, PostedFile, Posts
from sync.ports import Gateway, Mailbox, Progress

GROUP = "tokhai.gateways"
MOST_NAME = 60
MakeGateway = Callable[[Destination, Line], Gateway]
T = TypeVar("T")

_LOG = logging.getLogger(__name__)


def own(destination: Destination, line: Line) -> Gateway:
    """HTTPS, tus and JSON as ``resources/gateway/openapi.yaml`` describes."""
    return line.gateway(destination)


OWN: dict[str, MakeGateway] = {OWN_ADAPTER: own}


def installed() -> Iterable[EntryPoint]:
    """What other programs bring; none where nothing is known of what is installed."""
    return entry_points(group=GROUP)


class Adapters:
    """Finds the way of sending that a destination names."""

    def __init__(self, line: Line, found: Callable[[], Iterable[EntryPoint]] = installed) -> None:
        self._line = line
        self._found = found

    def gateway(self, destination: Destination) -> Gateway:
        """Raises Permanent ``gateway.no_adapter``, ``gateway.plug_in``, and what our own raises."""
        name = destination.adapter
        if name in OWN:
            return OWN[name](destination, self._line)
        made = guarded(name, lambda: self._load(name)(destination, self._line))
        return Foreign(name, made)

    def mailbox(self, destination: Destination) -> Mailbox:
        """Ours, or that of a way of sending whose gateway is a ``Mailbox`` too.

        Raises as ``gateway``, and UsageFault ``inbox.no_mailbox``.
        """
        name = destination.adapter
        if name in OWN:
            return self._line.mailbox(destination)
        made = guarded(name, lambda: self._load(name)(destination, self._line))
        if not isinstance(made, Mailbox):
            raise UsageFault("inbox.no_mailbox", adapter=name[:MOST_NAME])
        return ForeignMailbox(name, made)

    def forgive(self, destination: Destination) -> None:
        """Tried at the next call, however often it failed of late."""
        if destination.adapter in OWN:
            self._line.hosts.forgive(destination.url)

    def _load(self, name: str) -> MakeGateway:
        found = next((point for point in self._found() if point.name == name), None)
        if found is None:
            raise Permanent("gateway.no_adapter", adapter=name[:MOST_NAME])
        load: MakeGateway = found.load()
        return load


class Foreign:
    """Somebody else's gateway, held to what the outbox expects."""

    def __init__(self, name: str, gateway: Gateway) -> None:
        self._name = name
        self._gateway = gateway

    @property
    def idempotent(self) -> bool:
        """Only who says so."""
        return guarded(self._name, lambda: getattr(self._gateway, "idempotent", False) is True)

    def deliver(
        self,
        parcel: Parcel,
        content: bytes,
        *,
        remember_upload: Callable[[str], None],
        progress: Progress,
    ) -> Answer:
        ours = Ours()
        return self._answer(
            lambda: self._gateway.deliver(
                parcel,
                content,
                remember_upload=ours.watched(remember_upload),
                progress=ours.watched(progress),
            ),
            ours,
        )

    def ask(self, parcel: Parcel) -> Answer:
        return self._answer(lambda: self._gateway.ask(parcel), Ours())

    def _answer(self, call: Callable[[], Answer], ours: "Ours") -> Answer:
        answer = guarded(self._name, call, ours)
        if not isinstance(answer, Answer):
            raise fault_of(self._name, type(answer).__name__)
        return answer


class ForeignMailbox:
    """Somebody else's mailbox: what it gives is held against what was told of it."""

    def __init__(self, name: str, mailbox: Mailbox) -> None:
        self._name = name
        self._mailbox = mailbox

    def posts(self, *, unit_code: str, tax_code: str, cursor: str) -> Posts:
        def ask() -> Posts:
            return self._mailbox.posts(unit_code=unit_code, tax_code=tax_code, cursor=cursor)

        found = guarded(self._name, ask)
        if not isinstance(found, Posts):
            raise fault_of(self._name, type(found).__name__)
        return found

    def fetch(self, file: PostedFile) -> bytes:
        content = guarded(self._name, lambda: self._mailbox.fetch(file))
        if not isinstance(content, bytes):
            raise fault_of(self._name, type(content).__name__)
        if sha256(content).hexdigest() != file.sha256:
            raise Transient("gateway.rubbish")
        return content


class Ours:
    """What was raised by the outbox's own callbacks: a pause or a cancel, no fault of theirs."""

    def __init__(self) -> None:
        self.raised: BaseException | None = None

    def watched(self, call: Callable[..., None]) -> Callable[..., None]:
        def watching(*given: Any) -> None:
            try:
                call(*given)
            except BaseException as error:
                self.raised = error
                raise

        return watching


def guarded(name: str, call: Callable[[], T], ours: Ours | None = None) -> T:
    """Raises Permanent ``gateway.plug_in`` for whatever is not one of our faults."""
    try:
        answer = call()
    except Fault:
        raise
    except Exception as error:  # somebody else's code: anything may come
        if ours and ours.raised:
            raise ours.raised from None
        _LOG.warning("gateway %s failed: %s", name[:MOST_NAME], type(error).__name__)
        raise fault_of(name, type(error).__name__) from error
    if ours and ours.raised:
        raise ours.raised
    return answer


def fault_of(name: str, kind: str) -> Permanent:
    return Permanent("gateway.plug_in", adapter=name[:MOST_NAME], kind=kind[:MOST_NAME])
