"""Units: adding one, after everything that can be checked about it was checked."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from unicodedata import normalize

from desktop.services.ports import Store
from forms.model import Unit
from resources.faults import DataFault

REGIONS = range(1, 5)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberRules:
    """Whether a number has the form its issuer gives it (portal and formats §4)."""

    unit_code: Callable[[str], bool]
    tax_code: Callable[[str], bool]
    agency: Callable[[str], bool]
    phone: Callable[[str], bool]


def tidy(unit: Unit) -> Unit:
    """Without stray blanks; the unit's code in capitals; text composed as screens show it."""
    return replace(
        unit,
        code=plain(unit.code).upper(),
        name=plain(unit.name),
        tax_code=plain(unit.tax_code),
        agency=plain(unit.agency).upper(),
        signer=plain(unit.signer),
        phone=plain(unit.phone),
        email=plain(unit.email),
        address=plain(unit.address),
    )


def plain(text: str) -> str:
    return normalize("NFC", " ".join(text.split()))


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitCases:
    store: Store
    rules: NumberRules

    def add(self, unit: Unit) -> None:
        """Stores the unit in its tidy form.

        Raises DataFault ``unit.bad_…`` for the first field that is wrong, UsageFault
        ``unit.exists``.
        """
        unit = tidy(unit)
        for field in self.wrong_fields(unit):
            raise DataFault(f"unit.bad_{field}")
        with self.store.begin() as work:
            work.units.add(unit)
            work.commit()

    def wrong_fields(self, unit: Unit) -> Iterator[str]:
        """Field names in the order of the form, each wrong one once."""
        checks = {
            "code": self.rules.unit_code(unit.code),
            "name": bool(unit.name.strip()),
            "tax_code": self.rules.tax_code(unit.tax_code),
            "agency": self.rules.agency(unit.agency),
            "region": unit.region in REGIONS,
            "signer": bool(unit.signer.strip()),
            "phone": self.rules.phone(unit.phone),
            "email": not unit.email or bool(_EMAIL.match(unit.email)),
        }
        return (field for field, right in checks.items() if not right)

    def all(self) -> Sequence[Unit]:
        with self.store.begin() as work:
            return work.units.all()

    def get(self, code: str) -> Unit:
        with self.store.begin() as work:
            return work.units.get(code)
