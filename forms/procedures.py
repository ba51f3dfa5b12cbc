"""The procedure table (``resources/procedures.toml``): what can be filed, and what goes with it.

Every procedure says which forms its dossier must and may hold, from when to when, and within what
time the agency has to answer (domain rules §6, wire format §4). Papers stand apart, per phương án.
"""

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from forms.definition import Confidence, read_source
from forms.strict_toml import Table

ENVELOPE = "BHXHDienTu"
"""the envelope of all but a first registration"""


class DayKind(StrEnum):
    WORKING = "working"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """Within what time the agency has to answer; no days: the same day."""

    days: int
    kind: DayKind
    source: str
    confidence: Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureForm:
    code: str
    required: bool
    title: str
    """MoTaToKhai"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What a user means when starting a dossier, such as "tăng mới"."""

    code: str
    name_vi: str
    name_en: str
    movements: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """A dossier that can be filed (thủ tục)."""

    code: str
    """as used in this program and on its command line"""
    wire_code: str
    """MaThuTuc"""
    name_vi: str
    """TenThuTuc"""
    name_en: str
    source: str
    confidence: Confidence
    forms: tuple[ProcedureForm, ...]
    """in the order of the envelope"""
    national: tuple[str, ...] = ()
    """codes of the national list of procedures"""
    parent: str = ""
    """the procedure this one is a sub-case of"""
    envelope: str = ENVELOPE
    """code of the envelope's form"""
    valid_from: date | None = None
    valid_to: date | None = None
    deadline: Deadline | None = None
    """None: no time limit is known"""
    papers_expected: bool = False
    """whether the papers of its phương án are looked for"""
    cases: tuple[Case, ...] = ()
    note_vi: str = ""
    note_en: str = ""

    def in_force(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A kind of paper that goes with some phương án."""

    code: str
    name_vi: str
    name_en: str
    movements: frozenset[str]
    words: tuple[str, ...]
    """the title of such a paper holds one of these, in small letters"""
    source: str
    confidence: Confidence
    when_vi: str = ""
    """empty: always; otherwise only in this case, so that its absence is no fault"""
    when_en: str = ""

    def is_meant_by(self, title: str) -> bool:
        """Whether a paper called so, or by the code, is of this kind."""
        plain = " ".join(title.casefold().split())
        return plain == self.code or any(word in plain for word in self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ivan:
    """The I-VAN named in the envelope."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentRules:
    form_code: str
    title_vi: str
    title_en: str
    extensions: tuple[str, ...]
    """in small letters, with the dot"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureTable:
    limit_bytes: int
    ivan: Ivan
    attachment: AttachmentRules
    procedures: tuple[Procedure, ...]
    papers: tuple[Paper, ...]


def load_procedures(text: str, *, file: str, known_forms: Collection[str]) -> ProcedureTable:
    """Parses ``procedures.toml``. Raises DefinitionFault."""
    top = Table(tomllib.loads(text), file=file, place="")
    table = ProcedureTable(
        limit_bytes=_limit(top),
        ivan=_ivan(top),
        attachment=_attachment(top),
        procedures=tuple(_procedure(found, known_forms) for found in top.tables("procedure")),
        papers=tuple(_paper(found) for found in top.tables("paper")),
    )
    top.done()
    _refuse_doubles(top, [p.code for p in table.procedures], "procedure")
    _refuse_doubles(top, [p.code for p in table.papers], "paper")
    _refuse_strangers(top, table)
    return table


def _refuse_doubles(top: Table, codes: list[str], name: str) -> None:
    if len(set(codes)) != len(codes):
        raise top.fault("definition.duplicate", name)


def _refuse_strangers(top: Table, table: ProcedureTable) -> None:
    codes = {found.code for found in table.procedures}
    for found in table.procedures:
        if found.parent and found.parent not in codes:
            raise top.fault("definition.unknown_value", found.parent)


def _section(top: Table, name: str) -> Table:
    section = top.table(name)
    if section is None:
        raise top.fault("definition.missing", name)
    read_source(section)
    return section


def _limit(top: Table) -> int:
    section = _section(top, "package")
    limit = section.number("limit_bytes")
    section.done()
    if limit is None:
        raise section.fault("definition.missing", "limit_bytes")
    return limit


def _ivan(top: Table) -> Ivan:
    section = _section(top, "ivan")
    ivan = Ivan(code=section.text("code"), name=section.text("name"))
    section.done()
    return ivan


def _attachment(top: Table) -> AttachmentRules:
    section = _section(top, "attachment")
    rules = AttachmentRules(
        form_code=section.text("form_code"),
        title_vi=section.text("title_vi"),
        title_en=section.text("title_en"),
        extensions=section.texts("extensions"),
    )
    section.done()
    return rules


def _procedure(table: Table, known_forms: Collection[str]) -> Procedure:
    source, confidence = read_source(table)
    found = Procedure(
        code=table.text("code"),
        wire_code=table.text("wire_code"),
        name_vi=table.text("name_vi"),
        name_en=table.text("name_en"),
        source=source,
        confidence=confidence,
        forms=tuple(_procedure_form(item, known_forms) for item in table.tables("forms")),
        national=table.texts("national"),
        parent=table.text("parent", ""),
        envelope=_known_form(table, table.text("envelope", ENVELOPE), known_forms),
        valid_from=table.day("valid_from"),
        valid_to=table.day("valid_to"),
        deadline=_deadline(table),
        papers_expected=table.flag("papers_expected"),
        cases=tuple(_case(item) for item in table.tables("case")),
        note_vi=table.text("note_vi", ""),
        note_en=table.text("note_en", ""),
    )
    table.done()
    if found.valid_from and found.valid_to and found.valid_to < found.valid_from:
        raise table.fault("definition.order", found.code)
    return found


def _deadline(table: Table) -> Deadline | None:
    found = table.table("deadline")
    if found is None:
        return None
    source, confidence = read_source(found)
    kind, days = found.text("kind"), found.number("days")
    if kind not in frozenset(DayKind):
        raise found.fault("definition.unknown_value", kind)
    if days is None:
        raise found.fault("definition.missing", "days")
    found.done()
    return Deadline(days=days, kind=DayKind(kind), source=source, confidence=confidence)


def _case(table: Table) -> Case:
    case = Case(
        code=table.text("code"),
        name_vi=table.text("name_vi"),
        name_en=table.text("name_en"),
        movements=table.texts("movements"),
    )
    table.done()
    return case


def _paper(table: Table) -> Paper:
    source, confidence = read_source(table)
    paper = Paper(
        code=table.text("code"),
        name_vi=table.text("name_vi"),
        name_en=table.text("name_en"),
        movements=frozenset(table.texts("movements")),
        words=table.texts("words"),
        source=source,
        confidence=confidence,
        when_vi=table.text("when_vi", ""),
        when_en=table.text("when_en", ""),
    )
    table.done()
    return paper


def _procedure_form(table: Table, known_forms: Collection[str]) -> ProcedureForm:
    found = ProcedureForm(
        code=table.text("code"), required=table.flag("required"), title=table.text("title")
    )
    table.done()
    _known_form(table, found.code, known_forms)
    return found


def _known_form(table: Table, code: str, known_forms: Collection[str]) -> str:
    if code not in known_forms:
        raise table.fault("definition.unknown_value", code)
    return code
