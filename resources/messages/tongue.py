"""The language that one running program speaks; it may change while it runs."""

from resources.messages import LANGUAGES


class Tongue:
    """Shared by everything that must speak the same language at the same time."""

    def __init__(self, lang: str = LANGUAGES[0]) -> None:
        self.use(lang)

    @property
    def lang(self) -> str:
        return self._lang

    def use(self, lang: str) -> None:
        """Raises ValueError for a language without words."""
        if lang not in LANGUAGES:
            raise ValueError(f"no words in {lang!r}")
        self._lang = lang


def tongue_of(lang: str | Tongue) -> Tongue:
    return lang if isinstance(lang, Tongue) else Tongue(lang)
