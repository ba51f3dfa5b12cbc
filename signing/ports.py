"""What signing needs from a key, whatever holds it."""

from typing import Protocol


class Signer(Protocol):
    """A private key with its certificate. A PIN is never part of it."""

    @property
    def certificate(self) -> bytes:
        """DER of the end certificate."""
        ...

    def sign(self, octets: bytes) -> bytes:
        """Signature value over ``octets``: RSASSA-PKCS1-v1_5 with SHA-256, or for an EC key
        ECDSA with the hash of ``signing.key_kind``, r and s one after the other.

        Raises a fault of ``signing.errors``.
        """
        ...
