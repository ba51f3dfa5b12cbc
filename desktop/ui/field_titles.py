"""What a field is called and how its value is written, whatever list it belongs to. No Qt."""

from collections.abc import Mapping
from functools import cache

from desktop.services.api import Services
from desktop.services.roster_api import RosterField
from desktop.ui.field_values import shown
from desktop.ui.roster.cells import title
from desktop.ui.texts import language
from forms.excel.mapping_file import field_titles, part_titles
from forms.model import Part
from forms.roster.fields import fields


def declared() -> Mapping[str, str]:
    """key → title of every field that a list of people may hold, in its order."""
    return _declared(language())


def known() -> Mapping[str, str]:
    """key → title of every field of the roster, of a declaration and of the lists beside it."""
    return _known(language())


@cache
def _known(lang: str) -> Mapping[str, str]:
    roster = {
        key: field.title_en if lang == "en" else field.title_vi for key, field in fields().items()
    }
    beside = {**part_titles(Part.BANG_KE, lang), **part_titles(Part.PHU_LUC, lang)}
    return {**beside, **roster, **_declared(lang)}


@cache
def _declared(lang: str) -> Mapping[str, str]:
    return field_titles(lang)


class FieldTitles:
    def __init__(self, services: Services) -> None:
        self._services = services
        self._roster: dict[str, RosterField] = {}

    @property
    def roster(self) -> Mapping[str, RosterField]:
        """Read once: the fields are data that come with the program."""
        if not self._roster:
            self._roster = {field.key: field for field in self._services.roster.fields()}
        return self._roster

    def title(self, key: str) -> str:
        field = self.roster.get(key)
        return title(field) if field else declared().get(key, key)

    def shown(self, key: str, value: str) -> str:
        field = self.roster.get(key)
        return shown(field, value) if field else value
