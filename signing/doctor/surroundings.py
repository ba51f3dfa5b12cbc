"""What must be right before any driver: the smart card service, the readers, who sits where."""

from collections.abc import Iterator

from signing.doctor.model import Check, fail, ok, skipped, warn
from signing.finding.drivers import System
from signing.finding.library import OUR_BITS
from signing.finding.places import Places, Reader, Service

RESTART = {
    System.WINDOWS: "cure.restart_service",
    System.LINUX: "cure.start_pcscd",
    System.MACOS: "cure.replug",
}


def surroundings(places: Places, *, release: str) -> Iterator[Check]:
    """``release``: the system's own name and number, such as ``Windows 11``."""
    yield ok("doctor.system", system=release, bits=OUR_BITS)
    if places.remote_session:
        yield warn("doctor.remote_desktop", "cure.remote_desktop")
    yield _service(places)
    yield from _readers(places.readers.readers())


def _service(places: Places) -> Check:
    """Elsewhere than in Windows a driver may do without it."""
    service = places.readers.service()
    if service is Service.RUNNING:
        return ok("doctor.service_running")
    if places.system is System.WINDOWS:
        return fail("doctor.service_stopped", RESTART[places.system])
    if service is Service.ABSENT:
        return skipped("doctor.service_absent")
    return warn("doctor.service_stopped", RESTART[places.system])


def _readers(readers: tuple[Reader, ...] | None) -> Iterator[Check]:
    if readers is None:
        yield skipped("doctor.readers_unknown")
    elif not readers:
        yield warn("doctor.readers_none", "cure.other_port")
    else:
        for reader in readers:
            yield ok("doctor.reader", reader=reader.name)
