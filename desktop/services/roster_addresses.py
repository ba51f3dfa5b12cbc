"""Addresses by codes of before July 2025, with what they may be today. The user decides."""

from collections.abc import Iterator, Sequence
from functools import cache

from desktop.services.roster_api import AddressProposal
from desktop.services.roster_ports import RosterStore
from forms.codes import code_list
from forms.conversion import Conversion, Kind, convert_commune
from forms.roster.fields import fields
from forms.roster.model import Values

COMMUNES = "xa"


def old_addresses(roster: RosterStore, unit_code: str) -> Sequence[AddressProposal]:
    """By person, then in the order of the fields."""
    keys = [key for key, field in fields().items() if field.code_list == COMMUNES]
    found = roster.values_of(unit_code, keys)
    return [proposal for one, values in found for proposal in _proposals(one, keys, values)]


def _proposals(person: int, keys: Sequence[str], values: Values) -> Iterator[AddressProposal]:
    for key in keys:
        code = values.get(key, "")
        options = _options(code) if code else ()
        if options:
            yield AddressProposal(person=person, key=key, before=code, options=options)


def is_old(code: str) -> bool:
    """Whether it is known what the commune has become."""
    return bool(_options(code))


@cache
def _options(code: str) -> tuple[tuple[str, str], ...]:
    """None for a code that is good today: many went on with another name and area."""
    if code_list(COMMUNES).contains(code):
        return ()
    conversion: Conversion = convert_commune(code)
    if conversion.kind is Kind.UNKNOWN:
        return ()
    return tuple((one.code, one.name) for one in conversion.candidates)
