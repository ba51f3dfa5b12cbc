"""Units: adding one, after everything that can be checked about it was checked."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from unicodedata import normalize

from desktop.services.ports import Store
from forms.model import Unit
from forms.numbers import agency_code, phone, tax_code, unit_code
from forms.numbers.faults import NumberFault
from resources.faults import DataFault

REGIONS = range(1, 5)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitCases:
    """Adding and finding units."""

    store: Store

    def add(self, unit: Unit) -> None:
        """Stores the unit in its tidy form.

        Raises DataFault ``unit.bad_…`` for the first field that is wrong, UsageFault
        ``unit.exists``.
        """
        tidy = checked(unit)
        with self.store.begin() as work:
            work.units.add(tidy)
            work.commit()

    def change(self, unit: Unit) -> None:
        """The unit of the same code from now on; what was filed stays as it was signed.

        Raises as ``add``, and UsageFault ``unit.unknown``.
        """
        tidy = checked(unit)
        with self.store.begin() as work:
            work.units.replace(tidy)
            work.commit()

    def all(self) -> Sequence[Unit]:
        with self.store.reading() as work:
            return work.units.all()

    def get(self, code: str) -> Unit:
        with self.store.reading() as work:
            return work.units.get(code)


def checked(unit: Unit) -> Unit:
    """Numbers in their clean form, text without stray blanks.

    Raises DataFault ``unit.bad_…`` for the first field that is wrong, in the order of the form.
    """
    return replace(unit, **{field: tidy(unit) for field, tidy in _TIDY.items()})


def faults_of(unit: Unit) -> tuple[DataFault, ...]:
    """``unit.bad_…`` of every field that is wrong, in the order of the form."""
    return tuple(fault for tidy in _TIDY.values() if (fault := _fault(tidy, unit)))


def _fault(tidy: Callable[[Unit], str | int], unit: Unit) -> DataFault | None:
    try:
        tidy(unit)
    except DataFault as fault:
        return fault
    return None


def plain(text: str) -> str:
    """Single blanks, letters composed as the wire has them."""
    return normalize("NFC", " ".join(text.split()))


def _number(field: str, validate: Callable[[str], str], text: str) -> str:
    try:
        return validate(text.strip())
    except NumberFault:
        raise _bad(field) from None


def _text(field: str, text: str) -> str:
    if not (tidy := plain(text)):
        raise _bad(field)
    return tidy


def _region(region: int) -> int:
    if region not in REGIONS:
        raise _bad("region")
    return region


def _email(text: str) -> str:
    tidy = plain(text)
    if tidy and not _EMAIL.match(tidy):
        raise _bad("email")
    return tidy


def _bad(field: str) -> DataFault:
    return DataFault(f"unit.bad_{field}")


_TIDY: Mapping[str, Callable[[Unit], Any]] = {
    "code": lambda unit: _number("code", unit_code.validate, unit.code),
    "name": lambda unit: _text("name", unit.name),
    "tax_code": lambda unit: _number("tax_code", tax_code.validate, unit.tax_code),
    "agency": lambda unit: _number("agency", agency_code.validate, unit.agency),
    "region": lambda unit: _region(unit.region),
    "signer": lambda unit: _text("signer", unit.signer),
    "phone": lambda unit: _number("phone", phone.validate, unit.phone),
    "email": lambda unit: _email(unit.email),
    "address": lambda unit: plain(unit.address),
}
"""field → its tidy form"""
