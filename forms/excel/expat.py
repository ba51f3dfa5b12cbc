"""The one XML parser of this room: no document type, no entities, nothing fetched."""

from collections.abc import Iterable
from typing import NoReturn
from xml.parsers import expat

from resources.faults import DataFault


def _refuse(*_declaration: object) -> NoReturn:
    raise DataFault("workbook.entities")


def new_parser() -> expat.XMLParserType:
    """A parser that raises DataFault ``workbook.entities`` at a document type or an entity."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.ExternalEntityRefHandler = _refuse
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    return parser


def feed(parser: expat.XMLParserType, chunks: Iterable[bytes]) -> None:
    """Parses all chunks. Raises DataFault ``workbook.broken`` for XML that is not well-formed,
    and for letters in an encoding that nobody knows."""
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise DataFault("workbook.broken") from error


def local_name(name: str) -> str:
    """The name of an element or attribute without its prefix."""
    return name.rpartition(":")[2]
