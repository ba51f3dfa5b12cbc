"""HTTPS with verified certificates: the only place that imports requests.

TLS 1.2 or newer against the system's roots, or against the destination's own authority and
nothing else. Redirects are not followed: a gateway that moved must be told to the program, and a
captive portal's redirect is no answer. Whatever fails comes out as ``sync.errors``.
"""

import ssl
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError, NameResolutionError, NewConnectionError

from sync.errors import Permanent, Transient
from sync.http import Reply
from sync.model import Destination

CONNECT_SECONDS = 10.0
READ_SECONDS = 60.0
MOST_ANSWER_BYTES = 32 * 1024 * 1024
PIECE = 64 * 1024


def tls_context(ca_pem: str) -> ssl.SSLContext:
    """Raises Permanent ``gateway.ca`` when the authority's certificate cannot be read."""
    try:
        context = ssl.create_default_context(cadata=ca_pem or None)
    except (ssl.SSLError, ValueError) as error:
        raise Permanent("gateway.ca") from error
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


class OwnTrust(HTTPAdapter):
    """Uses our TLS context as it is, without requests' own bundle added to it."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **{**kwargs, "ssl_context": self._context})

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
        return super().proxy_manager_for(*args, **{**kwargs, "ssl_context": self._context})

    def cert_verify(self, conn: Any, *_bundle: Any, **_names: Any) -> None:
        conn.cert_reqs = "CERT_REQUIRED"


class HttpsTransport:
    """``sync.http.Http`` over requests."""

    def __init__(
        self,
        destination: Destination,
        *,
        connect_seconds: float = CONNECT_SECONDS,
        read_seconds: float = READ_SECONDS,
    ) -> None:
        if not destination.url.startswith("https://"):
            raise Permanent("gateway.address")
        self._timeout = (connect_seconds, read_seconds)
        self._session = requests.Session()
        self._session.mount("https://", OwnTrust(tls_context(destination.ca_pem)))

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
        self, method: str, url: str, *, headers: Mapping[str, str], body: bytes = b""
    ) -> Reply:
        """Raises Transient ``gateway.unreachable tls timeout cut rubbish``, Permanent address."""
        if not url.startswith("https://"):
            raise Permanent("gateway.address")
        try:
            return self._exchange(method, url, headers, body)
        except (requests.RequestException, HTTPError, OSError) as error:
            raise fault_of(error) from error

    def _exchange(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> Reply:
        with self._session.request(
            method,
            url,
            headers=dict(headers),
            data=body,
            timeout=self._timeout,
            allow_redirects=False,
            stream=True,
        ) as response:
            names = {name.lower(): value for name, value in response.headers.items()}
            return Reply(status=response.status_code, headers=names, body=limited_body(response))


def limited_body(response: requests.Response) -> bytes:
    """The body, refused beyond a size no answer of a gateway has."""
    body = bytearray()
    for piece in response.iter_content(PIECE):
        body += piece
        if len(body) > MOST_ANSWER_BYTES:
            raise Transient("gateway.rubbish")
    return bytes(body)


def fault_of(error: Exception) -> Transient | Permanent:
    """What went wrong, in the words of ``sync.errors``."""
    if isinstance(error, requests.exceptions.SSLError | ssl.SSLError):
        return Transient("gateway.tls")
    if isinstance(error, requests.exceptions.Timeout | TimeoutError):
        return Transient("gateway.timeout")
    if isinstance(error, requests.exceptions.InvalidURL | requests.exceptions.MissingSchema):
        return Permanent("gateway.address")
    return Transient("gateway.unreachable" if never_connected(error) else "gateway.cut")


def never_connected(error: BaseException | None) -> bool:
    """Whether the chain of causes says that no connection was made at all."""
    seen = 0
    while error is not None and seen < 10:
        reason = getattr(error, "reason", None)
        parts = (error, reason, *error.args)
        kinds = (NewConnectionError, NameResolutionError, requests.exceptions.ProxyError)
        if any(isinstance(part, kinds) for part in parts):
            return True
        if any(isinstance(getattr(part, "reason", None), kinds) for part in parts):
            return True
        error, seen = error.__cause__ or error.__context__, seen + 1
    return False
