"""Every word of the window, looked up in the language chosen for it. No Qt."""

from collections.abc import Mapping

from resources.faults import Param
from resources.messages import LANGUAGES, catalogue, placeholders, text

_chosen = [LANGUAGES[0]]
"""one element: the language in use"""
MISSING = "…"
"""stands for a parameter that a stored event no longer has"""


def use_language(lang: str) -> None:
    """For the whole program. Raises ValueError for a language without words."""
    if lang not in LANGUAGES:
        raise ValueError(f"no words in {lang!r}")
    _chosen[0] = lang


def language() -> str:
    return _chosen[0]


def tr(code: str, /, **params: Param) -> str:
    """The window's own words. Raises KeyError for an unknown code: that is our mistake."""
    return text(code, _chosen[0], **params)


def words(code: str, params: Mapping[str, Param] | None = None) -> str:
    """Words for a code that another room gave us: never fails, for it may be an old one."""
    if code not in catalogue():
        return tr("ui.unknown_code", code=code)
    template = catalogue()[code][_chosen[0]]
    given = dict(params or {})
    return template.format_map(dict.fromkeys(placeholders(template), MISSING) | given)


def without_mnemonic(label: str) -> str:
    """A label as a screen reader should say it."""
    return label.replace("&&", "\0").replace("&", "").replace("\0", "&")
