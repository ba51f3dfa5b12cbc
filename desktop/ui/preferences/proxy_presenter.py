"""The login that a network's proxy may want. No Qt; the password only passes through."""

from dataclasses import dataclass, field

from desktop.services.secrets_api import SecretsApi
from desktop.ui.texts import tr
from resources.faults import UsageFault


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyTyped:
    """``place``: host and port, as typed."""

    place: str
    user: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyShown:
    """``place``: the one that is asked about, else the system's own; ``user``: whose login is kept
    for it, or nothing."""

    place: str
    system: str
    user: str


class ProxyPresenter:
    def __init__(self, secrets: SecretsApi) -> None:
        self._secrets = secrets

    # ---- off the UI thread

    def shown(self, place: str = "") -> ProxyShown:
        system = self._secrets.proxy_of_system()
        asked = place.strip() or system
        return ProxyShown(place=asked, system=system, user=self._secrets.proxy_user(asked))

    def keep(self, typed: ProxyTyped) -> None:
        """Raises UsageFault ``secret.no_login secret.bad_proxy``, SurroundingsFault
        ``secrets.unavailable``."""
        user = typed.user.strip()
        if not user or not typed.password:
            raise UsageFault("secret.no_login")
        self._secrets.keep_proxy(typed.place, user, typed.password)

    def forget(self, place: str) -> None:
        """Raises UsageFault ``secret.bad_proxy``, SurroundingsFault ``secrets.unavailable``."""
        self._secrets.keep_proxy(place, "", "")

    # ---- words

    @staticmethod
    def state_words(shown: ProxyShown) -> str:
        if shown.user:
            return tr("ui.preferences.proxy_known", user=shown.user, proxy=shown.place)
        if shown.place:
            return tr("ui.preferences.proxy_none")
        return ""

    @staticmethod
    def system_words(shown: ProxyShown) -> str:
        if shown.system:
            return tr("ui.preferences.proxy_of_system", proxy=shown.system)
        return tr("ui.preferences.proxy_no_system")
