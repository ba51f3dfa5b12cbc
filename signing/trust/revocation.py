"""Whether the issuer has revoked a certificate: asked of it when there is a network.

Without one it is unknown, never good (tokens §5). The network is a port: an address goes in,
bytes come out, and nothing but the certificate's number leaves the computer.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from resources.faults import Fault
from signing.standing import Revocation, RevocationStatus
from signing.trust.addresses import crl_addresses, issuer_addresses, ocsp_addresses
from signing.trust.crl import judge_crl
from signing.trust.kept import Kept
from signing.trust.ocsp import QUERY_TYPE, judge_ocsp, ocsp_query
from signing.trust.papers import Paper, issued, papers_in

Judged = Revocation | None


class Fetch(Protocol):
    """One exchange: GET, or POST of ``body``. Raises a Fault when nothing usable came back."""

    def __call__(self, url: str, *, body: bytes = b"", content_type: str = "") -> bytes: ...


@dataclass(slots=True)
class Asking:
    """What is asked in one go: the same question is put once, and a host that did not answer is
    left in peace. ``fetch`` None: offline."""

    fetch: Fetch | None
    kept: Kept
    now: datetime
    _answers: dict[tuple[str, bytes], bytes | None] = field(default_factory=dict)
    _silent: set[str] = field(default_factory=set)

    def ask(self, url: str, body: bytes = b"", content_type: str = "") -> bytes | None:
        """None when nobody answered."""
        if (url, body) not in self._answers:
            self._answers[url, body] = self._fetched(url, body, content_type)
        return self._answers[url, body]

    def _fetched(self, url: str, body: bytes, content_type: str) -> bytes | None:
        host = "/".join(url.split("/", 3)[:3])
        if self.fetch is None or host in self._silent:
            return None
        try:
            return self.fetch(url, body=body, content_type=content_type)
        except Fault:
            self._silent.add(host)
            return None

    def crl(self, url: str) -> bytes | None:
        """Kept from last time and in date, else fetched."""
        kept = self.kept.crl(url, self.now)
        return kept if kept is not None else self.ask(url)


def revocation_of(one: Paper, issuer: Paper | None, asking: Asking) -> Revocation:
    """What is known of the certificate itself; its issuers are not looked at."""
    if issuer is None:
        return unknown("no_issuer")
    if asking.fetch is None:
        return _offline(one, issuer, asking)
    silent, heard = True, False
    for answer, judge, keep in _answers(one, issuer, asking):
        heard = True
        if answer is None:
            continue
        silent = False
        judged = judge(answer)
        if judged is not None:
            keep(answer)
            return _told(judged, one, asking.now)
    if not heard:
        return unknown("no_address")
    return unknown("no_answer" if silent else "not_usable")


def unknown(reason: str) -> Revocation:
    return Revocation(status=RevocationStatus.UNKNOWN, reason=reason)


def _answers(
    one: Paper, issuer: Paper, asking: Asking
) -> Iterator[tuple[bytes | None, Callable[[bytes], Judged], Callable[[bytes], None]]]:
    """(answer, how it is judged, how it is kept), the responder's first."""

    def by_ocsp(answer: bytes) -> Judged:
        return judge_ocsp(answer, one, issuer, asking.now)

    def by_crl(answer: bytes) -> Judged:
        return judge_crl(answer, one, issuer, asking.now)

    query = ocsp_query(one, issuer)
    for url in ocsp_addresses(one):
        yield asking.ask(url, query, QUERY_TYPE), by_ocsp, _forget
    for url in crl_addresses(one):

        def keep(answer: bytes, url: str = url) -> None:
            asking.kept.keep_crl(url, answer)

        yield asking.crl(url), by_crl, keep


def _forget(_answer: bytes) -> None:
    """An answer about one certificate is for now."""


def _told(judged: Revocation, one: Paper, now: datetime) -> Revocation:
    """Issuers stop listing what is out of date: then only a revocation means anything."""
    if judged.status is RevocationStatus.GOOD and now > one.not_after:
        return replace(judged, status=RevocationStatus.UNKNOWN, reason="expired")
    return judged


def _offline(one: Paper, issuer: Paper, asking: Asking) -> Revocation:
    """A list kept from last time may say revoked; it never says good."""
    for url in crl_addresses(one):
        content = asking.kept.crl(url, asking.now)
        judged = judge_crl(content, one, issuer, asking.now) if content is not None else None
        if judged is not None and judged.status is RevocationStatus.REVOKED:
            return judged
    return unknown("offline")


def fetch_issuer(one: Paper, asking: Asking) -> Paper | None:
    """The issuer's certificate from where ``one`` says it is; only if it really issued it."""
    for url in issuer_addresses(one):
        answer = asking.ask(url)
        for each in papers_in(answer) if answer is not None else ():
            if each.is_authority and issued(each, one):
                asking.kept.keep_issuer(each)
                return each
    return None
