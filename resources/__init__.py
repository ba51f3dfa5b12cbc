"""Data that the program ships: forms, codes, layouts, messages. Reads the same frozen or not."""

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable


def locate(name: str) -> Traversable:
    """The resource ``name`` (parts separated by ``/``), whether or not it exists."""
    return files(__name__).joinpath(*name.split("/"))


def read_bytes(name: str) -> bytes:
    """Raises FileNotFoundError when there is no such resource."""
    return locate(name).read_bytes()


def read_text(name: str) -> str:
    """UTF-8 text of a resource. Raises FileNotFoundError when there is none."""
    return locate(name).read_text(encoding="utf-8")


def children(name: str) -> Iterator[str]:
    """Sorted names below a resource folder."""
    return iter(sorted(entry.name for entry in locate(name).iterdir()))
