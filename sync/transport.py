"""HTTPS with verified certificates: the only place that imports requests.

TLS 1.2 or newer against the system's roots, or against the destination's own authority and
nothing else, whatever the environment says. Redirects are not followed: a gateway that moved must
be told to the program, and a captive portal's redirect is no answer. The system's proxy is used,
but never to reach this computer. No call lasts longer than its time, however slowly the other side
drips. Whatever fails comes out as ``sync.errors``.
"""

import ssl
from collections.abc import Iterator, Mapping
from ipaddress import ip_address
from time import monotonic
from types import TracebackType
from typing import Any, Self, cast
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.utils import get_environ_proxies, select_proxy
from urllib3.exceptions import (
    HTTPError,
    LocationValueError,
    NameResolutionError,
    NewConnectionError,
)
from urllib3.exceptions import TimeoutError as NoAnswerInTime

from sync.errors import Permanent, Transient
from sync.http import Body, Reply
from sync.model import Destination
from sync.pinning import GatewayContext, WrongPin, gateway_context
from sync.proxies import ProxyLogins, is_spoken, login_header, refusal, with_login

CONNECT_SECONDS = 10.0
READ_SECONDS = 60.0
CALL_SECONDS = 150.0
"""all of one call, a piece of an upload with its answer: less than a claim of the outbox holds"""
MOST_ANSWER_BYTES = 8 * 1024 * 1024
"""a receipt has at most 2 MB, a third more in base64"""
PIECE = 64 * 1024
MOST_CAUSES = 50
WITHOUT_BODY = {204, 304}
LENGTHS = frozenset({"content-length", "transfer-encoding"})

ENDED = (ssl.SSLEOFError, ssl.SSLZeroReturnError, ConnectionError)
NEVER_CONNECTED = (NewConnectionError, NameResolutionError, requests.exceptions.ProxyError)
NO_ADDRESS = (
    requests.exceptions.InvalidURL,
    requests.exceptions.InvalidSchema,
    requests.exceptions.MissingSchema,
    LocationValueError,
)
MEANINGS: tuple[tuple[tuple[type[BaseException], ...], str], ...] = (
    ((WrongPin,), "gateway.pin"),
    ((ssl.SSLCertVerificationError,), "gateway.tls"),
    (NEVER_CONNECTED, "gateway.unreachable"),
    ((requests.exceptions.Timeout, NoAnswerInTime, TimeoutError), "gateway.timeout"),
    (ENDED, "gateway.cut"),
    ((requests.exceptions.SSLError, ssl.SSLError), "gateway.tls"),
)
"""in this order: the first that stands among the causes says what happened"""


class OwnLogin(HTTPAdapter):
    """Tries once, and shows a proxy the login in its address."""

    def __init__(self) -> None:
        super().__init__(max_retries=0)

    def proxy_headers(self, proxy: str) -> dict[str, str]:
        return login_header(proxy)


class OwnTrust(OwnLogin):
    """Uses our TLS context as it is, without requests' own bundle added to it."""

    def __init__(self, context: GatewayContext) -> None:
        self._context = context
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **{**kwargs, "ssl_context": self._context})

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
        return super().proxy_manager_for(*args, **{**kwargs, "ssl_context": self._context})

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> Any:
        """``verify`` is where requests puts the bundle of ``REQUESTS_CA_BUNDLE``."""
        return super().send(request, *args, **{**kwargs, "verify": True, "cert": None})

    def cert_verify(self, conn: Any, *_bundle: Any, **_names: Any) -> None:
        conn.cert_reqs = "CERT_REQUIRED"


class HttpsTransport:
    """``sync.http.Http`` over requests: one connection, kept open, for one call at a time.

    ``read_seconds``: silence; ``call_seconds``: a call with its answer; ``logins``: for a proxy.
    """

    def __init__(
        self,
        destination: Destination,
        *,
        connect_seconds: float = CONNECT_SECONDS,
        read_seconds: float = READ_SECONDS,
        call_seconds: float = CALL_SECONDS,
        most_bytes: int | None = None,
        logins: ProxyLogins | None = None,
    ) -> None:
        refuse_other_schemes(destination.url)
        self._timeout = (connect_seconds, read_seconds)
        self._call_seconds = call_seconds
        self._most_bytes = most_bytes
        self._context = gateway_context(destination.ca_pem, destination.pins)
        self._context.stall = read_seconds
        self._session = requests.Session()
        self._session.trust_env = False  # no bundles, no .netrc; the proxy is found here, once
        self._session.mount("https://", OwnTrust(self._context))
        near = is_this_computer(destination.url)
        self._proxies = {} if near else proxies_for(destination.url, logins)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._session.close()

    def request(
        self, method: str, url: str, *, headers: Mapping[str, str], body: Body = b""
    ) -> Reply:
        """Raises Transient ``gateway.unreachable tls pin timeout cut rubbish captive proxy``,
        Permanent ``gateway.address proxy_login``."""
        refuse_other_schemes(url)
        self._context.until = until = monotonic() + self._call_seconds
        try:
            return self._exchange(method, url, headers, body, until)
        except (requests.RequestException, HTTPError, OSError) as error:
            raise fault_of(error) from error
        finally:
            self._context.until = None

    def _exchange(
        self, method: str, url: str, headers: Mapping[str, str], body: Body, until: float
    ) -> Reply:
        with self._session.request(
            method,
            url,
            headers=dict(headers),
            data=wire_data(body),
            timeout=self._timeout,
            proxies=self._proxies,
            allow_redirects=False,
            stream=True,
        ) as response:
            names = {name.lower(): value for name, value in response.headers.items()}
            if not says_its_end(method, response.status_code, names):
                raise Transient("gateway.cut")
            content = limited_body(response, most=self._most_bytes, until=until)
            return Reply(status=response.status_code, headers=names, body=content)


