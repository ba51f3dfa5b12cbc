"""Whom a certificate may be believed: roots, chains and revocation. Never asks a network itself.

``roots`` reads whom we trust, ``chain`` leads a certificate to them, ``ocsp`` and ``crl`` judge
answers handed in as bytes, ``revocation`` asks for them through a port, ``kept`` remembers what
was fetched, ``desk`` puts it together.
"""
