"""The algorithms met in real files, by their XML signature identifiers. Others are not judged."""

from cryptography.hazmat.primitives.hashes import SHA1, SHA256, SHA384, SHA512, HashAlgorithm

INCLUSIVE = frozenset(
    {
        "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
        "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments",
    }
)
CANONICAL = INCLUSIVE | {
    "http://www.w3.org/2006/12/xml-c14n11",
    "http://www.w3.org/2006/12/xml-c14n11#WithComments",
    "http://www.w3.org/2001/10/xml-exc-c14n#",
    "http://www.w3.org/2001/10/xml-exc-c14n#WithComments",
}
ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"
DIGESTS: dict[str, HashAlgorithm] = {
    "http://www.w3.org/2000/09/xmldsig#sha1": SHA1(),  # noqa: S303 - read, never written
    "http://www.w3.org/2001/04/xmlenc#sha256": SHA256(),
    "http://www.w3.org/2001/04/xmldsig-more#sha384": SHA384(),
    "http://www.w3.org/2001/04/xmlenc#sha512": SHA512(),
}
RSA_SIGNATURES: dict[str, HashAlgorithm] = {
    "http://www.w3.org/2000/09/xmldsig#rsa-sha1": SHA1(),  # noqa: S303 - read, never written
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256": SHA256(),
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384": SHA384(),
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512": SHA512(),
}
EC_SIGNATURES: dict[str, HashAlgorithm] = {
    "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256": SHA256(),
    "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384": SHA384(),
    "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512": SHA512(),
}


def short_name(identifier: str) -> str:
    """``rsa-sha256`` for ``http://…#rsa-sha256``."""
    return identifier.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
