"""What all numbers share: taking off separators, counting plain digits, cutting into groups."""

from forms.numbers.faults import WrongFormat, WrongLength

_SEPARATORS = str.maketrans("", "", " .-\t\u00a0\u2013")


def without_separators(number: str) -> str:
    """Without blanks, dots and dashes, in capitals."""
    return number.translate(_SEPARATORS).upper()


def are_digits(text: str) -> bool:
    """Only 0 to 9; digits of other scripts are none."""
    return text.isascii() and text.isdigit()


def need_digits(number: str, *lengths: int) -> str:
    """The number, when it is plain digits of one of the lengths.

    Raises WrongFormat and WrongLength.
    """
    if not are_digits(number):
        raise WrongFormat
    if len(number) not in lengths:
        raise WrongLength
    return number


def grouped(number: str, *sizes: int) -> str:
    """Cut into groups of these sizes, a space between."""
    groups, start = [], 0
    for size in sizes:
        groups.append(number[start : start + size])
        start += size
    return " ".join(group for group in groups if group)
