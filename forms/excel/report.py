"""The user's own workbook back, with its faulty cells marked and a first sheet that lists them."""

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from forms.excel.archive import Archive, open_archive
from forms.excel.files import replace_file
from forms.excel.guard import check_parts, kind_of, read_file
from forms.excel.limits import LIMITS
from forms.excel.marking.as_xlsx import as_xlsx
from forms.excel.marking.marking import Marking, is_macro_workbook
from forms.excel.marking.marks import Words
from forms.excel.marking.repacking import Progress
from forms.excel.sniff import BookKind, FileType, file_type
from forms.findings import Finding
from resources.faults import DataFault, UsageFault
from resources.messages import text

_PLAIN, _MACRO = ".xlsx", ".xlsm"
_WORKBOOK_ENDINGS = frozenset(ending for kind in BookKind for ending in kind.value)


def write_report(
    source: Path,
    findings: Iterable[Finding],
    out: Path,
    *,
    words: Words,
    lang: str = "vi",
    progress: Progress | None = None,
) -> None:
    """Writes ``out``; ``words`` gives the sentence of a finding in the user's language.

    Errors are red, warnings yellow, information blue, all with a comment; everything is listed
    on the first sheet with a link to its cell. In an .xlsx or .xlsm every part that need not
    change stays byte for byte; marks of last time are taken out. Of any other kind of workbook
    the values stand in a new .xlsx at the same places. The source is never touched.
    ``progress``: bytes written, of how many; what it raises leaves ``out`` as it was.

    Raises UsageFault ``error_book.over_source`` or ``error_book.other_ending``, SurroundingsFault
    ``workbook.cannot_write`` and as reading the workbook does.
    """
    if _same(source, out):
        raise UsageFault("error_book.over_source", file=out.name)
    archive = _package(source)
    remarks: tuple[str, ...] = ()
    if archive is None:
        remarks = (text("error_book.converted", lang, file=source.name),)
        archive = open_archive(as_xlsx(source))
    _check_ending(out, _MACRO if is_macro_workbook(archive) else _PLAIN)
    marking = Marking(findings=findings, words=words, lang=lang, remarks=remarks)
    replace_file(out, partial(marking.write, archive, progress=progress))


def _same(source: Path, out: Path) -> bool:
    return out.resolve() == source.resolve() or (out.exists() and out.samefile(source))


def _check_ending(out: Path, ending: str) -> None:
    """Excel refuses a workbook whose name says another kind than it is."""
    if out.suffix.lower() in _WORKBOOK_ENDINGS and out.suffix.lower() != ending:
        raise UsageFault("error_book.other_ending", file=out.name, ending=ending)


def _package(source: Path) -> Archive | None:
    """The checked parts of an .xlsx or .xlsm; None for a workbook of another kind."""
    content = read_file(source, LIMITS)
    found = file_type(content)
    if found is FileType.OLD_EXCEL:
        return None
    if found is not FileType.ZIP:
        raise DataFault(found.value, file=source.name)
    archive = open_archive(content, LIMITS)
    if kind_of(archive, source) is not BookKind.XLSX:
        return None
    check_parts(archive, LIMITS)
    return archive
