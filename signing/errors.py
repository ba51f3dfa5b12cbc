"""The closed list of ways in which signing can stop.

The words for the codes stand in resources/messages/signing.toml.

Codes: ``pin.wrong`` ``pin.final_try`` ``pin.last_try_unasked`` ``pin.locked`` ``pin.needed``
``pin.cancelled`` ``pin.length`` ``pin.expired`` ``pin.not_set``
``token.module_missing`` ``token.module_bitness`` ``token.module_dependency``
``token.module_broken`` ``token.none`` ``token.interrupted`` ``token.not_recognized``
``token.removed`` ``token.device`` ``token.timeout`` ``token.crashed`` ``token.agent_bug``
``certificate.none`` ``certificate.several`` ``certificate.other_unit`` ``certificate.expired``
``certificate.not_yet_valid`` ``certificate.no_private_key`` ``certificate.key_usage``
``certificate.key_type`` ``certificate.no_tax_code`` ``certificate.unreadable``
``key_file.unreadable`` ``key_file.password`` ``key_file.legacy`` ``sign.node_missing``
``sign.not_canonical`` ``sign.unverified``. Of attached papers, timestamps and remote keys:
see the modules ``pdf``, ``timestamp`` and ``remote``. Of a file to verify (DataFault):
``verify.not_xml`` ``verify.too_big`` ``verify.not_signed`` ``verify.pdf_encrypted``
``verify.pdf_broken`` ``verify.office_signed`` ``verify.office_unsigned``. Questions and notices
before signing, never refusals:
``certificate.branch`` ``certificate.twelve_digits`` ``certificate.weak_key``
``certificate.expiring`` ``certificate.expiring_soon`` ``certificate.expiring_now``
``certificate.elliptic_key`` ``certificate.first_use`` ``certificate.new_serial``.
"""

from resources.faults import Fault, SurroundingsFault, TokenFault


class PinFault(TokenFault):
    """The PIN was not accepted; never retried by the program."""


class CertificateFault(TokenFault):
    """The certificate may not sign for this unit or at this time."""


class DeviceFault(SurroundingsFault):
    """Driver, reader or token failed. Never to be shown as a wrong PIN."""


class SigningBug(Fault):
    """What we were given to sign, or what we made of it, is not what it must be."""
