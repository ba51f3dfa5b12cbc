"""The closed list of ways in which signing can stop.

The words for the codes stand in resources/messages/signing.toml.

Codes: ``pin.wrong`` ``pin.final_try`` ``pin.locked`` ``pin.needed`` ``pin.cancelled``
``token.module_missing`` ``token.module_bitness`` ``token.module_broken`` ``token.none``
``token.removed`` ``token.device`` ``token.timeout`` ``token.crashed``
``certificate.none`` ``certificate.several`` ``certificate.other_unit`` ``certificate.expired``
``certificate.not_yet_valid`` ``certificate.no_private_key`` ``certificate.key_usage``
``key_file.unreadable`` ``key_file.password`` ``sign.node_missing`` ``sign.not_canonical``
``sign.unverified``.
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
