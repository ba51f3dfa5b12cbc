"""A certificate's subject as .NET prints it, which is what stands in ``X509SubjectName``.

Source: wire format §3 (point *X509SubjectName*); tokens §2. The last RDN is printed first,
``S`` stands for the province, attributes without a short name print as ``OID.<number>``.
"""

from cryptography import x509
from cryptography.x509.name import RelativeDistinguishedName

SHORT_NAMES = {
    "2.5.4.3": "CN",
    "2.5.4.4": "SN",
    "2.5.4.5": "SERIALNUMBER",
    "2.5.4.6": "C",
    "2.5.4.7": "L",
    "2.5.4.8": "S",
    "2.5.4.9": "STREET",
    "2.5.4.10": "O",
    "2.5.4.11": "OU",
    "2.5.4.12": "T",
    "2.5.4.42": "G",
    "2.5.4.43": "I",
    "1.2.840.113549.1.9.1": "E",
    "0.9.2342.19200300.100.1.25": "DC",
}
MUST_QUOTE = frozenset(',+="\n<>#;')


def dotnet_name(name: x509.Name) -> str:
    """``CN=…, OID.0.9.2342.19200300.100.1.1=MST:…, C=VN`` for RDNs stored C, UID, CN."""
    return ", ".join(_rdn(rdn) for rdn in reversed(name.rdns))


def _rdn(rdn: RelativeDistinguishedName) -> str:
    return " + ".join(_attribute(attribute) for attribute in rdn)


def _attribute(attribute: x509.NameAttribute[str | bytes]) -> str:
    oid = attribute.oid.dotted_string
    return f"{SHORT_NAMES.get(oid, f'OID.{oid}')}={_value(attribute.value)}"


def _value(value: str | bytes) -> str:
    if isinstance(value, bytes):
        return "#" + value.hex().upper()
    if not value or value != value.strip() or MUST_QUOTE & set(value):
        doubled = value.replace('"', '""')
        return f'"{doubled}"'
    return value


def attribute_values(name: x509.Name) -> tuple[str, ...]:
    """Every text value of the name, in the order stored."""
    return tuple(part.value for part in name if isinstance(part.value, str))
