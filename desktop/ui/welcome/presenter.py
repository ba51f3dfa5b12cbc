"""What the form for a unit asks and where a wrong answer is said. No Qt."""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.services.api import Services
from desktop.ui.texts import tr, words
from forms.model import Unit
from resources.faults import Fault

BAD = "unit.bad_"
EXISTS = "unit.exists"
REGIONS = ("1", "2", "3", "4")


@dataclass(frozen=True, slots=True)
class Field:
    """One line of the form; words under ``ui.unit.<key>`` and ``ui.unit.<key>.example``."""

    key: str
    required: bool = True

    @property
    def label(self) -> str:
        return tr(f"ui.unit.{self.key}")

    @property
    def example(self) -> str:
        return tr(f"ui.unit.{self.key}.example")


FIELDS = (
    Field("code"),
    Field("name"),
    Field("tax_code"),
    Field("agency"),
    Field("region"),
    Field("signer"),
    Field("phone"),
    Field("email", required=False),
    Field("address", required=False),
)


class WelcomePresenter:
    def __init__(self, services: Services) -> None:
        self._services = services

    def missing(self, typed: Mapping[str, str]) -> dict[str, str]:
        """Field key → what to say, for everything that must not stay empty."""
        empty = [field for field in FIELDS if field.required and not typed[field.key].strip()]
        return {field.key: tr("ui.unit.required", field=field.label) for field in empty}

    def wrong(self, typed: Mapping[str, str]) -> dict[str, str]:
        """Field key → what to say of it: what is missing, and what cannot be right."""
        faults = self._services.wrong_in(unit_from(typed))
        found = {fault.code.removeprefix(BAD): words(fault.code, fault.params) for fault in faults}
        return found | self.missing(typed)

    def add(self, typed: Mapping[str, str]) -> Unit:
        """Stores the unit and gives it back as stored. Raises what ``Services.add_unit`` does."""
        before = {unit.code for unit in self._services.units()}
        self._services.add_unit(unit_from(typed))
        return next(unit for unit in self._services.units() if unit.code not in before)

    def change(self, typed: Mapping[str, str]) -> Unit:
        """The unit of the same code. Raises what ``Services.change_unit`` does."""
        changed = unit_from(typed)
        self._services.change_unit(changed)
        return self._services.unit(changed.code)

    def add_sample(self, unit: Unit) -> Unit:
        """The sample unit, which may be there already."""
        known = {each.code for each in self._services.units()}
        if unit.code not in known:
            self._services.add_unit(unit)
        return self._services.unit(unit.code)

    def wrong_field(self, error: BaseException) -> tuple[str, str] | None:
        """(field key, words) when the fault is about one answer, else None."""
        if not isinstance(error, Fault):
            return None
        if error.code == EXISTS:
            return "code", words(error.code, error.params)
        key = error.code.removeprefix(BAD)
        if error.code.startswith(BAD) and any(field.key == key for field in FIELDS):
            return key, words(error.code, error.params)
        return None


def typed_from(unit: Unit) -> dict[str, str]:
    """What stands in the form for a unit."""
    return {field.key: str(getattr(unit, field.key)) for field in FIELDS}


def unit_from(typed: Mapping[str, str]) -> Unit:
    region = typed["region"]
    return Unit(
        code=typed["code"],
        name=typed["name"],
        tax_code=typed["tax_code"],
        agency=typed["agency"],
        region=int(region) if region in REGIONS else 0,
        signer=typed["signer"],
        phone=typed["phone"],
        email=typed["email"],
        address=typed["address"],
    )
