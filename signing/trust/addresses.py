"""Where a certificate says that its issuer can be asked. Only the web; ``ldap://`` is passed over
(tokens §2: old certificates list it)."""

from collections.abc import Iterable

from cryptography import x509
from cryptography.x509.oid import AuthorityInformationAccessOID

from signing.trust.papers import Paper

MOST = 3
"""addresses of one kind that are tried"""


def ocsp_addresses(one: Paper) -> tuple[str, ...]:
    return _access(one, AuthorityInformationAccessOID.OCSP)


def issuer_addresses(one: Paper) -> tuple[str, ...]:
    """Of the issuer's certificate."""
    return _access(one, AuthorityInformationAccessOID.CA_ISSUERS)


def crl_addresses(one: Paper) -> tuple[str, ...]:
    try:
        found = one.certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints)
    except x509.ExtensionNotFound:
        return ()
    return _web(name for point in found.value for name in point.full_name or ())


def _access(one: Paper, method: x509.ObjectIdentifier) -> tuple[str, ...]:
    try:
        found = one.certificate.extensions.get_extension_for_class(x509.AuthorityInformationAccess)
    except x509.ExtensionNotFound:
        return ()
    return _web(each.access_location for each in found.value if each.access_method == method)


def _web(names: Iterable[x509.GeneralName]) -> tuple[str, ...]:
    written = (str(each.value).strip() for each in names if _is_address(each))
    web = (each for each in written if each.lower().startswith(("http://", "https://")))
    return tuple(dict.fromkeys(web))[:MOST]


def _is_address(name: x509.GeneralName) -> bool:
    return isinstance(name, x509.UniformResourceIdentifier)
