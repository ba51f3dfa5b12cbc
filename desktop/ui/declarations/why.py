"""Why something was found, on what ground, and what can be put there at once. No Qt."""

from dataclasses import dataclass

from desktop.ui.cells import Cell
from desktop.ui.declarations.presenter import FindingLine, Opened
from desktop.ui.declarations.sheet import cell_of, shown
from desktop.ui.help.presenter import Page, page_of
from desktop.ui.texts import tr, words
from forms.findings import Finding
from forms.guide import guide
from forms.model import Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """``text``: what was found and how to fill the field; ``source``: the ground, with its grade;
    ``mend``: the words of the button, empty where nothing can be proposed."""

    text: str
    source: str
    mend: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mending:
    part: Part
    cells: tuple[Cell, ...]


NOTHING = Why(text="", source="", mend="")


def why(opened: Opened, line: FindingLine) -> Why:
    field = field_of(opened, line.finding)
    page = page_of(field) if field and guide(field) else None
    told = (line.text, page.text if page else "")
    return Why(
        text="\n\n".join(part for part in told if part),
        source=_ground(line.finding, page),
        mend=_mend_words(opened, line.finding),
    )


def mending(opened: Opened, finding: Finding) -> Mending | None:
    """The proposed value in its cell; None where none is proposed or nothing may be changed."""
    proposed = finding.params.get("proposed")
    if not proposed or not opened.editable:
        return None
    for section in opened.draft.sections:
        cell = cell_of(section, finding)
        if cell and cell[1] in section.columns:
            return Mending(part=section.part, cells=((*cell, str(proposed)),))
    return None


def field_of(opened: Opened, finding: Finding) -> str:
    """Key of the field that the finding speaks of, empty where it speaks of none."""
    found = (cell_of(section, finding) for section in opened.draft.sections)
    return finding.field or next((cell[1] for cell in found if cell), "")


def _ground(finding: Finding, page: Page | None) -> str:
    source, grade = finding.params.get("source"), finding.params.get("confidence")
    if not source:
        return page.source if page else ""
    known = words(f"cli.confidence.{grade}") if grade else ""
    return words("cli.according_to", {"place": str(source), "grade": known}).strip()


def _mend_words(opened: Opened, finding: Finding) -> str:
    found = mending(opened, finding)
    if found is None:
        return ""
    ((_, key, text),) = found.cells
    sheet = opened.sheets.get((found.part, True))
    place = sheet.places.get(key) if sheet else None
    said = shown(sheet.columns[place].kind, text) if sheet and place is not None else text
    return tr("ui.findings.mend", value=said)
