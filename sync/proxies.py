"""The proxy that stands between this computer and the gateway, and the login it may want.

Which proxy it is, the system says (Windows and macOS settings, or the environment). A login
stands in its address or in the key store; it never stands in a message or a file of ours.
"""

import re
from base64 import b64encode
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import quote, unquote, urlsplit
from urllib.request import getproxies

from resources.faults import SurroundingsFault, UsageFault
from sync.errors import Permanent, Transient

TUNNEL = re.compile(r"Tunnel connection failed: (\d{3})")
LOGIN_NEEDED = 407
PORTALS = {301, 302, 303, 307, 308, 511}
WHOSE = ("https", "all", "http")
"""the system's proxies, the one for gateways first"""
BEHIND_IT = {500, 502, 503, 504}
"""the proxy itself works; what it was to reach does not"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyLogin:
    user: str
    password: str = field(repr=False)


class ProxyLogins(Protocol):
    """Where logins are kept. ``proxy``: its host and port. Raises SurroundingsFault
    ``secrets.unavailable``."""

    def login(self, proxy: str) -> ProxyLogin | None: ...


def place_of(proxy: str) -> str:
    """``HTTP://ten:mk@Proxy.Example:8080/`` → ``proxy.example:8080``: under this a login is kept.

    Raises UsageFault ``secret.bad_proxy`` for what names no host with a port.
    """
    typed = proxy.strip()
    try:
        parts = urlsplit(typed if "://" in typed else f"http://{typed}")
        whole = bool(parts.hostname and parts.port)
    except ValueError:
        whole = False
    if not whole or any(letter.isspace() for letter in typed):
        raise UsageFault("secret.bad_proxy")
    return parts.netloc.rpartition("@")[2].lower()


def system_proxy() -> str:
    """Host and port of the proxy that this computer goes through; empty where there is none."""
    known = getproxies()
    first = next((known[kind] for kind in WHOSE if known.get(kind)), "")
    try:
        return place_of(first) if first else ""
    except UsageFault:
        return ""


def with_login(proxy: str, logins: ProxyLogins) -> str:
    """The proxy's address with the login that is kept for it, unless it carries one already.

    Many proxies want none: where the key store cannot be asked, the proxy will say what it wants.
    """
    parts = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
    try:
        found = None if "@" in parts.netloc else logins.login(parts.netloc.lower())
    except SurroundingsFault:
        found = None
    if found is None:
        return parts.geturl()
    said = f"{quote(found.user, safe='')}:{quote(found.password, safe='')}@{parts.netloc}"
    return parts._replace(netloc=said).geturl()


def login_header(proxy: str) -> dict[str, str]:
    """What a proxy is shown of the login in its address, as UTF-8 (RFC 7617 §2.1)."""
    parts = urlsplit(proxy)
    if parts.username is None:
        return {}
    said = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    return {"Proxy-Authorization": f"Basic {b64encode(said.encode()).decode('ascii')}"}


def is_spoken(proxy: str) -> bool:
    """A SOCKS proxy is not."""
    return "://" not in proxy or urlsplit(proxy).scheme.lower() in {"http", "https"}


def refusal(said: str) -> Transient | Permanent | None:
    """What a proxy meant that would not open the way, by the text of the fault."""
    found = TUNNEL.search(said)
    if found is None:
        return None
    status = int(found[1])
    if status == LOGIN_NEEDED:
        return Permanent("gateway.proxy_login", status=status)
    if status in PORTALS:
        return Transient("gateway.captive")
    return Transient("gateway.unreachable" if status in BEHIND_IT else "gateway.proxy")
