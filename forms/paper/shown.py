"""Declared values as a person reads them on paper: codes in words, amounts with dots."""

from decimal import Decimal, InvalidOperation

from forms.codes import code_list
from forms.definition import Field, FieldType

MARK = "x"
_COEFFICIENT = 100
"""an amount up to this is a coefficient"""


def shown(field: Field, value: str) -> str:
    match field.type:
        case FieldType.MONEY | FieldType.DECIMAL:
            return amount(value)
        case FieldType.PERCENT:
            return value.replace(".", ",")
        case FieldType.CODE:
            return code_list(field.code_list or "").name_of(value) or value
        case FieldType.FLAG:
            return MARK if value == "1" else ""
        case _:
            return value


def amount(value: str) -> str:
    """``12500000`` → ``12.500.000``, ``2.34`` → ``2,34``; what is no number stays as it is."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    if not number.is_finite() or number < 0:
        return value
    if number <= _COEFFICIENT or number != number.to_integral_value():
        return value.replace(".", ",")
    return f"{int(number):,}".replace(",", ".")
