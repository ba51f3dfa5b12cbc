"""Whatever the reading library says about a damaged file is one fault."""

from collections.abc import Iterator
from contextlib import contextmanager

from python_calamine import CalamineError

from resources.faults import DataFault


@contextmanager
def damage_named() -> Iterator[None]:
    """Whatever the reading library says about a damaged file becomes one fault."""
    try:
        yield
    except (CalamineError, OSError, ValueError) as error:
        raise DataFault("workbook.broken") from error
    except BaseException as error:
        # a panic inside the library is no Exception and its class cannot be imported
        if type(error).__name__ != "PanicException":
            raise
        raise DataFault("workbook.broken") from error
