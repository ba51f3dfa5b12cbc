"""From a certificate to a root: built and validated by pyhanko-certvalidator (RFC 5280 §6).

It is given everything and fetches nothing. Only where it finds no way to a trusted root is the
chain followed by hand, to say how far it leads.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from asn1crypto import x509
from pyhanko_certvalidator.context import ValidationContext
from pyhanko_certvalidator.errors import (
    ExpiredError,
    NotYetValidError,
    PathBuildingError,
    PathError,
    ValidationError,
)
from pyhanko_certvalidator.path import ValidationPath
from pyhanko_certvalidator.policy_decl import (
    CertRevTrustPolicy,
    DisallowWeakAlgorithmsPolicy,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)
from pyhanko_certvalidator.validate import async_validate_path

from signing.standing import Chain, ChainStatus
from signing.trust.papers import Paper, claims, issued, name_of, paper
from signing.trust.roots import Roots

LONGEST = 8
"""certificates in a chain; three or four are usual"""
MOST_ISSUERS = 6
"""that are tried in every order: a hostile file may bring many that issue one another"""
MOST_PATHS = 8
MOST_CARRIED = 20
"""certificates beside a signature that are looked at"""
ALGORITHMS = DisallowWeakAlgorithmsPolicy(  # type: ignore[no-untyped-call]  # as published
    weak_hash_algos=frozenset({"md2", "md5"}), rsa_key_size_threshold=1024
)
"""SHA-1 and RSA-1024 are in use still (tokens §6) and are told as weak, not as broken"""
NO_REVOCATION = CertRevTrustPolicy(
    revocation_checking_policy=RevocationCheckingPolicy(
        ee_certificate_rule=RevocationCheckingRule.NO_CHECK,
        intermediate_ca_cert_rule=RevocationCheckingRule.NO_CHECK,
    )
)
"""revocation is judged apart"""
BEST_FIRST = (ChainStatus.TRUSTED, ChainStatus.EXPIRED_ISSUER, ChainStatus.BROKEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """A possible path to a trusted root."""

    path: ValidationPath
    papers: tuple[Paper, ...]
    """from the root down to the certificate"""


def judge_chain(leaf: Paper, carried: Sequence[Paper], roots: Roots, moment: datetime) -> Chain:
    """Where the certificate's chain led at ``moment``, or at the end of the certificate's own
    time that is nearest to it: its own validity is told apart."""
    others = (*carried[:MOST_CARRIED], *roots.issuers)
    at = min(max(moment, leaf.not_before), leaf.not_after)
    return asyncio.run(_judge(leaf, others, roots, at))


async def _judge(leaf: Paper, others: Sequence[Paper], roots: Roots, at: datetime) -> Chain:
    ways = await _ways(leaf, others, roots)
    judged = [(await _status(way, roots, at), way) for way in ways]
    if not judged:
        return _as_far_as_it_leads(leaf, others, roots)
    status, way = min(judged, key=lambda each: BEST_FIRST.index(each[0]))
    return _anchored(status, way, roots)


def _anchored(status: ChainStatus, way: _Way, roots: Roots) -> Chain:
    anchor = roots.anchor_of(way.papers[0].der)
    upwards = tuple(reversed(way.papers))
    return Chain(
        status=status,
        anchor=anchor.paper.name if anchor else None,
        group=anchor.group if anchor else None,
        path=tuple(each.name for each in upwards),
        issuers=tuple(each.der for each in upwards[1:]),
        sha1=any(_by_sha1(each) for each in upwards[1:-1]),
    )


def _by_sha1(one: Paper) -> bool:
    used = one.certificate.signature_hash_algorithm
    return used is not None and used.name == "sha1"


async def _ways(leaf: Paper, others: Sequence[Paper], roots: Roots) -> list[_Way]:
    context = _context(_issuers_above(leaf, others), roots, None)
    certificate = _asn1(leaf.der)
    if certificate is None:
        return []
    found: list[_Way] = []
    paths = context.path_builder.async_build_paths_lazy(certificate)
    try:
        async for path in paths:
            found += _way(path)
            if len(found) >= MOST_PATHS:
                break
    except (PathBuildingError, IndexError):
        pass  # no way to any root (IndexError: none but a circle); told by what is returned
    finally:
        await paths.cancel()  # type: ignore[no-untyped-call]  # as published
    return found


def _issuers_above(leaf: Paper, others: Sequence[Paper]) -> list[Paper]:
    """Those that really stand above the certificate, the nearest first."""
    above, at = [leaf], 0
    while at < len(above) and len(above) <= MOST_ISSUERS:
        above += [each for each in others if each not in above and issued(each, above[at])]
        at += 1
    return above[1 : MOST_ISSUERS + 1]


def _way(path: ValidationPath) -> list[_Way]:
    papers = [paper(each.dump()) for each in path.iter_certs(include_root=True)]
    if len(papers) > LONGEST or any(each is None for each in papers):
        return []
    return [_Way(path=path, papers=tuple(each for each in papers if each is not None))]


async def _status(way: _Way, roots: Roots, at: datetime) -> ChainStatus:
    try:
        await async_validate_path(_context((), roots, at), way.path)
    except (ExpiredError, NotYetValidError):
        right = await _right_at_any_time(way, roots)
        return ChainStatus.EXPIRED_ISSUER if right else ChainStatus.BROKEN
    except (ValidationError, PathError, ValueError):
        return ChainStatus.BROKEN
    return ChainStatus.TRUSTED if way.papers[0].in_date(at) else ChainStatus.EXPIRED_ISSUER


async def _right_at_any_time(way: _Way, roots: Roots) -> bool:
    """Whether there was a moment at which all were in date, and all is right then."""
    first = max(each.not_before for each in way.papers)
    if first > min(each.not_after for each in way.papers):
        return False
    try:
        await async_validate_path(_context((), roots, first), way.path)
    except (ValidationError, PathError, ValueError):
        return False
    return True


def _context(others: Sequence[Paper], roots: Roots, moment: datetime | None) -> ValidationContext:
    known = [_asn1(each.der) for each in others]
    anchors = [_asn1(each.paper.der) for each in roots.anchors]
    return ValidationContext(
        trust_roots=[each for each in anchors if each is not None],
        other_certs=[each for each in known if each is not None],
        moment=moment,
        allow_fetching=False,
        revinfo_policy=NO_REVOCATION,
        algorithm_usage_policy=ALGORITHMS,
    )


@lru_cache(maxsize=128)
def _asn1(der: bytes) -> x509.Certificate | None:
    """None for what this library cannot read, such as a name with wrong bytes."""
    try:
        certificate = x509.Certificate.load(der, strict=True)
        certificate.native  # noqa: B018  # reads it whole; errors come now, not later
    except (ValueError, TypeError):
        return None
    return certificate


def _as_far_as_it_leads(leaf: Paper, others: Sequence[Paper], roots: Roots) -> Chain:
    """No trusted root: an unknown one, an issuer that is not at hand, or a false one."""
    path = [leaf]
    every = (*others, *(each.paper for each in roots.anchors))
    while not path[-1].is_root and len(path) < LONGEST:
        above = next((each for each in others if each not in path and issued(each, path[-1])), None)
        if above is None:
            return _ended(path, roots, false=_is_false(path[-1], every))
        if not above.is_authority:
            return _chain(ChainStatus.BROKEN, [*path, above])
        path.append(above)
    known = roots.named_like(path[-1].name)
    return _chain(ChainStatus.UNKNOWN_ROOT, path, known.name if known else None)


def _is_false(one: Paper, every: Sequence[Paper]) -> bool:
    """Whether the very issuer that it names is at hand and did not sign it."""
    named = [each for each in every if claims(each, one)]
    return bool(named) and not any(issued(each, one) for each in named)


def _ended(path: list[Paper], roots: Roots, *, false: bool) -> Chain:
    if false:
        return _chain(ChainStatus.BROKEN, path)
    known = roots.named_like(name_of(path[-1].certificate.issuer))
    if known:
        return _chain(ChainStatus.UNKNOWN_ROOT, path, known.name)
    return _chain(ChainStatus.INCOMPLETE, path)


def _chain(status: ChainStatus, path: list[Paper], anchor: str | None = None) -> Chain:
    return Chain(
        status=status,
        anchor=anchor,
        path=tuple(each.name for each in path),
        issuers=tuple(each.der for each in path[1:]),
        sha1=any(_by_sha1(each) for each in path[1:] if not each.is_root),
    )
