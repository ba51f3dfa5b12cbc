"""Forms whose lines are fixed, such as C12-TS: every line in its place, filled in or not."""

from collections.abc import Iterator, Mapping, Sequence

from forms.definition import FormDefinition
from forms.model import Row

NUMBER_OF_LINE, NAME_OF_LINE = "stt", "noi_dung"
_ANY = ".n"
"""ends the code of a line that stands for any number of lines"""


def fixed_lines(definition: FormDefinition, rows: Sequence[Row]) -> Iterator[Mapping[str, str]]:
    """In the order of the form; ``rows`` are found by the code of their line, such as ``B.3.1``.

    A line that may be repeated (``C.n``) is there once for each row of its section.
    """
    by_code = {row.get(NUMBER_OF_LINE): row.values for row in rows}
    known = {line.code for line in definition.lines}
    for line in definition.lines:
        found: list[tuple[str, Mapping[str, str]]] = [(line.code, by_code.get(line.code, {}))]
        if line.code.endswith(_ANY):
            section = line.code.removesuffix("n")
            more = {code: values for code, values in by_code.items() if code.startswith(section)}
            found = [each for each in more.items() if each[0] not in known] or found
        for code, values in found:
            yield {NAME_OF_LINE: line.label_vi, **values, NUMBER_OF_LINE: _printed(code)}


def _printed(code: str) -> str:
    """``B.3.1`` is printed as ``3.1`` below ``B``."""
    _, _, number = code.partition(".")
    return number or code
