"""Language, colours and size of letters: chosen by the person, kept, changed while it runs."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from desktop.ui import texts, theme
from desktop.ui.qt_words import QtWords
from desktop.ui.settings import UiSettings
from resources.messages import LANGUAGES

LANGUAGE, THEME, SIZE = "window/language", "window/theme", "window/size"


def no_other_language(_lang: str) -> None:
    """For a program whose use cases say nothing themselves."""


class Appearance(QObject):
    """The one place that changes how the program looks and speaks."""

    changing = Signal()
    """what need not be drawn once more for the new look may go"""
    changed = Signal()
    """every screen must be made anew"""

    def __init__(
        self,
        app: QApplication,
        settings: UiSettings,
        *,
        lang: str,
        tell_language: Callable[[str], None] = no_other_language,
    ) -> None:
        """``lang``: where nothing was chosen yet. ``tell_language``: so that the use cases speak
        the same language."""
        super().__init__(app)
        self._app = app
        self._settings = settings
        self._tell_language = tell_language
        self._first_language = lang
        self._words = QtWords(self)
        app.styleHints().colorSchemeChanged.connect(self._system_changed)

    @property
    def language(self) -> str:
        known = self._settings.text(LANGUAGE)
        return known if known in LANGUAGES else self._first_language

    @property
    def theme(self) -> str:
        """One of ``desktop.ui.theme.CHOICES``."""
        known = self._settings.text(THEME)
        return known if known in theme.CHOICES else theme.FOLLOW

    @property
    def size(self) -> int:
        """% of the usual letters; one of ``desktop.ui.theme.SCALES``."""
        known = self._settings.text(SIZE)
        return int(known) if known in map(str, theme.SCALES) else theme.SCALES[0]

    def apply(self) -> None:
        """As it was chosen; before the first window."""
        texts.use_language(self.language)
        self._tell_language(self.language)
        theme.use_theme(self.theme)
        theme.use_scale(self.size)
        theme.dress(self._app)
        self._install_words()

    def choose_language(self, lang: str) -> None:
        """Raises ValueError for a language without words."""
        texts.use_language(lang)
        self._keep(LANGUAGE, lang)

    def choose_theme(self, name: str) -> None:
        theme.use_theme(name)
        self._keep(THEME, name)

    def choose_size(self, percent: int) -> None:
        theme.use_scale(percent)
        self._keep(SIZE, str(percent))

    def _keep(self, key: str, value: str) -> None:
        self._settings.remember(key, value)
        self._change()

    def _change(self) -> None:
        self.changing.emit()
        self.apply()
        self.changed.emit()

    def _install_words(self) -> None:
        """Installed anew, Qt tells every window that the language may have changed."""
        QCoreApplication.removeTranslator(self._words)
        QCoreApplication.installTranslator(self._words)

    def _system_changed(self, _scheme: Qt.ColorScheme) -> None:
        if self.theme == theme.FOLLOW and theme.system_theme() != theme.theme():
            self._change()


def speaks_otherwise(event: QEvent) -> bool:
    return event.type() is QEvent.Type.LanguageChange
