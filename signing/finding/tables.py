"""Reading numbers and names at given places of a file that may be broken or hostile."""

import struct


class Broken(ValueError):
    """A table points outside the file or is larger than any real one."""


def numbers(data: bytes, at: int, form: str) -> tuple[int, ...]:
    """``form`` as in ``struct``, with its byte order. Raises Broken."""
    if not 0 <= at <= len(data):
        raise Broken("outside the file")
    try:
        return struct.unpack_from(form, data, at)
    except struct.error as error:
        raise Broken("after the file") from error


def number(data: bytes, at: int, form: str) -> int:
    return numbers(data, at, form)[0]


def name_is(data: bytes, at: int, name: bytes) -> bool:
    """Whether the zero-ended text at this place is ``name``."""
    return at >= 0 and data[at : at + len(name) + 1] == name + b"\0"


def at_most(value: int, most: int) -> int:
    """Raises Broken for a count that no real file has."""
    if value > most:
        raise Broken("a table too large to be real")
    return value
