"""The list of parts of an OpenDocument file: whether they are encrypted."""

from forms.excel.archive import Archive
from forms.excel.expat import feed, local_name, new_parser
from resources.faults import DataFault

_MANIFEST = "META-INF/manifest.xml"


def is_encrypted(archive: Archive) -> bool:
    """Raises DataFault ``workbook.broken`` when there is no readable manifest."""
    if _MANIFEST not in archive:
        raise DataFault("workbook.broken")
    found = False

    def start(name: str, _attributes: object) -> None:
        nonlocal found
        found = found or local_name(name) == "encryption-data"

    parser = new_parser()
    parser.StartElementHandler = start
    feed(parser, archive.chunks(_MANIFEST))
    return found
