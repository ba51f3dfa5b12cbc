"""Column letters and numbers: ``A`` is 1, ``Z`` 26, ``AA`` 27."""

from functools import cache


@cache
def to_letters(number: int) -> str:
    """Letters of the 1-based column ``number``."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@cache
def to_number(letters: str) -> int:
    """1-based number of the column ``letters`` (capitals A to Z)."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
