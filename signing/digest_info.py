"""DigestInfo of PKCS#1: what a token's plain RSA signature is made over (tokens §3)."""

import hashlib

SHA256_PREFIX = bytes.fromhex("3031300d060960864801650304020105000420")


def sha256_digest_info(digest: bytes) -> bytes:
    """DER of DigestInfo for a SHA-256 ``digest`` of 32 bytes."""
    if len(digest) != hashlib.sha256().digest_size:
        raise ValueError("a SHA-256 digest has 32 bytes")
    return SHA256_PREFIX + digest
