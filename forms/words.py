"""Amounts of đồng in Vietnamese words, as forms and payment papers want them."""

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ("", " nghìn", " triệu")
_BILLION = 1_000_000_000
"""tỷ; above it the counting begins anew: nghìn tỷ, triệu tỷ, tỷ tỷ"""


def in_words(number: int) -> str:
    """
    >>> in_words(21_005)
    'hai mươi mốt nghìn không trăm linh năm'
    """
    if number < 0:
        return f"âm {in_words(-number)}"
    return _whole(number) if number else _DIGITS[0]


def money_in_words(dong: int) -> str:
    """
    >>> money_in_words(1_250_000)
    'Một triệu hai trăm năm mươi nghìn đồng'
    """
    words = f"{in_words(dong)} đồng"
    return words[0].upper() + words[1:]


def _whole(number: int) -> str:
    above, below = divmod(number, _BILLION)
    if not above:
        return _below_billion(below, follows=False)
    head = f"{_whole(above)} tỷ"
    return f"{head} {_below_billion(below, follows=True)}" if below else head


def _below_billion(number: int, *, follows: bool) -> str:
    said: list[str] = []
    for power in (2, 1, 0):
        group = number // 1000**power % 1000
        if group:
            said.append(_group(group, follows=follows or bool(said)) + _SCALES[power])
    return " ".join(said)


def _group(group: int, *, follows: bool) -> str:
    """Three digits; hundreds are said even when there are none, if something goes before."""
    hundreds, rest = divmod(group, 100)
    said = [f"{_DIGITS[hundreds]} trăm"] if hundreds or follows else []
    if rest:
        said.append(_two_digits(rest, follows=bool(said)))
    return " ".join(said)


def _two_digits(rest: int, *, follows: bool) -> str:
    tens, units = divmod(rest, 10)
    if tens == 0:
        return f"linh {_DIGITS[units]}" if follows else _DIGITS[units]
    head = "mười" if tens == 1 else f"{_DIGITS[tens]} mươi"
    return f"{head} {_unit_after(tens, units)}" if units else head


def _unit_after(tens: int, units: int) -> str:
    if units == 1 and tens > 1:
        return "mốt"
    return "lăm" if units == 5 else _DIGITS[units]
