"""The rows of D02 in a package that was filed, read back from its own XML."""

from collections.abc import Sequence

from forms import catalog
from forms.model import Part, Row
from forms.xml.envelope import Envelope
from forms.xml.reader import read_document

MAIN_LIST = "D02"


def declared_rows(envelope: Envelope) -> Sequence[Row]:
    """Empty for a dossier without D02. Raises DataFault as the reader does."""
    found: list[Row] = []
    for packed in envelope.files:
        if not packed.form_code.startswith(MAIN_LIST):
            continue
        version = catalog.form(packed.form_code, filing_date=envelope.filing_date)
        rows = read_document(packed.content, version.wire).rows(Part.LAO_DONG)
        found += [Row(line, read.values) for line, read in enumerate(rows, start=1)]
    return found
