"""Guides in the words of the screen. No Qt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.ui.field_titles import known
from desktop.ui.texts import language, tr, words
from forms.guide import Guide, guide, guides, search

OF_UNIT = "unit."
"""before the keys of what is asked about the unit; their words are those of its form"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One guide as it is shown."""

    key: str
    title: str
    text: str
    source: str
    """with how certain it is"""


def page_of(key: str) -> Page:
    """Also for a field without a guide: said so, never an empty window."""
    found = guide(key)
    title = titles().get(key, tr("ui.guide"))
    if found is None:
        code = "ui.guide.none" if key else "ui.guide.no_field"
        return Page(key=key, title=title, text=tr(code), source="")
    return _page(found, title)


def pages(typed: str) -> Sequence[Page]:
    """All that hold the words typed, without diacritics."""
    said = titles()
    return [_page(one, said.get(one.key, one.key)) for one in search(typed, said, language())]


def titles() -> Mapping[str, str]:
    """key → what the field is called, of every field that may be asked about."""
    unit = (one.key for one in guides() if one.key.startswith(OF_UNIT))
    return {**known(), **{key: tr(f"ui.{key}") for key in unit}}


def _page(found: Guide, title: str) -> Page:
    grade = words(f"cli.confidence.{found.confidence.value}")
    place = words("cli.according_to", {"place": found.source, "grade": grade})
    return Page(key=found.key, title=title, text=found.text(language()), source=place.strip())
