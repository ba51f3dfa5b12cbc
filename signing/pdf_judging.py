"""Whether one signature of a PDF still fits its file: its value, its range, what came behind it.

Source: ISO 32000-2 §12.8; what may be added behind a signature is judged by pyHanko's analysis of
differences, which knows other signatures, proofs for the archive and filled fields.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from signing.model import Intact

CHANGED = frozenset({"pdf-changed", "pdf-not-covered", "pdf-rest-behind", "pdf-value-wrong"})
"""quirks after which a signature is never called intact"""
DOUBTFUL = frozenset(
    {
        "malformed",
        "unknown-algorithm",
        "no-certificate",
        "certificate-unreadable",
        "pdf-form-filled",
        "pdf-padding",
    }
)
"""quirks after which it cannot be told"""
HARMLESS = frozenset({"pdf-signed-again", "pdf-proofs-added"})
"""quirks that leave the strict test passed"""
DETACHED = frozenset({"/adbe.pkcs7.detached", "/ETSI.CAdES.detached"})
HASHES = frozenset({"sha1", "sha256", "sha384", "sha512"})
_ENDED = re.compile(rb"%%EOF\s*\Z")


@dataclass(frozen=True)
class Found:
    """One signature in its file. ``names``: of every signature field of the file."""

    embedded: EmbeddedPdfSignature
    names: frozenset[str]
    content: bytes

    @cached_property
    def covers_all(self) -> bool:
        """Every byte but the signature's own place and empty lines at the end."""
        _, _, after, rest = self._range
        return self.hole_is_right and not self.content[after + rest :].strip()

    @cached_property
    def hole_is_right(self) -> bool:
        """What is left out is the signature's own value and nothing else."""
        start, before, after, rest = self._range
        hole = self.content[before:after]
        if start != 0 or not 0 < before < after or after + rest > len(self.content):
            return False
        own = b"<" + self.embedded.pkcs7_content.hex().encode() + b">"
        return hole.lower() == own

    @property
    def _range(self) -> tuple[int, int, int, int]:
        numbers = [int(each) for each in self.embedded.byte_range]
        return tuple(numbers) if len(numbers) == 4 else (-1, 0, 0, 0)  # type: ignore[return-value]  # four, as just counted


def quirks_of(found: Found) -> set[str]:
    """What is odd about it, by name."""
    embedded = found.embedded
    if not _known(embedded):
        return {"unknown-algorithm"}
    quirks = set()
    if not found.hole_is_right:
        quirks.add("pdf-not-covered")
    if not _padded_with_nothing(embedded):
        quirks.add("pdf-padding")
    if not _value_is_right(embedded):
        quirks.add("pdf-value-wrong")
    if not quirks and not found.covers_all:
        quirks |= _added(found)
    return quirks


def judge(quirks: frozenset[str]) -> Intact:
    """Changed, intact, or cannot be told."""
    if quirks & CHANGED:
        return Intact.NO
    return Intact.UNKNOWN if quirks & DOUBTFUL else Intact.YES


def _known(embedded: EmbeddedPdfSignature) -> bool:
    detached = str(embedded.sig_object.get("/SubFilter", "")) in DETACHED
    content_type = embedded.signed_data["encap_content_info"]["content_type"].native
    return detached and content_type == "data" and embedded.md_algorithm in HASHES


def _padded_with_nothing(embedded: EmbeddedPdfSignature) -> bool:
    """Room is left for the value before it is known; whatever else stood there would be covered
    by nothing."""
    written = embedded.pkcs7_content
    value = _first_value(written)
    return value is not None and not written[value:].strip(b"\0")


def _first_value(der: bytes) -> int | None:
    """Length of the DER value at the beginning, with its head."""
    if len(der) < 2 or der[0] != 0x30:
        return None
    if der[1] < 0x80:
        return 2 + der[1]
    digits = der[1] & 0x7F
    return 2 + digits + int.from_bytes(der[2 : 2 + digits]) if 0 < digits <= 4 else None


def _value_is_right(embedded: EmbeddedPdfSignature) -> bool:
    """The digest of what is covered is the one signed, and it is signed with this key."""
    digest = embedded.compute_digest()
    found = validate_sig_integrity(embedded.signer_info, embedded.signer_cert, "data", digest)
    return all(found)


def _added(found: Found) -> set[str]:
    """What came behind the part that is covered."""
    if not _ENDED.search(found.content[-1024:]):
        return {"pdf-rest-behind"}
    embedded = found.embedded
    embedded.compute_integrity_info()  # type: ignore[no-untyped-call]  # as published
    if embedded.coverage is not SignatureCoverageLevel.ENTIRE_REVISION:
        return {"pdf-not-covered"}
    if not embedded.summarise_integrity_info()["docmdp_ok"]:
        return {"pdf-changed"}
    if embedded.signed_revision == embedded.reader.total_revisions - 1:
        return {"pdf-rest-behind"}
    return {_permitted(embedded.diff_result, found.names)}


def _permitted(changes: DiffResult, signature_fields: frozenset[str]) -> str:
    if changes.modification_level <= ModificationLevel.LTA_UPDATES:
        return "pdf-proofs-added"
    filled = changes.changed_form_fields - signature_fields
    return "pdf-form-filled" if filled else "pdf-signed-again"
