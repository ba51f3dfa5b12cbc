"""What signing knows of tokens, certificates and signatures. Frozen values."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from signing.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateInfo:
    """What a person must see of a certificate."""

    serial: str
    """upper-case hex without separators"""
    subject: str
    issuer: str
    common_name: str
    tax_code: str | None
    """from UID ``MST:…`` (0.9.2342.19200300.100.1.1); None when it names none"""
    not_before: datetime
    not_after: datetime
    key_bits: int
    signature_hash: str
    """such as ``sha256``"""
    der: bytes

    def valid_at(self, moment: datetime) -> bool:
        return self.not_before <= moment <= self.not_after


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenCertificate:
    """A certificate on a token and whether its private key is there."""

    certificate: CertificateInfo
    key_id: str
    """CKA_ID as hex"""
    has_private_key: bool | None
    """None: cannot be told without a PIN"""


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenSlot:
    """A slot as the module reports it."""

    slot: int
    label: str
    manufacturer: str
    model: str
    serial: str
    pin_count_low: bool
    pin_final_try: bool
    pin_locked: bool
    needs_login_to_list: bool
    has_pin_pad: bool
    """the PIN is typed on the device"""
    certificates: tuple[TokenCertificate, ...]


class Intact(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureReport:
    """What can be said of one signature in one file."""

    node: str
    """path of its parent, such as ``D02-TS/Cky``"""
    intact: Intact
    strict: bool
    """accepted by the independent verifier without tolerance"""
    quirks: tuple[str, ...]
    """known deviations by name, such as ``object-no-namespace``"""
    certificate: CertificateInfo | None
    algorithms: tuple[str, ...]
    weak: tuple[str, ...]
    signing_time: datetime | None
    signing_time_protected: bool
    carried: tuple[bytes, ...] = ()
    """DER of every certificate beside the signature"""
    standing: Standing | None = None
    """chain and revocation, where they were looked into"""
    whole_file: bool | None = None
    """of a PDF: it covers every byte; False: something was added behind it. None: not a PDF"""
    stamped_by: str = ""
    """name of the authority whose timestamp gives the signing time; empty: the signer's own word"""