class OpenTransport:
    """One exchange for what is signed itself and public, such as lists of revoked certificates:
    TLS where the address has it, none where it has none. ``seconds`` is for the whole answer."""

    def __init__(
        self,
        *,
        connect_seconds: float,
        seconds: float,
        most_bytes: int,
        logins: ProxyLogins | None = None,
    ) -> None:
        self._connect_seconds = connect_seconds
        self._seconds = seconds
        self._most_bytes = most_bytes
        self._logins = logins

    def request(
        self, method: str, url: str, *, headers: Mapping[str, str], body: Body = b""
    ) -> Reply:
        """Raises Transient ``gateway.unreachable tls timeout cut rubbish captive proxy``, Permanent
        ``gateway.address proxy_login``."""
        until = monotonic() + self._seconds
        proxies = {} if is_this_computer(url) else proxies_for(url, self._logins)
        with open_session(until, self._seconds) as session:
            try:
                return self._exchange(session, method, url, dict(headers), body, until, proxies)
            except (requests.RequestException, HTTPError, OSError) as error:
                raise fault_of(error) from error

    def _exchange(
        self,
        session: requests.Session,
        method: str,
        url: str,
        headers: dict[str, str],
        body: Body,
        until: float,
        proxies: dict[str, str],
    ) -> Reply:
        with session.request(
            method,
            url,
            headers=headers,
            data=wire_data(body) if body else None,
            timeout=(self._connect_seconds, self._seconds),
            proxies=proxies,
            allow_redirects=False,
            stream=True,
        ) as response:
            names = {name.lower(): value for name, value in response.headers.items()}
            content = limited_body(response, most=self._most_bytes, until=until)
            return Reply(status=response.status_code, headers=names, body=content)


def open_session(until: float, stall: float) -> requests.Session:
    context = gateway_context("")
    context.until, context.stall = until, stall
    session = requests.Session()
    session.trust_env = False
    session.mount("https://", OwnTrust(context))
    session.mount("http://", OwnLogin())
    return session


def wire_data(body: Body) -> bytes:
    """What requests passes on as it is: its types do not know that memory can be sent too."""
    return cast(bytes, body)


def refuse_other_schemes(url: str) -> None:
    if not url.lower().startswith("https://"):
        raise Permanent("gateway.address")


def proxies_for(url: str, logins: ProxyLogins | None) -> dict[str, str]:
    """The system's proxy for this address. Raises Transient ``gateway.proxy`` for a kind that is
    not spoken."""
    try:
        proxy = select_proxy(url, get_environ_proxies(url))
    except ValueError as error:
        raise Permanent("gateway.address") from error
    if not proxy:
        return {}
    if not is_spoken(proxy):
        raise Transient("gateway.proxy")
    return {urlsplit(url).scheme: proxy if logins is None else with_login(proxy, logins)}


def is_this_computer(url: str) -> bool:
    """Raises Permanent ``gateway.address`` for what is no address."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError as error:
        raise Permanent("gateway.address") from error
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def says_its_end(method: str, status: int, headers: Mapping[str, str]) -> bool:
    """Whether a cut can be told from an end; one that lost its headers cannot."""
    has_body = method != "HEAD" and status not in WITHOUT_BODY
    return not has_body or not LENGTHS.isdisjoint(headers)


def limited_body(
    response: requests.Response, *, most: int | None = None, until: float | None = None
) -> bytes:
    """The body, refused beyond a size no answer has, or a moment (``time.monotonic``)."""
    most = MOST_ANSWER_BYTES if most is None else most
    body = bytearray()
    for piece in response.iter_content(PIECE):
        body += piece
        if len(body) > most:
            raise Transient("gateway.rubbish")
        if until is not None and monotonic() > until:
            raise Transient("gateway.timeout")
    return bytes(body)


def fault_of(error: Exception) -> Transient | Permanent:
    """What went wrong, in the words of ``sync.errors``."""
    if isinstance(error, NO_ADDRESS):
        return Permanent("gateway.address")
    causes = list(causes_of(error))
    for cause in causes:
        if (told := refusal(str(cause))) is not None:
            return told
    for kinds, code in MEANINGS:
        if any(isinstance(cause, kinds) for cause in causes):
            return Transient(code)
    return Transient("gateway.cut")


def causes_of(error: BaseException) -> Iterator[BaseException]:
    """The fault and what it wraps, however the libraries carry it along."""
    waiting, seen = [error], set[int]()
    while waiting and len(seen) < MOST_CAUSES:
        cause = waiting.pop(0)
        if id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        wrapped = (getattr(cause, "reason", None), *cause.args, cause.__cause__, cause.__context__)
        waiting += [each for each in wrapped if isinstance(each, BaseException)]
